// The functions of the C library that lie under the shim's own.
#pragma once

#include <dlfcn.h>
#include <stdlib.h>
#include <unistd.h>

namespace shim {

template <class Function>
Function find_real(const char* name) {
  auto* found = reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
  if (found == nullptr) abort();
  return found;
}

}  // namespace shim

// `REAL(rename)` is the C library's rename. Looked up at the first call.
#define REAL(name) ([]() {                                              \
  static const auto found = shim::find_real<decltype(&::name)>(#name);  \
  return found;                                                         \
}())

#define raw_syscall REAL(syscall)
