/* Preloaded into a run: counts its calls that change files below PLUG_FOLDER. At the PLUG_AT-th the
   plug is pulled (half of a write gets there) or, with PLUG_FULL, the disk is full from then on.
   With PLUG_AFTER it is pulled after so many microseconds of CPU time, whatever else runs here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

static long calls;

static int is_below(const char *path) {
  const char *folder = getenv("PLUG_FOLDER");
  return folder && strncmp(path, folder, strlen(folder)) == 0;
}

static int is_ours(int fd) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t size = readlink(link, path, sizeof path - 1);
  path[size < 0 ? 0 : size] = 0;
  return is_below(path);
}

/* 0: go on; 1: pull the plug; 2: the disk is full. */
static int strikes(void) {
  const char *at = getenv("PLUG_AT");
  long turn = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
  if (!at || turn < atol(at)) return 0;
  if (getenv("PLUG_FULL")) return 2;
  return turn == atol(at);
}

static int full(void) {
  errno = ENOSPC;
  return -1;
}

static void pull(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *data, size_t size) {
  switch (is_ours(fd) ? strikes() : 0) {
    case 1: REAL(write)(fd, data, size / 2); pull();
    case 2: return full();
  }
  return REAL(write)(fd, data, size);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t offset) {
  switch (is_ours(fd) ? strikes() : 0) {
    case 1: REAL(pwrite64)(fd, data, size / 2, offset); pull();
    case 2: return full();
  }
  return REAL(pwrite64)(fd, data, size, offset);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t offset) {
  return pwrite64(fd, data, size, offset);
}

#define FLUSH(name)                                  \
  int name(int fd) {                                 \
    switch (is_ours(fd) ? strikes() : 0) {           \
      case 1: pull();                                \
      case 2: return full();                         \
    }                                                \
    return REAL(name)(fd);                           \
  }

FLUSH(fsync)
FLUSH(fdatasync)

int rename(const char *from, const char *to) {
  switch (is_below(to) ? strikes() : 0) {
    case 1: pull();
    case 2: return full();
  }
  return REAL(rename)(from, to);
}

static void on_time(int signal) {
  (void)signal;
  pull();
}

__attribute__((constructor)) static void set_time(void) {
  const char *after = getenv("PLUG_AFTER");
  if (!after) return;
  struct itimerval timer = {{0, 0}, {atol(after) / 1000000, atol(after) % 1000000}};
  signal(SIGPROF, on_time);
  setitimer(ITIMER_PROF, &timer, NULL);
}

__attribute__((destructor)) static void tell(void) {
  const char *file = getenv("PLUG_COUNT");
  if (!file) return;
  int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  dprintf(fd, "%ld %f\n", calls, (double)clock() / CLOCKS_PER_SEC);
  close(fd);
}
