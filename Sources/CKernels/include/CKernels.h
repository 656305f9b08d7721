#ifndef NIBBLE_CKERNELS_H
#define NIBBLE_CKERNELS_H

// Instructions that Swift cannot reach, as inline functions on vector types.

#endif
