// Which files are watched: those below the folders of SYSCALLS_ROOTS (separated by colons, without links in them),
// but for the names in SYSCALLS_EXCLUDE; and which descriptors lead to them.
#pragma once

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

#include <atomic>
#include <string>
#include <vector>

#include "shared-state.h"

namespace shim {

constexpr int DESCRIPTORS_MAX = 1 << 20;

// An open file. Never freed: another thread may still look at it, and a test opens a few thousand at most.
struct Handle {
  std::string path;
  uint64_t number;  // unique in the trace
  int flags;
};

inline std::vector<std::string> split(const char* text) {
  std::vector<std::string> parts;
  std::string part;
  for (const char* at = text == nullptr ? "" : text; *at != 0; at += 1) {
    if (*at != ':') {
      part += *at;
    } else if (!part.empty()) {
      parts.push_back(part);
      part.clear();
    }
  }
  if (!part.empty()) parts.push_back(part);
  return parts;
}

inline const std::vector<std::string>& roots() {
  static const auto* all = new std::vector<std::string>(split(getenv("SYSCALLS_ROOTS")));
  return *all;
}

inline const std::vector<std::string>& excluded_names() {
  static const auto* all = new std::vector<std::string>(split(getenv("SYSCALLS_EXCLUDE")));
  return *all;
}

inline std::string link_target(const std::string& path) {
  char target[PATH_MAX];
  const long length = raw_syscall(SYS_readlinkat, AT_FDCWD, path.c_str(), target, sizeof target);
  return length <= 0 ? "" : std::string(target, length);
}

// What is done below a descriptor of a folder is done in that folder, under its own path.
inline std::string without_descriptor(const char* name) {
  constexpr char folder[] = "/proc/self/fd/";
  constexpr size_t length = sizeof folder - 1;
  if (strncmp(name, folder, length) != 0) return name;
  const char* rest = strchr(name + length, '/');
  if (rest == nullptr) return name;
  const std::string target = link_target(std::string(name, rest - name));
  return target.empty() ? name : target + rest;
}

// Without `.`, `..` and doubled slashes; links are not followed.
inline std::string absolute(int folder, const char* given) {
  const std::string whole = without_descriptor(given);
  const char* name = whole.c_str();
  std::string all;
  if (name[0] == '/') {
    all = name;
  } else if (folder == AT_FDCWD) {
    all = link_target("/proc/self/cwd") + "/" + name;
  } else {
    all = link_target("/proc/self/fd/" + std::to_string(folder)) + "/" + name;
  }
  std::string out;
  for (size_t at = 0; at < all.size();) {
    size_t end = all.find('/', at);
    if (end == std::string::npos) end = all.size();
    const std::string part = all.substr(at, end - at);
    if (part == "..") {
      out.resize(out.empty() ? 0 : out.rfind('/'));
    } else if (!part.empty() && part != ".") {
      out += "/" + part;
    }
    at = end + 1;
  }
  return out.empty() ? "/" : out;
}

inline bool is_watched(const std::string& path) {
  const size_t name = path.rfind('/') + 1;
  for (const auto& excluded : excluded_names()) {
    if (path.compare(name, std::string::npos, excluded) == 0) return false;
  }
  for (const auto& root : roots()) {
    if (path == root) return true;
    if (path.size() > root.size() && path[root.size()] == '/' &&
        path.compare(0, root.size(), root) == 0) {
      return true;
    }
  }
  return false;
}

// The absolute path, or nothing when it is not watched.
inline std::string watched(int folder, const char* given) {
  if (roots().empty() || given == nullptr || given[0] == 0) return "";
  const std::string whole = without_descriptor(given);
  const char* name = whole.c_str();
  // The common case, without building a string: an absolute path that cannot be below any root.
  if (name[0] == '/' && strstr(name, "..") == nullptr && strstr(name, "//") == nullptr) {
    const std::string path = name;
    return is_watched(path) ? path : "";
  }
  const std::string path = absolute(folder, name);
  return is_watched(path) ? path : "";
}

inline std::atomic<Handle*>* descriptors() {
  static auto* all = static_cast<std::atomic<Handle*>*>(
      mmap(nullptr, DESCRIPTORS_MAX * sizeof(std::atomic<Handle*>), PROT_READ | PROT_WRITE,
           MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0));
  return all;
}

inline Handle* handle_of(int fd) {
  return fd < 0 || fd >= DESCRIPTORS_MAX ? nullptr : descriptors()[fd].load();
}

inline void set_handle(int fd, Handle* handle) {
  if (fd >= 0 && fd < DESCRIPTORS_MAX) descriptors()[fd].store(handle);
}

inline Handle* new_handle(const std::string& path, int flags) {
  const uint64_t number = __atomic_add_fetch(&state()->handles, 1, __ATOMIC_SEQ_CST);
  return new Handle{path, number, flags};
}

}  // namespace shim
