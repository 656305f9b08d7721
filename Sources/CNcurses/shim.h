#ifndef NIBBLE_CNCURSES_SHIM_H
#define NIBBLE_CNCURSES_SHIM_H

// The wide-character functions exist only when this is set before <curses.h> is read.
#define NCURSES_WIDECHAR 1

#if __has_include(<curses.h>)
#include <curses.h>
#else
#error "curses.h not found: apt-get install libncurses-dev"
#endif

#endif
