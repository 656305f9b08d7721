#ifndef NIBBLE_CNCURSES_SHIM_H
#define NIBBLE_CNCURSES_SHIM_H

// The wide-character functions exist only when this is set before <curses.h> is read.
#define NCURSES_WIDECHAR 1

#if __has_include(<curses.h>)
#include <curses.h>
#else
#error "curses.h not found: apt-get install libncurses-dev"
#endif

#include <langinfo.h>
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

// Some builds of the library keep the window's members to themselves. Swift would then import windows
// as OpaquePointer; completed like this they are UnsafeMutablePointer<WINDOW> everywhere. Nothing looks
// inside a window or makes one.
#if NCURSES_OPAQUE
struct _win_st {
  char nibble_unused;
};
#endif

// Swift 6 refuses mutable C globals such as `stdscr` and `stdin`, and does not import macros with
// casts or shifts. The accessors and constants below stand in for them.

// <term.h> is not included because its thousand macros (`lines`, `columns`, `bell`, …) would leak
// into every importer; only these of its functions are needed.
extern int setupterm(const char *, int, int *);

// <wchar.h> declares it only under feature-test macros that Swift's importer does not set.
extern int wcwidth(wchar_t);

/// The attributes a cell may have.
static const attr_t nibble_curses_bold = A_BOLD;
static const attr_t nibble_curses_italic = A_ITALIC;
static const attr_t nibble_curses_underline = A_UNDERLINE;
static const attr_t nibble_curses_reverse = A_REVERSE;

/// The window that covers the terminal, or NULL before a screen is opened.
static inline WINDOW *nibble_curses_screen_window(void) { return stdscr; }

/// The image of what is on the terminal now.
static inline WINDOW *nibble_curses_current_window(void) { return curscr; }

/// The number of colours, valid after `start_color`.
static inline int nibble_curses_colors(void) { return COLORS; }

/// The number of colour pairs, valid after `start_color`.
static inline int nibble_curses_color_pairs(void) { return COLOR_PAIRS; }

/// Opens a screen on standard input and output; NULL when the terminal type is unusable.
///
/// The size always comes from the terminal, since LINES and COLUMNS of an exported environment
/// would freeze it.
static inline SCREEN *nibble_curses_open(const char *type) {
  use_env(FALSE);
  use_tioctl(TRUE);
  return newterm(type, stdout, stdin);
}

/// Looks a terminal type up: 1 found, 0 unknown or too generic, -1 no terminal database.
static inline int nibble_curses_lookup(const char *type) {
  int status = 0;
  if (setupterm(type, 1, &status) == OK) return 1;
  return status;
}

/// A string capability of the terminal, or NULL when it has none.
static inline const char *nibble_curses_capability(const char *name) {
  const char *value = tigetstr(name);
  return value == (const char *)(intptr_t)-1 ? NULL : value;
}

/// A numeric capability of the terminal; negative when it has none.
static inline int nibble_curses_number(const char *name) { return tigetnum(name); }

/// Puts one cell's characters, at most CCHARW_MAX of them and ended by 0, at a position.
///
/// Writing the last cell of the screen reports an error although the cell is set, because the
/// cursor cannot advance; the result says nothing useful and is dropped.
static inline void nibble_curses_put(
    WINDOW *window, int y, int x, const wchar_t *characters, attr_t attributes, int pair) {
  cchar_t cell;
  if (setcchar(&cell, characters, attributes, 0, &pair) == OK) mvwadd_wch(window, y, x, &cell);
}

/// The most characters that a cell can hold, the base included.
static inline int nibble_curses_cell_limit(void) { return CCHARW_MAX; }

/// The columns that the C library, and so ncurses, gives a character; -1 when it knows none.
static inline int nibble_curses_width(uint32_t character) { return wcwidth((wchar_t)character); }

/// The character encoding of the current locale.
static inline const char *nibble_curses_codeset(void) { return nl_langinfo(CODESET); }

/// Sets the character locale, and nothing else of the locale, so that numbers keep their point.
static inline int nibble_curses_set_character_locale(const char *name) {
  return setlocale(LC_CTYPE, name) != NULL;
}

#endif
