#ifndef NIBBLE_CTERMINALSUPPORT_H
#define NIBBLE_CTERMINALSUPPORT_H

// What a terminal session needs from signal handlers: flags that a main loop reads, a byte on a
// pipe that wakes it, and restoration of the terminal when the process dies. Handlers may call
// only async-signal-safe functions, and Swift promises none of that, so they live here.

#include <stdbool.h>
#include <stddef.h>

/// The longest string that restoration can write.
#define NIBBLE_TERMINAL_RESTORE_LIMIT 512

/// Remembers the modes of the terminal on `descriptor`, to be restored later.
///
/// Returns false when the descriptor is no terminal.
bool nibble_terminal_save(int descriptor);

/// Arms restoration: from now on a fatal signal or `exit` writes `bytes` to `output`.
///
/// Bytes beyond the limit are dropped.
void nibble_terminal_arm(int output, const char *bytes, size_t length);

/// Disarms restoration; the terminal is already as it was found, or about to be made so.
void nibble_terminal_disarm(void);

/// Restores the remembered modes of the terminal and throws away unread input.
void nibble_terminal_restore_modes(void);

/// Installs the signal handlers; each handled signal also writes a byte to `wake_descriptor`.
///
/// SIGTERM, SIGHUP and SIGINT become a flag unless they were ignored, SIGTSTP and SIGCONT as
/// well; fatal signals restore the terminal and then take their previous course. Call this before
/// the screen library opens, which leaves signals alone that already have a handler.
void nibble_signals_install(int wake_descriptor);

/// Makes SIGWINCH write a byte to the pipe too, before the handler that is installed now runs.
///
/// Without it a resize that arrives just before the main loop goes to sleep would be noticed only
/// at the next key. Call it after the screen library has installed its own handler.
void nibble_signals_chain_resize(void);

/// Puts the previous handlers back.
void nibble_signals_remove(void);

/// The signal that asked the process to end since the last call, or 0.
int nibble_signals_take_termination(void);

/// Whether the process was asked to stop since the last call.
bool nibble_signals_take_stop(void);

/// Whether the process went on after a stop since the last call.
bool nibble_signals_take_continue(void);

/// Stops the process group as Ctrl-Z does and returns when it goes on.
///
/// Returns soon without having stopped where nobody could continue it (an orphaned process group)
/// or where stopping was disabled from outside.
void nibble_signals_stop(void);

/// Diverts standard error to an unlinked temporary file, if it is a terminal.
///
/// Returns whether it was diverted.
bool nibble_errors_divert(void);

/// Gives standard error back and writes what was diverted, at most its last 8 kilobytes, to it.
///
/// Safe in a signal handler. Returns the number of bytes that had been diverted.
long nibble_errors_restore(void);

/// The number of columns and rows of the terminal on `descriptor`; false when unknown.
bool nibble_terminal_size(int descriptor, int *columns, int *rows);

/// The number of bytes that wait to be read from `descriptor`; negative on an error.
int nibble_terminal_waiting(int descriptor);

#endif
