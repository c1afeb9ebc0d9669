// What every watched call goes through: the lock, the fault, the call itself, the trace.
#pragma once

#include <sys/stat.h>

#include <algorithm>

#include "fault.h"
#include "real.h"
#include "trace.h"

namespace shim {

// An operation that changes names or attributes. `call` returns -1 on error, as the C library does.
template <class Call>
int change(const Event& event, Call call) {
  OrderLock lock;
  const Verdict verdict = judge(event.operation, event.path);
  if (fails(verdict)) return -1;
  const int result = call();
  if (result == 0) record(event);
  end_operation(verdict);
  return result;
}

// A call that only looks: it may fail, but is not recorded. `failed` is what it returns then.
template <class Call, class Result>
Result look(Operation operation, const std::string& path, Result failed, Call call) {
  const Verdict verdict = judge(operation, path);
  if (fails(verdict)) return failed;
  const Result result = call();
  end_operation(verdict);
  return result;
}

inline bool writes(int flags) {
  return (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC)) != 0;
}

template <class Call>
int open_watched(const std::string& path, int flags, mode_t mode, Call call) {
  OrderLock lock;
  const Operation operation = writes(flags) ? CREATE : OPEN;
  const Verdict verdict = judge(operation, path);
  if (fails(verdict)) return -1;
  const int fd = call();
  if (fd >= 0) {
    Handle* handle = new_handle(path, flags);
    set_handle(fd, handle);
    record({operation, path, "", handle, mode, static_cast<uint32_t>(flags), nullptr, 0});
  }
  end_operation(verdict);
  return fd;
}

inline uint64_t size_of(int fd) {
  struct stat status = {};
  if (raw_syscall(SYS_fstat, fd, &status) != 0) abort();
  return status.st_size;
}

inline std::string gathered(const struct iovec* parts, int count) {
  std::string all;
  for (int index = 0; index < count; index += 1) {
    all.append(static_cast<const char*>(parts[index].iov_base), parts[index].iov_len);
  }
  return all;
}

// A write to a watched file; at its position when the offset is negative.
inline ssize_t write_watched(int fd, Handle* handle, const char* data, size_t size,
                             int64_t offset) {
  OrderLock lock;
  const Verdict verdict = judge(WRITE, handle->path);
  if (verdict.hit && verdict.action == FAIL) {
    errno = verdict.error;
    return -1;
  }
  const bool half =
      verdict.hit && (verdict.action == HALF || verdict.action == SHORT || verdict.action == HALFWAY);
  // Half of one byte is none, which a write of some bytes never reports as done.
  const size_t least = verdict.action == SHORT ? 1 : 0;
  const size_t length = half ? std::max(size / 2, std::min(size, least)) : size;
  uint64_t place = offset;
  if ((handle->flags & O_APPEND) != 0) {
    place = size_of(fd);
  } else if (offset < 0) {
    place = raw_syscall(SYS_lseek, fd, 0, SEEK_CUR);
  }
  const ssize_t written = offset < 0 ? raw_syscall(SYS_write, fd, data, length)
                                     : raw_syscall(SYS_pwrite64, fd, data, length, offset);
  if (written > 0) {
    record({WRITE, handle->path, "", handle, place, 0, data, static_cast<size_t>(written)});
  }
  end_operation(verdict);
  return fails(verdict) ? -1 : written;
}

// A call on a watched descriptor that changes what it leads to.
template <class Call>
int change_open(Operation operation, Handle* handle, uint64_t value, Call call) {
  return change({operation, handle->path, "", handle, value, 0, nullptr, 0}, call);
}

// What the kernel copied between files (copy_file_range, sendfile, FICLONE) is recorded as a write of these bytes.
template <class Call>
ssize_t copy_watched(int fd, Handle* handle, int64_t offset, Call call) {
  OrderLock lock;
  const Verdict verdict = judge(WRITE, handle->path);
  if (fails(verdict)) return -1;
  const uint64_t place = offset >= 0 ? offset : raw_syscall(SYS_lseek, fd, 0, SEEK_CUR);
  const ssize_t copied = call();
  if (copied > 0 && tracing()) {
    std::string data(copied, '\0');
    // The descriptor may be open for writing only.
    const std::string self = "/proc/self/fd/" + std::to_string(fd);
    const int reader = raw_syscall(SYS_openat, AT_FDCWD, self.c_str(), O_RDONLY | O_CLOEXEC);
    if (reader < 0) abort();
    if (raw_syscall(SYS_pread64, reader, &data[0], data.size(), place) != copied) abort();
    raw_syscall(SYS_close, reader);
    record({WRITE, handle->path, "", handle, place, 0, data.data(), data.size()});
  }
  end_operation(verdict);
  return copied;
}

// What the trace has no word for: a reader of the trace refuses to go on.
inline void record_unsupported(const std::string& path, const char* what) {
  OrderLock lock;
  record({UNSUPPORTED, path, what, nullptr, 0, 0, nullptr, 0});
}

inline void mark_stdout(const void* data, size_t size) {
  OrderLock lock;
  record({STDOUT, "", "", nullptr, 0, 0, data, size});
}

}  // namespace shim
