#ifndef NIBBLE_CMARKDOWN_SHIM_H
#define NIBBLE_CMARKDOWN_SHIM_H

#if __has_include(<cmark-gfm.h>)
#include <cmark-gfm.h>
#else
#error "cmark-gfm.h not found: apt-get install libcmark-gfm-dev"
#endif

#if __has_include(<cmark-gfm-core-extensions.h>)
#include <cmark-gfm-core-extensions.h>
#else
#error "cmark-gfm-core-extensions.h not found: apt-get install libcmark-gfm-extensions-dev"
#endif

#endif
