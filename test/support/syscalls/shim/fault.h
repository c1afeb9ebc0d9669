// The armed fault: which operation it hits, and what it does there. Armed by SYSCALLS_FAULT, which is
// "mask at times action errno path" (path may be empty), or from within the process by the exported functions.
#pragma once

#include <signal.h>
#include <stdio.h>

#include "watched-paths.h"

namespace shim {

struct Verdict {
  bool hit;
  uint32_t action;
  int error;
};

[[noreturn]] inline void die() {
  kill(getpid(), SIGKILL);
  while (true) pause();
}

inline void arm(const Fault& fault) {
  OrderLock lock;
  SharedState* shared = state();
  shared->fault = fault;
  shared->matched = shared->fired = 0;
  shared->fired_operation = 0;
  shared->fired_error = 0;
  shared->fired_path[0] = 0;
}

// The first process of those that share a state arms it; a child that comes later goes on counting.
inline void arm_from_environment() {
  const char* text = getenv("SYSCALLS_FAULT");
  if (text == nullptr || state()->fault.operations != 0) return;
  Fault fault = {};
  unsigned long long operations = 0, at = 0, times = 0;
  int path = 0;
  if (sscanf(text, "%llu %llu %llu %u %d %n", &operations, &at, &times, &fault.action, &fault.error,
             &path) < 5) {
    abort();
  }
  fault.operations = operations;
  fault.at = at;
  fault.times = times;
  snprintf(fault.path, sizeof fault.path, "%s", text + path);
  arm(fault);
}

// Counts an operation. The caller holds the order lock when the operation changes files.
inline Verdict judge(Operation operation, const std::string& path) {
  SharedState* shared = state();
  const Fault& fault = shared->fault;
  const Verdict innocent = {false, 0, 0};
  if ((fault.operations & (1ull << operation)) == 0) return innocent;
  if (path.find(fault.path) == std::string::npos) return innocent;
  const uint64_t number = __atomic_add_fetch(&shared->matched, 1, __ATOMIC_SEQ_CST);
  if (number < fault.at || (fault.times != 0 && number >= fault.at + fault.times)) return innocent;
  if (__atomic_fetch_add(&shared->fired, 1, __ATOMIC_SEQ_CST) == 0) {
    shared->fired_operation = operation;
    shared->fired_error = fault.error;
    snprintf(shared->fired_path, sizeof shared->fired_path, "%s", path.c_str());
  }
  if (fault.action == BEFORE) die();
  return {true, fault.action, fault.error};
}

inline bool fails(const Verdict& verdict) {
  if (!verdict.hit || (verdict.action != FAIL && verdict.action != HALF)) return false;
  errno = verdict.error;
  return true;
}

inline void end_operation(const Verdict& verdict) {
  if (verdict.hit && (verdict.action == AFTER || verdict.action == HALFWAY)) die();
}

}  // namespace shim
