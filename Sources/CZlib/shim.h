#ifndef NIBBLE_CZLIB_SHIM_H
#define NIBBLE_CZLIB_SHIM_H

#if __has_include(<zlib.h>)
#include <zlib.h>
#else
#error "zlib.h not found: apt-get install zlib1g-dev"
#endif

// deflateInit2 and inflateInit2 are macros that pass the library's version, which Swift does not import.
static inline int nibble_inflate_init_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
static inline int nibble_deflate_init_gzip(z_stream *stream, int level) {
  return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}

#endif
