#ifndef NIBBLE_CKERNELS_H
#define NIBBLE_CKERNELS_H

// Operations on vectors for which Swift gives slow code or none, as inline functions. The vector types
// are imported as SIMD16<Float> and the like; the loops around them stay in Swift. Everything here
// is plain vector C, which Clang compiles for any processor.

typedef float nibble_float16 __attribute__((ext_vector_type(16)));
typedef int nibble_int16 __attribute__((ext_vector_type(16)));

// The value in lanes where a equals b, 0 in the others. Swift's `.==` followed by `replacing` is torn
// into operations on single lanes.
static inline __attribute__((always_inline)) nibble_float16 nibble_value_where_equal(
    nibble_float16 value, nibble_float16 a, nibble_float16 b) {
  return (nibble_float16)((nibble_int16)value & (a == b));
}

#endif
