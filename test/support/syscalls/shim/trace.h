// The trace: every operation that changed a watched file, with its data, in the order in which it happened, appended
// to the file that SYSCALLS_TRACE names. read-trace.ts reads it. Integers are little-endian.
//
//   u32 bytes of the whole record   u32 operation   i32 process     u32 flags (of open; else 0)
//   u64 handle (0: none)            u64 offset, size or mode        u32 bytes of path   u32 bytes of second path
//   u32 bytes of data               path, second path, data
#pragma once

#include <sys/uio.h>

#include "watched-paths.h"

namespace shim {

struct Event {
  Operation operation;
  std::string path;
  std::string second_path;
  const Handle* handle;
  uint64_t value;
  uint32_t flags;
  const void* data;
  size_t size;
};

struct __attribute__((packed)) EventHeader {
  uint32_t bytes;
  uint32_t operation;
  int32_t process;
  uint32_t flags;
  uint64_t handle;
  uint64_t value;
  uint32_t path_bytes;
  uint32_t second_path_bytes;
  uint32_t data_bytes;
};

inline int trace_file() {
  static const int fd = [] {
    const char* path = getenv("SYSCALLS_TRACE");
    if (path == nullptr) return -1;
    const int flags = O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC;
    const int opened = raw_syscall(SYS_openat, AT_FDCWD, path, flags, 0600);
    if (opened < 0) abort();
    // High above what the process opens itself, so that numbers of descriptors stay what they would be.
    const int high = raw_syscall(SYS_fcntl, opened, F_DUPFD_CLOEXEC, 1000);
    if (high < 0) return opened;
    raw_syscall(SYS_close, opened);
    return high;
  }();
  return fd;
}

inline bool tracing() { return trace_file() >= 0; }

// The caller holds the order lock. Leaves errno alone.
inline void record(const Event& event) {
  if (!tracing()) return;
  const int error = errno;
  EventHeader header = {};
  header.path_bytes = event.path.size();
  header.second_path_bytes = event.second_path.size();
  header.data_bytes = event.size;
  header.bytes =
      sizeof header + header.path_bytes + header.second_path_bytes + header.data_bytes;
  header.operation = event.operation;
  header.process = getpid();
  header.flags = event.flags;
  header.handle = event.handle == nullptr ? 0 : event.handle->number;
  header.value = event.value;
  struct iovec parts[4] = {
      {&header, sizeof header},
      {const_cast<char*>(event.path.data()), event.path.size()},
      {const_cast<char*>(event.second_path.data()), event.second_path.size()},
      {const_cast<void*>(event.data), event.size},
  };
  if (raw_syscall(SYS_writev, trace_file(), parts, 4) != static_cast<long>(header.bytes)) abort();
  errno = error;
}

}  // namespace shim
