// What all threads and processes under the shim share: one lock that gives operations an order, the armed fault and
// what became of it. It lies in the file that SYSCALLS_STATE names, or in this process alone when there is none.
#pragma once

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "real.h"

namespace shim {

// Numbers of operations, in the trace and (as bits) in the mask of a fault. operations.ts has the same list.
enum Operation : uint32_t {
  OPEN = 1,  // for reading
  CREATE,    // open for writing, whether it makes the file or not
  READ,
  WRITE,
  TRUNCATE,
  RENAME,
  LINK,
  SYMLINK,
  UNLINK,
  MKDIR,
  RMDIR,
  FSYNC,
  FDATASYNC,
  ATTRIBUTES,  // mode, owner and times
  STAT,
  LIST,
  MAP,
  LOCK,
  CLOSE,
  STDOUT,       // a mark: bytes that the process printed
  EXIT,         // a mark: the process ended by itself
  UNSUPPORTED,  // something that changes files and that the trace cannot tell
};

enum Action : uint32_t {
  FAIL = 0,     // nothing happens, the call fails
  HALF = 1,     // a write writes its first half and fails; else like FAIL
  SHORT = 2,    // a write writes its first half and says so; else nothing is wrong
  BEFORE = 3,   // the process is killed before the operation
  AFTER = 4,    // the process is killed after it
  HALFWAY = 5,  // the process is killed after half of a write; else after the operation
};

constexpr size_t PATH_BYTES_MAX = 1024;

struct Fault {
  uint64_t operations;  // bits; 0 when nothing is armed
  uint64_t at;          // the first one that is hit, counted from 1
  uint64_t times;       // how many are hit from there on; 0: all
  uint32_t action;
  int32_t error;
  char path[PATH_BYTES_MAX];  // only operations on paths that contain this
};

// The first four fields are read by fault-report.ts: keep their places.
struct SharedState {
  uint64_t matched;
  uint64_t fired;
  uint32_t fired_operation;
  int32_t fired_error;
  char fired_path[PATH_BYTES_MAX];
  Fault fault;
  uint64_t handles;
  uint32_t phase;  // 0: file of zeros, 1: being made, 2: ready
  pthread_mutex_t lock;
};

inline void make_ready(SharedState* state) {
  uint32_t zero = 0;
  if (__atomic_compare_exchange_n(&state->phase, &zero, 1, false, __ATOMIC_SEQ_CST,
                                  __ATOMIC_SEQ_CST)) {
    pthread_mutexattr_t attributes;
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&state->lock, &attributes);
    __atomic_store_n(&state->phase, 2, __ATOMIC_SEQ_CST);
  }
  while (__atomic_load_n(&state->phase, __ATOMIC_SEQ_CST) != 2) usleep(100);
}

inline SharedState* map_state() {
  const char* path = getenv("SYSCALLS_STATE");
  const size_t size = sizeof(SharedState);
  void* place = MAP_FAILED;
  if (path == nullptr) {
    place = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  } else {
    const int fd = raw_syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0 && raw_syscall(SYS_ftruncate, fd, size) == 0) {
      place = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    }
    if (fd >= 0) raw_syscall(SYS_close, fd);
  }
  if (place == MAP_FAILED) abort();
  auto* state = static_cast<SharedState*>(place);
  make_ready(state);
  return state;
}

inline SharedState* state() {
  static SharedState* mapped = map_state();
  return mapped;
}

// Held while an operation is done and written to the trace: so the trace has the order in which things happened.
class OrderLock {
 public:
  OrderLock() {
    if (pthread_mutex_lock(&state()->lock) == EOWNERDEAD) pthread_mutex_consistent(&state()->lock);
  }
  ~OrderLock() { pthread_mutex_unlock(&state()->lock); }
  OrderLock(const OrderLock&) = delete;
};

}  // namespace shim
