// Calls that only look: they can be made to fail, and are not in the trace.
#pragma once

#include <dirent.h>

#include "operations.h"

extern "C" {

ssize_t read(int fd, void* data, size_t size) {
  shim::Handle* handle = shim::handle_of(fd);
  const auto call = [&] { return REAL(read)(fd, data, size); };
  return handle == nullptr ? call() : shim::look(shim::READ, handle->path, ssize_t{-1}, call);
}
ssize_t readv(int fd, const struct iovec* parts, int count) {
  shim::Handle* handle = shim::handle_of(fd);
  const auto call = [&] { return REAL(readv)(fd, parts, count); };
  return handle == nullptr ? call() : shim::look(shim::READ, handle->path, ssize_t{-1}, call);
}
ssize_t pread64(int fd, void* data, size_t size, off64_t offset) {
  shim::Handle* handle = shim::handle_of(fd);
  const auto call = [&] { return REAL(pread64)(fd, data, size, offset); };
  return handle == nullptr ? call() : shim::look(shim::READ, handle->path, ssize_t{-1}, call);
}
ssize_t pread(int fd, void* data, size_t size, off_t offset) {
  return pread64(fd, data, size, offset);
}
ssize_t preadv64(int fd, const struct iovec* parts, int count, off64_t offset) {
  shim::Handle* handle = shim::handle_of(fd);
  const auto call = [&] { return REAL(preadv64)(fd, parts, count, offset); };
  return handle == nullptr ? call() : shim::look(shim::READ, handle->path, ssize_t{-1}, call);
}
ssize_t preadv(int fd, const struct iovec* parts, int count, off_t offset) {
  return preadv64(fd, parts, count, offset);
}

int access(const char* name, int mode) {
  const std::string path = shim::watched(AT_FDCWD, name);
  const auto call = [&] { return REAL(access)(name, mode); };
  return path.empty() ? call() : shim::look(shim::STAT, path, -1, call);
}
ssize_t readlink(const char* name, char* target, size_t size) {
  const std::string path = shim::watched(AT_FDCWD, name);
  const auto call = [&] { return REAL(readlink)(name, target, size); };
  return path.empty() ? call() : shim::look(shim::STAT, path, ssize_t{-1}, call);
}

DIR* opendir(const char* name) {
  const std::string path = shim::watched(AT_FDCWD, name);
  const auto call = [&] { return REAL(opendir)(name); };
  return path.empty() ? call() : shim::look(shim::LIST, path, static_cast<DIR*>(nullptr), call);
}
int scandir64(const char* name, struct dirent64*** list, int (*filter)(const struct dirent64*),
              int (*compare)(const struct dirent64**, const struct dirent64**)) {
  const std::string path = shim::watched(AT_FDCWD, name);
  const auto call = [&] { return REAL(scandir64)(name, list, filter, compare); };
  return path.empty() ? call() : shim::look(shim::LIST, path, -1, call);
}

// libuv asks for the status of files, closes them, and copies between them, by numbers of its own.
long syscall(long number, ...) {
  va_list rest;
  va_start(rest, number);
  long words[6];
  for (long& word : words) word = va_arg(rest, long);
  va_end(rest);
  const auto real = REAL(syscall);
  const auto call = [&] {
    return real(number, words[0], words[1], words[2], words[3], words[4], words[5]);
  };
  if (number == SYS_statx) {
    const auto* name = reinterpret_cast<const char*>(words[1]);
    std::string path = shim::watched(static_cast<int>(words[0]), name);
    shim::Handle* handle = name != nullptr && name[0] == 0 ? shim::handle_of(words[0]) : nullptr;
    if (handle != nullptr) path = handle->path;
    return path.empty() ? call() : shim::look(shim::STAT, path, -1L, call);
  }
  if (number == SYS_close) return close(static_cast<int>(words[0]));
  if (number == SYS_copy_file_range) {
    return copy_file_range(words[0], reinterpret_cast<off64_t*>(words[1]), words[2],
                           reinterpret_cast<off64_t*>(words[3]), words[4], words[5]);
  }
  return call();
}

}  // extern "C"
