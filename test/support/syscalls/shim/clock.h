// A wall clock that is ahead of the machine's, or behind it, by the seconds of SYSCALLS_CLOCK_SHIFT. Monotonic clocks and
// the times of files stay true.
#pragma once

#include <stdlib.h>
#include <sys/time.h>
#include <time.h>

#include "real.h"

namespace shim {

inline long clock_shift() {
  static const long seconds = [] {
    const char* text = getenv("SYSCALLS_CLOCK_SHIFT");
    return text == nullptr ? 0 : atol(text);
  }();
  return seconds;
}

}  // namespace shim

extern "C" {

int clock_gettime(clockid_t clock, struct timespec* now) {
  const int result = REAL(clock_gettime)(clock, now);
  if (result == 0 && clock == CLOCK_REALTIME) now->tv_sec += shim::clock_shift();
  return result;
}

int gettimeofday(struct timeval* now, void* zone) {
  const int result = REAL(gettimeofday)(now, zone);
  if (result == 0) now->tv_sec += shim::clock_shift();
  return result;
}

time_t time(time_t* place) {
  struct timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  if (place != nullptr) *place = now.tv_sec;
  return now.tv_sec;
}

}  // extern "C"
