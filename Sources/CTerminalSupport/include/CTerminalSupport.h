#ifndef NIBBLE_CTERMINALSUPPORT_H
#define NIBBLE_CTERMINALSUPPORT_H

// Signal-safe terminal restoration and signal flags.

#endif
