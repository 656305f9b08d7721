private import CKernels
import VectorLanes

/// A 3×3 convolution of codes of one channel, pooled 2×2 and requantized with ReLU, in one pass.
///
/// Lanes are filters. A window's patch of 4×4 codes is read as four groups of four bytes. The window's
/// left places multiply a group by taps 0, 1, 2 and a zero, its right places by a zero and taps 0,
/// 1, 2: no code is moved. Pooling comes before the requantization, which keeps order.
enum IntegerConvolution {
  /// Computes the features of one image.
  ///
  /// - Parameters:
  ///   - shape: The network's sizes.
  ///   - image: [height][width] codes.
  ///   - weights: As `IntegerWeights` packs them.
  ///   - output: How sums become codes.
  ///   - features: Room for `shape.features` codes and a vector more; order row, column, filter.
  static func forward(
    _ shape: ConvNetShape, image: UnsafePointer<UInt8>, weights: UnsafePointer<Int8>,
    output: Requantization, features: UnsafeMutablePointer<UInt8>
  ) {
    switch output.accumulator {
    case .int32:
      forward(
        shape, image: image, weights: weights, output: output, features: features,
        held: WideAccumulator.self)
    case .int16:
      forward(
        shape, image: image, weights: weights, output: output, features: features,
        held: WrappingAccumulator.self)
    }
  }

  @inline(never)
  private static func forward<Held: Accumulator>(
    _ shape: ConvNetShape, image: UnsafePointer<UInt8>, weights: UnsafePointer<Int8>,
    output: Requantization, features: UnsafeMutablePointer<UInt8>, held: Held.Type
  ) {
    // The last vector's unused lanes land on the next window's first codes, which are written later.
    PooledConvolution.forEachFilterBlock(shape) { filter, isPair in
      let first = Taps(weights, output, filter: filter)
      if isPair {
        let second = Taps(weights, output, filter: filter + laneCount)
        PooledConvolution.forEachWindow(shape) { patch, feature in
          let patch = Patch(image + patch, width: shape.width)
          first.store(patch, to: features + feature + filter, held: held)
          second.store(patch, to: features + feature + filter + laneCount, held: held)
        }
      } else {
        PooledConvolution.forEachWindow(shape) { patch, feature in
          first.store(
            Patch(image + patch, width: shape.width), to: features + feature + filter, held: held)
        }
      }
    }
  }
}

/// The four rows of a window's patch, each repeated for every lane.
private struct Patch {
  let r0, r1, r2, r3: IntegerLanes

  @inline(__always)
  init(_ patch: UnsafePointer<UInt8>, width: Int) {
    r0 = IntegerLanes(repeatingBytesAt: patch)
    r1 = IntegerLanes(repeatingBytesAt: patch + width)
    r2 = IntegerLanes(repeatingBytesAt: patch + 2 &* width)
    r3 = IntegerLanes(repeatingBytesAt: patch + 3 &* width)
  }
}

/// What sixteen filters need, held in registers.
private struct Taps {
  let left0, left1, left2, right0, right1, right2: IntegerLanes
  let multipliers, offsets, largest: Lanes

  @inline(__always)
  init(_ weights: UnsafePointer<Int8>, _ output: Requantization, filter: Int) {
    let block = weights + filter / laneCount * 6 * 64
    left0 = IntegerLanes(at: block)
    left1 = IntegerLanes(at: block + 64)
    left2 = IntegerLanes(at: block + 128)
    right0 = IntegerLanes(at: block + 192)
    right1 = IntegerLanes(at: block + 256)
    right2 = IntegerLanes(at: block + 320)
    multipliers = Lanes(at: output.multipliers.base + filter)
    offsets = Lanes(at: output.offsets.base + filter)
    largest = Lanes(repeating: output.levels)
  }

  @inline(__always)
  func store<Held: Accumulator>(
    _ patch: Patch, to features: UnsafeMutablePointer<UInt8>, held: Held.Type
  ) {
    let upper = nibble_larger(
      Held.held(Self.sum(patch.r0, left0, patch.r1, left1, patch.r2, left2)),
      Held.held(Self.sum(patch.r0, right0, patch.r1, right1, patch.r2, right2)))
    let lower = nibble_larger(
      Held.held(Self.sum(patch.r1, left0, patch.r2, left1, patch.r3, left2)),
      Held.held(Self.sum(patch.r1, right0, patch.r2, right1, patch.r3, right2)))
    UnsafeMutableRawPointer(features).storeBytes(
      of: nibble_requantized(nibble_larger(upper, lower), multipliers, offsets, largest),
      as: SIMD16<UInt8>.self)
  }

  @inline(__always)
  private static func sum(
    _ codes0: IntegerLanes, _ taps0: IntegerLanes, _ codes1: IntegerLanes, _ taps1: IntegerLanes,
    _ codes2: IntegerLanes, _ taps2: IntegerLanes
  ) -> IntegerLanes {
    var sum = nibble_add_byte_products(IntegerLanes(repeating: 0), codes0, taps0)
    sum = nibble_add_byte_products(sum, codes1, taps1)
    return nibble_add_byte_products(sum, codes2, taps2)
  }
}
