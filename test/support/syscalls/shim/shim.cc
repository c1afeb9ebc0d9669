// Stands between a program and the C library (LD_PRELOAD) for every call that touches files below the watched folders:
// writes down what is done to them, and lets chosen calls fail or end the process. test/support/syscalls/ has the
// other side. For x86-64 and arm64 Linux with glibc; calls of a program's own by `syscall` are seen as far as libuv
// makes them.
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <dirent.h>
#include <linux/fs.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/time.h>
#include <time.h>

#include "clock.h"
#include "operations.h"

using namespace shim;

namespace {

void at_exit(int status, void*) {
  if (!tracing()) return;
  OrderLock lock;
  record({EXIT, "", "", nullptr, static_cast<uint64_t>(status), 0, nullptr, 0});
}

__attribute__((constructor)) void begin() {
  if (roots().empty()) return;
  arm_from_environment();
  if (tracing()) on_exit(at_exit, nullptr);
}

int open_at(int folder, const char* name, int flags, mode_t mode) {
  const auto call = [&] {
    return static_cast<int>(raw_syscall(SYS_openat, folder, name, flags, mode));
  };
  const std::string path = watched(folder, name);
  if (!path.empty()) return open_watched(path, flags, mode, call);
  const int fd = call();
  if (fd >= 0) set_handle(fd, nullptr);
  return fd;
}

bool has_mode(int flags) { return (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE; }

}  // namespace

// Reads the mode that follows the flags, when there is one.
#define MODE_AFTER(flags)                 \
  mode_t mode = 0;                        \
  if (has_mode(flags)) {                  \
    va_list rest;                         \
    va_start(rest, flags);                \
    mode = va_arg(rest, mode_t);          \
    va_end(rest);                         \
  }

extern "C" {

// --- faults from within the process -------------------------------------------------------------------------------

/** Arms a fault, and counts from 0 again. */
void syscalls_arm(uint64_t operations, uint64_t at, uint64_t times, uint32_t action, int32_t error,
                  const char* path) {
  Fault fault = {operations, at, times, action, error, {}};
  snprintf(fault.path, sizeof fault.path, "%s", path);
  arm(fault);
}

void syscalls_disarm() { arm({}); }

uint64_t syscalls_matched() { return state()->matched; }

uint64_t syscalls_fired() { return state()->fired; }

// --- opening ------------------------------------------------------------------------------------------------------

int open(const char* name, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(AT_FDCWD, name, flags, mode);
}
int open64(const char* name, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(AT_FDCWD, name, flags | O_LARGEFILE, mode);
}
int openat(int folder, const char* name, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(folder, name, flags, mode);
}
int openat64(int folder, const char* name, int flags, ...) {
  MODE_AFTER(flags)
  return open_at(folder, name, flags | O_LARGEFILE, mode);
}
int __open_2(const char* name, int flags) { return open_at(AT_FDCWD, name, flags, 0); }
int __open64_2(const char* name, int flags) { return open_at(AT_FDCWD, name, flags, 0); }
int __openat_2(int folder, const char* name, int flags) { return open_at(folder, name, flags, 0); }
int __openat64_2(int folder, const char* name, int flags) {
  return open_at(folder, name, flags, 0);
}
int creat(const char* name, mode_t mode) {
  return open_at(AT_FDCWD, name, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
int creat64(const char* name, mode_t mode) { return creat(name, mode); }

int mkstemp64(char* name) {
  const int fd = REAL(mkstemp64)(name);
  const std::string path = watched(AT_FDCWD, name);
  if (fd >= 0 && !path.empty()) {
    return open_watched(path, O_RDWR | O_CREAT | O_EXCL, 0600, [&] { return fd; });
  }
  return fd;
}
int mkstemp(char* name) { return mkstemp64(name); }

int close(int fd) {
  Handle* handle = handle_of(fd);
  if (handle == nullptr) return REAL(close)(fd);
  // Before it is closed: at once after, another thread may be given the same number.
  set_handle(fd, nullptr);
  const Verdict verdict = judge(CLOSE, handle->path);
  const int result = REAL(close)(fd);
  end_operation(verdict);
  return fails(verdict) ? -1 : result;
}

int dup(int fd) {
  const int copy = REAL(dup)(fd);
  set_handle(copy, handle_of(fd));
  return copy;
}
int dup2(int fd, int to) {
  const int copy = REAL(dup2)(fd, to);
  if (copy >= 0) set_handle(copy, handle_of(fd));
  return copy;
}
int dup3(int fd, int to, int flags) {
  const int copy = REAL(dup3)(fd, to, flags);
  if (copy >= 0) set_handle(copy, handle_of(fd));
  return copy;
}

int fcntl64(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  Handle* handle = handle_of(fd);
  const auto call = [&] { return REAL(fcntl64)(fd, command, argument); };
  if (handle == nullptr) return call();
  switch (command) {
    case F_SETLK:
    case F_SETLKW:
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
      return look(LOCK, handle->path, -1, call);
    case F_DUPFD:
    case F_DUPFD_CLOEXEC: {
      const int copy = call();
      set_handle(copy, handle);
      return copy;
    }
    default:
      return call();
  }
}
int fcntl(int fd, int command, ...) {
  va_list rest;
  va_start(rest, command);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  return fcntl64(fd, command, argument);
}

// --- writing ------------------------------------------------------------------------------------------------------

ssize_t write(int fd, const void* data, size_t size) {
  Handle* handle = handle_of(fd);
  if (handle != nullptr) return write_watched(fd, handle, static_cast<const char*>(data), size, -1);
  const ssize_t written = REAL(write)(fd, data, size);
  if (fd == 1 && written > 0 && tracing()) mark_stdout(data, written);
  return written;
}
ssize_t writev(int fd, const struct iovec* parts, int count) {
  Handle* handle = handle_of(fd);
  if (handle != nullptr) {
    const std::string all = gathered(parts, count);
    return write_watched(fd, handle, all.data(), all.size(), -1);
  }
  const ssize_t written = REAL(writev)(fd, parts, count);
  if (fd == 1 && written > 0 && tracing()) mark_stdout(gathered(parts, count).data(), written);
  return written;
}
ssize_t pwrite64(int fd, const void* data, size_t size, off64_t offset) {
  Handle* handle = handle_of(fd);
  if (handle == nullptr) return REAL(pwrite64)(fd, data, size, offset);
  return write_watched(fd, handle, static_cast<const char*>(data), size, offset);
}
ssize_t pwrite(int fd, const void* data, size_t size, off_t offset) {
  return pwrite64(fd, data, size, offset);
}
ssize_t pwritev64(int fd, const struct iovec* parts, int count, off64_t offset) {
  Handle* handle = handle_of(fd);
  if (handle == nullptr) return REAL(pwritev64)(fd, parts, count, offset);
  const std::string all = gathered(parts, count);
  return write_watched(fd, handle, all.data(), all.size(), offset);
}
ssize_t pwritev(int fd, const struct iovec* parts, int count, off_t offset) {
  return pwritev64(fd, parts, count, offset);
}

ssize_t sendfile64(int to, int from, off64_t* offset, size_t size) {
  Handle* handle = handle_of(to);
  const auto call = [&] { return REAL(sendfile64)(to, from, offset, size); };
  return handle == nullptr ? call() : copy_watched(to, handle, -1, call);
}
ssize_t sendfile(int to, int from, off_t* offset, size_t size) {
  return sendfile64(to, from, offset, size);
}
ssize_t copy_file_range(int from, off64_t* from_offset, int to, off64_t* to_offset, size_t size,
                        unsigned int flags) {
  Handle* handle = handle_of(to);
  const auto call = [&]() -> ssize_t {
    return raw_syscall(SYS_copy_file_range, from, from_offset, to, to_offset, size, flags);
  };
  if (handle == nullptr) return call();
  return copy_watched(to, handle, to_offset == nullptr ? -1 : *to_offset, call);
}

int ioctl(int fd, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  Handle* handle = handle_of(fd);
  // A clone is refused, as by most file systems: the program then copies by other means, which the trace can tell.
  if (handle != nullptr && request == FICLONE) {
    errno = EOPNOTSUPP;
    return -1;
  }
  return REAL(ioctl)(fd, request, argument);
}

int ftruncate64(int fd, off64_t size) {
  Handle* handle = handle_of(fd);
  const auto call = [&] { return REAL(ftruncate64)(fd, size); };
  return handle == nullptr ? call() : change_open(TRUNCATE, handle, size, call);
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

int truncate64(const char* name, off64_t size) {
  const std::string path = watched(AT_FDCWD, name);
  const auto call = [&] { return REAL(truncate64)(name, size); };
  if (path.empty()) return call();
  return change({TRUNCATE, path, "", nullptr, static_cast<uint64_t>(size), 0, nullptr, 0}, call);
}
int truncate(const char* name, off_t size) { return truncate64(name, size); }

int posix_fallocate64(int fd, off64_t offset, off64_t size) {
  if (handle_of(fd) != nullptr) record_unsupported(handle_of(fd)->path, "posix_fallocate");
  return REAL(posix_fallocate64)(fd, offset, size);
}
int fallocate64(int fd, int mode, off64_t offset, off64_t size) {
  if (handle_of(fd) != nullptr) record_unsupported(handle_of(fd)->path, "fallocate");
  return REAL(fallocate64)(fd, mode, offset, size);
}

int fsync(int fd) {
  Handle* handle = handle_of(fd);
  const auto call = [&] { return REAL(fsync)(fd); };
  return handle == nullptr ? call() : change_open(FSYNC, handle, 0, call);
}
int fdatasync(int fd) {
  Handle* handle = handle_of(fd);
  const auto call = [&] { return REAL(fdatasync)(fd); };
  return handle == nullptr ? call() : change_open(FDATASYNC, handle, 0, call);
}

void* mmap64(void* place, size_t size, int protection, int flags, int fd, off64_t offset) {
  Handle* handle = (flags & MAP_ANONYMOUS) != 0 ? nullptr : handle_of(fd);
  const auto call = [&] { return REAL(mmap64)(place, size, protection, flags, fd, offset); };
  if (handle == nullptr) return call();
  if ((protection & PROT_WRITE) != 0 && (flags & MAP_SHARED) != 0) {
    record_unsupported(handle->path, "mmap for writing");
  }
  return look(MAP, handle->path, MAP_FAILED, call);
}
void* mmap(void* place, size_t size, int protection, int flags, int fd, off_t offset) {
  return mmap64(place, size, protection, flags, fd, offset);
}

// --- names --------------------------------------------------------------------------------------------------------

int renameat2(int from_folder, const char* from, int to_folder, const char* to,
              unsigned int flags) {
  const auto call = [&] {
    return static_cast<int>(raw_syscall(SYS_renameat2, from_folder, from, to_folder, to, flags));
  };
  if (watched(from_folder, from).empty() && watched(to_folder, to).empty()) return call();
  const std::string old_path = absolute(from_folder, from);
  return change({RENAME, old_path, absolute(to_folder, to), nullptr, 0, flags, nullptr, 0}, call);
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  return renameat2(from_folder, from, to_folder, to, 0);
}
int rename(const char* from, const char* to) {
  return renameat2(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int linkat(int from_folder, const char* from, int to_folder, const char* to, int flags) {
  const auto call = [&] {
    return static_cast<int>(raw_syscall(SYS_linkat, from_folder, from, to_folder, to, flags));
  };
  const std::string path = watched(to_folder, to);
  if (path.empty()) return call();
  return change({LINK, absolute(from_folder, from), path, nullptr, 0, 0, nullptr, 0}, call);
}
int link(const char* from, const char* to) { return linkat(AT_FDCWD, from, AT_FDCWD, to, 0); }

int symlinkat(const char* target, int folder, const char* name) {
  const auto call = [&] { return static_cast<int>(raw_syscall(SYS_symlinkat, target, folder, name)); };
  const std::string path = watched(folder, name);
  if (path.empty()) return call();
  return change({SYMLINK, path, "", nullptr, 0, 0, target, strlen(target)}, call);
}
int symlink(const char* target, const char* name) { return symlinkat(target, AT_FDCWD, name); }

int unlinkat(int folder, const char* name, int flags) {
  const auto call = [&] { return static_cast<int>(raw_syscall(SYS_unlinkat, folder, name, flags)); };
  const std::string path = watched(folder, name);
  if (path.empty()) return call();
  const Operation operation = (flags & AT_REMOVEDIR) != 0 ? RMDIR : UNLINK;
  return change({operation, path, "", nullptr, 0, 0, nullptr, 0}, call);
}
int unlink(const char* name) { return unlinkat(AT_FDCWD, name, 0); }
int rmdir(const char* name) { return unlinkat(AT_FDCWD, name, AT_REMOVEDIR); }
int remove(const char* name) {
  return unlink(name) == 0 || (errno == EISDIR && rmdir(name) == 0) ? 0 : -1;
}

int mkdirat(int folder, const char* name, mode_t mode) {
  const auto call = [&] { return static_cast<int>(raw_syscall(SYS_mkdirat, folder, name, mode)); };
  const std::string path = watched(folder, name);
  if (path.empty()) return call();
  return change({MKDIR, path, "", nullptr, mode, 0, nullptr, 0}, call);
}
int mkdir(const char* name, mode_t mode) { return mkdirat(AT_FDCWD, name, mode); }
char* mkdtemp(char* name) {
  char* made = REAL(mkdtemp)(name);
  const std::string path = made == nullptr ? "" : watched(AT_FDCWD, made);
  if (path.empty()) return made;
  const int result =
      change({MKDIR, path, "", nullptr, 0700, 0, nullptr, 0}, [] { return 0; });
  return result == 0 ? made : nullptr;
}

// --- attributes ---------------------------------------------------------------------------------------------------

int chmod(const char* name, mode_t mode) {
  const std::string path = watched(AT_FDCWD, name);
  const auto call = [&] { return REAL(chmod)(name, mode); };
  if (path.empty()) return call();
  return change({ATTRIBUTES, path, "", nullptr, mode, 0, nullptr, 0}, call);
}
int fchmod(int fd, mode_t mode) {
  Handle* handle = handle_of(fd);
  const auto call = [&] { return REAL(fchmod)(fd, mode); };
  return handle == nullptr ? call() : change_open(ATTRIBUTES, handle, mode, call);
}
int futimens(int fd, const struct timespec times[2]) {
  Handle* handle = handle_of(fd);
  const auto call = [&] { return REAL(futimens)(fd, times); };
  return handle == nullptr ? call() : look(ATTRIBUTES, handle->path, -1, call);
}
int utimensat(int folder, const char* name, const struct timespec times[2], int flags) {
  const std::string path = watched(folder, name);
  const auto call = [&] { return REAL(utimensat)(folder, name, times, flags); };
  return path.empty() ? call() : look(ATTRIBUTES, path, -1, call);
}

}  // extern "C"

#include "reading.h"
#include "streams.h"
