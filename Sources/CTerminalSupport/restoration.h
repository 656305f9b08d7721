#ifndef NIBBLE_RESTORATION_H
#define NIBBLE_RESTORATION_H

/// Restores the terminal and standard error of a dying process, once; safe in a signal handler.
void nibble_terminal_restore_at_death(void);

#endif
