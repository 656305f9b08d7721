#include "restoration.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "CTerminalSupport.h"

static struct termios saved_modes;
static int saved_descriptor = -1;
static char restore_bytes[NIBBLE_TERMINAL_RESTORE_LIMIT];
static size_t restore_length;
static int restore_output = -1;
static atomic_int armed;

static atomic_int diverted_file = -1;
static atomic_int original_errors = -1;

static void write_all(int descriptor, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t written = write(descriptor, bytes, length);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    length -= (size_t)written;
  }
}

bool nibble_terminal_save(int descriptor) {
  if (tcgetattr(descriptor, &saved_modes) != 0) return false;
  saved_descriptor = descriptor;
  return true;
}

static void restore_at_exit(void) { nibble_terminal_restore_at_death(); }

void nibble_terminal_arm(int output, const char *bytes, size_t length) {
  static bool registered;
  if (!registered) {
    registered = true;
    // Any path that calls exit() without closing the terminal comes through here.
    atexit(restore_at_exit);
  }
  atomic_store(&armed, 0);
  restore_length = length < sizeof restore_bytes ? length : sizeof restore_bytes;
  memcpy(restore_bytes, bytes, restore_length);
  restore_output = output;
  atomic_store(&armed, 1);
}

void nibble_terminal_disarm(void) { atomic_store(&armed, 0); }

/// Whether the process may change the terminal without being stopped for it.
static bool in_foreground(int descriptor) {
  pid_t foreground = tcgetpgrp(descriptor);
  // Without a controlling terminal the question has no answer, and nothing stops the process.
  return foreground < 0 || foreground == getpgrp();
}

void nibble_terminal_restore_modes(void) {
  if (saved_descriptor < 0 || !in_foreground(saved_descriptor)) return;
  while (tcsetattr(saved_descriptor, TCSADRAIN, &saved_modes) != 0 && errno == EINTR) continue;
  // Mouse reports that were under way would otherwise land at the shell's prompt.
  tcflush(saved_descriptor, TCIFLUSH);
}

void nibble_terminal_restore_at_death(void) {
  if (atomic_exchange(&armed, 0) && in_foreground(restore_output)) {
    write_all(restore_output, restore_bytes, restore_length);
    nibble_terminal_restore_modes();
  }
  nibble_errors_restore();
}

bool nibble_errors_divert(void) {
  if (atomic_load(&diverted_file) >= 0 || !isatty(STDERR_FILENO)) return false;
  const char *folder = getenv("TMPDIR");
  char path[PATH_MAX];
  int length = snprintf(path, sizeof path, "%s/nibble-XXXXXX",
                        folder != NULL && folder[0] != '\0' ? folder : "/tmp");
  if (length < 0 || (size_t)length >= sizeof path) return false;
  int file = mkstemp(path);
  if (file < 0) return false;
  unlink(path);
  fcntl(file, F_SETFD, FD_CLOEXEC);
  fcntl(file, F_SETFL, fcntl(file, F_GETFL) | O_APPEND);
  int original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (original < 0 || dup2(file, STDERR_FILENO) < 0) {
    if (original >= 0) close(original);
    close(file);
    return false;
  }
  atomic_store(&original_errors, original);
  atomic_store(&diverted_file, file);
  return true;
}

long nibble_errors_restore(void) {
  int file = atomic_exchange(&diverted_file, -1);
  if (file < 0) return 0;
  int original = atomic_exchange(&original_errors, -1);
  dup2(original, STDERR_FILENO);
  struct stat status;
  long total = fstat(file, &status) == 0 ? (long)status.st_size : 0;
  const long limit = 8192;
  off_t offset = total > limit ? total - limit : 0;
  char buffer[1024];
  for (;;) {
    ssize_t count = pread(file, buffer, sizeof buffer, offset);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    write_all(STDERR_FILENO, buffer, (size_t)count);
    offset += count;
  }
  close(file);
  close(original);
  return total;
}

bool nibble_terminal_size(int descriptor, int *columns, int *rows) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) {
    return false;
  }
  *columns = size.ws_col;
  *rows = size.ws_row;
  return true;
}

int nibble_terminal_waiting(int descriptor) {
  int count = 0;
  return ioctl(descriptor, FIONREAD, &count) == 0 ? count : -1;
}
