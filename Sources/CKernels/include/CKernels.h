#ifndef NIBBLE_CKERNELS_H
#define NIBBLE_CKERNELS_H

#if defined(__ARM_FEATURE_DOTPROD)
#include <arm_neon.h>
#endif

// Operations on vectors for which Swift gives slow code or none, as inline functions. The vector types
// are imported as SIMD16<Float> and the like; the loops around them stay in Swift. Everything here
// is plain vector C, which Clang compiles for any processor.

typedef float nibble_float16 __attribute__((ext_vector_type(16)));
typedef int nibble_int16 __attribute__((ext_vector_type(16)));
typedef unsigned int nibble_uint16 __attribute__((ext_vector_type(16)));
typedef unsigned char nibble_byte16 __attribute__((ext_vector_type(16)));

// The value in lanes where a equals b, 0 in the others. Swift's `.==` followed by `replacing` is torn
// into operations on single lanes.
static inline __attribute__((always_inline)) nibble_float16 nibble_value_where_equal(
    nibble_float16 value, nibble_float16 a, nibble_float16 b) {
  return (nibble_float16)((nibble_int16)value & (a == b));
}

// The functions below do not call one another: where registers are shorter than sixty-four bytes
// Clang refuses calls with such vectors, even those that it would inline.

// The sums of NIBBLE_BYTE_PRODUCTS are made of operations on pairs of bytes. A product of two bytes fits
// in 16 bits, since 255 · 127 and 255 · −128 do.
typedef short nibble_pairs __attribute__((ext_vector_type(32)));
typedef unsigned short nibble_unsigned_pairs __attribute__((ext_vector_type(32)));
#define NIBBLE_BYTE_PRODUCTS(sums, codes, weights)                                          \
  nibble_pairs even = (nibble_pairs)((nibble_unsigned_pairs)codes & 0xff) *                 \
                      ((nibble_pairs)((nibble_unsigned_pairs)weights << 8) >> 8);           \
  nibble_pairs odd =                                                                        \
      (nibble_pairs)((nibble_unsigned_pairs)codes >> 8) * ((nibble_pairs)weights >> 8);     \
  return sums + ((nibble_int16)((nibble_uint16)even << 16) >> 16) +                         \
         ((nibble_int16)even >> 16) + ((nibble_int16)((nibble_uint16)odd << 16) >> 16) +    \
         ((nibble_int16)odd >> 16)

// Sixteen sums, each plus the products of four unsigned bytes and four signed bytes: lane i of `codes`
// holds the unsigned bytes 4i … 4i + 3, lane i of `weights` the signed ones. All sums are exact as long
// as they fit in 32 bits. This is what the VNNI instruction does, for any processor.
static inline __attribute__((always_inline)) nibble_int16 nibble_add_byte_products_portable(
    nibble_int16 sums, nibble_int16 codes, nibble_int16 weights) {
  NIBBLE_BYTE_PRODUCTS(sums, codes, weights);
}

// The same by one instruction where the processor has it, or by those that add two products of pairs.
static inline __attribute__((always_inline)) nibble_int16 nibble_add_byte_products(
    nibble_int16 sums, nibble_int16 codes, nibble_int16 weights) {
#if defined(__AVX512VNNI__) && defined(__AVX512F__)
  return __builtin_ia32_vpdpbusd512(sums, codes, weights);
#elif defined(__AVX2__)
  nibble_pairs even_codes = (nibble_pairs)((nibble_unsigned_pairs)codes & 0xff);
  nibble_pairs odd_codes = (nibble_pairs)((nibble_unsigned_pairs)codes >> 8);
  nibble_pairs even_weights = (nibble_pairs)((nibble_unsigned_pairs)weights << 8) >> 8;
  nibble_pairs odd_weights = (nibble_pairs)weights >> 8;
  typedef int sums8 __attribute__((ext_vector_type(8)));
  sums8 low = (sums8)__builtin_ia32_pmaddwd256(even_codes.lo, even_weights.lo) +
              (sums8)__builtin_ia32_pmaddwd256(odd_codes.lo, odd_weights.lo);
  sums8 high = (sums8)__builtin_ia32_pmaddwd256(even_codes.hi, even_weights.hi) +
               (sums8)__builtin_ia32_pmaddwd256(odd_codes.hi, odd_weights.hi);
  return sums +
         __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
#elif defined(__ARM_FEATURE_DOTPROD)
  int32x4_t quarters[4];
  int8x16_t code_bytes[4], weight_bytes[4];
  __builtin_memcpy(quarters, &sums, sizeof sums);
  __builtin_memcpy(code_bytes, &codes, sizeof codes);
  __builtin_memcpy(weight_bytes, &weights, sizeof weights);
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
#if defined(__ARM_FEATURE_MATMUL_INT8)
    quarters[i] =
        vusdotq_s32(quarters[i], vreinterpretq_u8_s8(code_bytes[i]), weight_bytes[i]);
#else
    // The instruction takes signed factors: code · weight = (code - 128) · weight + 128 · weight. The
    // second part is the same for all rows of codes, so that it is computed once where rows are tiled.
    int32x4_t halves = vdotq_s32(vdupq_n_s32(0), vdupq_n_s8(64), weight_bytes[i]);
    quarters[i] = vdotq_s32(
        quarters[i] + (halves + halves), veorq_s8(code_bytes[i], vdupq_n_s8(-128)), weight_bytes[i]);
#endif
  }
  __builtin_memcpy(&sums, quarters, sizeof sums);
  return sums;
