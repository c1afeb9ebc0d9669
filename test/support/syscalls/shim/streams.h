// Streams of the C library (LevelDB writes its files with them): what they write to watched files goes through the
// shim's own write. The buffer is kept here, of the size that the C library has, so that writes happen when they would.
#pragma once

#include <stdio.h>

#include <map>

#include "operations.h"

namespace shim {

constexpr size_t STREAM_BUFFER_BYTES = 4096;

struct StreamBuffers {
  pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
  std::map<FILE*, std::string> waiting;
};

inline StreamBuffers& streams() {
  static auto* all = new StreamBuffers();
  return *all;
}

// What waits to be written to this stream, or null when the stream writes to no watched file.
inline std::string* waiting_of(FILE* stream) {
  pthread_mutex_lock(&streams().lock);
  const auto found = streams().waiting.find(stream);
  std::string* waiting = found == streams().waiting.end() ? nullptr : &found->second;
  pthread_mutex_unlock(&streams().lock);
  return waiting;
}

inline bool write_out(FILE* stream, std::string* waiting) {
  const int fd = fileno(stream);
  while (!waiting->empty()) {
    const ssize_t written = write(fd, waiting->data(), waiting->size());
    if (written <= 0) return false;
    waiting->erase(0, written);
  }
  return true;
}

inline size_t write_stream(const void* data, size_t size, size_t count, FILE* stream,
                           std::string* waiting) {
  waiting->append(static_cast<const char*>(data), size * count);
  if (waiting->size() >= STREAM_BUFFER_BYTES && !write_out(stream, waiting)) {
    waiting->clear();
    return 0;
  }
  return count;
}

inline int flush_stream(FILE* stream, std::string* waiting) {
  if (write_out(stream, waiting)) return 0;
  waiting->clear();
  return EOF;
}

inline FILE* open_stream(const char* name, const char* mode) {
  int flags = strchr(mode, '+') != nullptr ? O_RDWR : mode[0] == 'r' ? O_RDONLY : O_WRONLY;
  if (mode[0] == 'w') flags |= O_CREAT | O_TRUNC;
  if (mode[0] == 'a') flags |= O_CREAT | O_APPEND;
  if (strchr(mode, 'e') != nullptr) flags |= O_CLOEXEC;
  const int fd = open64(name, flags, 0666);
  FILE* stream = fd < 0 ? nullptr : REAL(fdopen)(fd, mode);
  if (stream != nullptr && (flags & O_ACCMODE) != O_RDONLY) {
    pthread_mutex_lock(&streams().lock);
    streams().waiting[stream].clear();
    pthread_mutex_unlock(&streams().lock);
  }
  return stream;
}

}  // namespace shim

extern "C" {

FILE* fopen64(const char* name, const char* mode) {
  if (shim::watched(AT_FDCWD, name).empty()) return REAL(fopen64)(name, mode);
  return shim::open_stream(name, mode);
}
FILE* fopen(const char* name, const char* mode) { return fopen64(name, mode); }

size_t fwrite_unlocked(const void* data, size_t size, size_t count, FILE* stream) {
  std::string* waiting = shim::waiting_of(stream);
  if (waiting == nullptr) return REAL(fwrite_unlocked)(data, size, count, stream);
  return shim::write_stream(data, size, count, stream, waiting);
}
size_t fwrite(const void* data, size_t size, size_t count, FILE* stream) {
  std::string* waiting = shim::waiting_of(stream);
  if (waiting == nullptr) return REAL(fwrite)(data, size, count, stream);
  return shim::write_stream(data, size, count, stream, waiting);
}

int fflush_unlocked(FILE* stream) {
  std::string* waiting = stream == nullptr ? nullptr : shim::waiting_of(stream);
  return waiting == nullptr ? REAL(fflush_unlocked)(stream) : shim::flush_stream(stream, waiting);
}
int fflush(FILE* stream) {
  std::string* waiting = stream == nullptr ? nullptr : shim::waiting_of(stream);
  return waiting == nullptr ? REAL(fflush)(stream) : shim::flush_stream(stream, waiting);
}

// The descriptor is closed by the C library's own close, which is not seen here.
int fclose(FILE* stream) {
  std::string* waiting = shim::waiting_of(stream);
  const int flushed = waiting == nullptr ? 0 : shim::flush_stream(stream, waiting);
  const int error = errno;
  shim::Handle* handle = shim::handle_of(fileno(stream));
  shim::set_handle(fileno(stream), nullptr);
  if (waiting != nullptr) {
    pthread_mutex_lock(&shim::streams().lock);
    shim::streams().waiting.erase(stream);
    pthread_mutex_unlock(&shim::streams().lock);
  }
  const auto verdict =
      handle == nullptr ? shim::Verdict{} : shim::judge(shim::CLOSE, handle->path);
  const int closed = REAL(fclose)(stream);
  shim::end_operation(verdict);
  if (shim::fails(verdict)) return EOF;
  if (flushed != 0) errno = error;
  return flushed != 0 ? flushed : closed;
}

size_t fread_unlocked(void* data, size_t size, size_t count, FILE* stream) {
  shim::Handle* handle = shim::handle_of(fileno(stream));
  const auto call = [&] { return REAL(fread_unlocked)(data, size, count, stream); };
  return handle == nullptr ? call() : shim::look(shim::READ, handle->path, size_t{0}, call);
}

}  // extern "C"