#else
  NIBBLE_BYTE_PRODUCTS(sums, codes, weights);
#endif
}

// The larger of each pair of lanes.
static inline __attribute__((always_inline)) nibble_int16 nibble_larger(
    nibble_int16 a, nibble_int16 b) {
  return __builtin_elementwise_max(a, b);
}

// sums · multipliers + offsets, the product and the sum rounded once.
static inline __attribute__((always_inline)) nibble_float16 nibble_scaled(
    nibble_int16 sums, nibble_float16 multipliers, nibble_float16 offsets) {
  return __builtin_elementwise_fma(
      __builtin_convertvector(sums, nibble_float16), multipliers, offsets);
}

// `nibble_scaled` as codes: held to 0 … largest and rounded half to even. `largest` is at most 255.
static inline __attribute__((always_inline)) nibble_byte16 nibble_requantized(
    nibble_int16 sums, nibble_float16 multipliers, nibble_float16 offsets, nibble_float16 largest) {
  nibble_float16 codes = __builtin_elementwise_fma(
      __builtin_convertvector(sums, nibble_float16), multipliers, offsets);
  // Written so that each line is one maximum or minimum instruction.
  codes = codes > 0.0f ? codes : 0.0f;
  codes = codes < largest ? codes : largest;
  // Adding 2^23 leaves the nearest integer in the low bits, ties to even.
  return __builtin_convertvector((nibble_uint16)(codes + 8388608.0f), nibble_byte16);
}

// The greatest of some bytes, 0 if there are none. Clang turns the loop into vectors; the same loop in
// Swift compares lane by lane.
static inline unsigned char nibble_greatest_byte(const unsigned char *bytes, long count) {
  unsigned char greatest = 0;
  for (long i = 0; i < count; i++) greatest = bytes[i] > greatest ? bytes[i] : greatest;
  return greatest;
}

// Writes four rows of sixteen bytes as sixteen groups of four: the byte i of each row goes to the
// places 4i … 4i + 3.
static inline __attribute__((always_inline)) void nibble_interleave(
    const signed char *row0, const signed char *row1, const signed char *row2,
    const signed char *row3, signed char *groups) {
  typedef signed char bytes16 __attribute__((ext_vector_type(16)));
  typedef signed char bytes32 __attribute__((ext_vector_type(32)));
  bytes16 a, b, c, d;
  __builtin_memcpy(&a, row0, 16);
  __builtin_memcpy(&b, row1, 16);
  __builtin_memcpy(&c, row2, 16);
  __builtin_memcpy(&d, row3, 16);
  // Pairs of the even rows and of the odd ones, then pairs of those pairs.
  bytes32 even = __builtin_shufflevector(a, c, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7,
                                         23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30,
                                         15, 31);
  bytes32 odd = __builtin_shufflevector(b, d, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7,
                                        23, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30,
                                        15, 31);
  bytes32 low = __builtin_shufflevector(even, odd, 0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38,
                                        7, 39, 8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46,
                                        15, 47);
  bytes32 high = __builtin_shufflevector(even, odd, 16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53,
                                         22, 54, 23, 55, 24, 56, 25, 57, 26, 58, 27, 59, 28, 60, 29,
                                         61, 30, 62, 31, 63);
  __builtin_memcpy(groups, &low, 32);
  __builtin_memcpy(groups + 32, &high, 32);
}

// Writes sixteen rows of sixteen floats as columns: columns[j][i] = rows[i][j]; the strides count
// floats. Each round interleaves the rows of the upper and the lower half, four rounds transpose.
static inline __attribute__((always_inline)) void nibble_transpose(
    const float *rows, long row_stride, float *columns, long column_stride) {
  nibble_float16 a[16], b[16];
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i++) __builtin_memcpy(&a[i], rows + i * row_stride, sizeof a[i]);
#pragma clang loop unroll(full)
  for (int round = 0; round < 4; round++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < 8; i++) {
      b[2 * i] = __builtin_shufflevector(a[i], a[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21,
                                         6, 22, 7, 23);
      b[2 * i + 1] = __builtin_shufflevector(a[i], a[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28,
                                             13, 29, 14, 30, 15, 31);
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < 16; i++) a[i] = b[i];
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 16; i++) __builtin_memcpy(columns + i * column_stride, &a[i], sizeof a[i]);
}

// The widest vector instructions that this build uses.
static inline const char *nibble_instruction_set(void) {
#if defined(__AVX512VNNI__)
  return "AVX-512 with VNNI";
#elif defined(__AVX512F__)
  return "AVX-512";
#elif defined(__AVX2__)
  return "AVX2";
#elif defined(__ARM_FEATURE_MATMUL_INT8)
  return "NEON with int8 products of mixed sign";
#elif defined(__ARM_FEATURE_DOTPROD)
  return "NEON with int8 dot products";
#elif defined(__aarch64__)
  return "NEON";
#else
  return "the baseline of its architecture";
#endif
}

#endif
