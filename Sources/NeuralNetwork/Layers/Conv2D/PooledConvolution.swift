import VectorLanes

/// A 3×3 convolution of one channel, bias, ReLU and 2×2 max pooling in one pass.
///
/// Lanes are filters. One step computes the four convolution outputs of a pooling window from a patch
/// of 4×4 pixels for up to 32 filters, and keeps only the largest; the convolution's full output is
/// never stored.
enum PooledConvolution {
  /// The value of `argmax` where ReLU was not active, so that no gradient passes.
  static let inactive: Float = 4

  /// Computes the features of one image.
  ///
  /// - Parameters:
  ///   - shape: The network's sizes.
  ///   - image: [height][width].
  ///   - weights: [9][filterStride].
  ///   - bias: [filterStride].
  ///   - features: [featureStride]; what lies behind the last feature is set to zero.
  @inline(never)
  static func forward(
    _ shape: ConvNetShape, image: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, features: UnsafeMutablePointer<Float>
  ) {
    forEachFilterBlock(shape) { filter, isPair in
      let first = WindowTaps(weights + filter, bias + filter, stride: shape.filterStride)
      if isPair {
        let second = WindowTaps(
          weights + filter + laneCount, bias + filter + laneCount, stride: shape.filterStride)
        forEachWindow(shape) { patch, feature in
          let row = image + patch
          first.sums(at: row, width: shape.width).pooled.store(to: features + feature + filter)
          second.sums(at: row, width: shape.width).pooled
            .store(to: features + feature + filter + laneCount)
        }
      } else {
        forEachWindow(shape) { patch, feature in
          first.sums(at: image + patch, width: shape.width).pooled
            .store(to: features + feature + filter)
        }
      }
    }
    clearPadding(of: features, shape)
  }

  /// Computes the features of one image and where each came from.
  ///
  /// - Parameters:
  ///   - shape: The network's sizes.
  ///   - image: [height][width].
  ///   - weights: [9][filterStride].
  ///   - bias: [filterStride].
  ///   - features: [featureStride]; what lies behind the last feature is set to zero.
  ///   - argmax: [featureStride]; each feature's place 0…3 in its window, the first of equal ones, or
  ///     `inactive` if the feature is 0.
  @inline(never)
  static func forward(
    _ shape: ConvNetShape, image: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, features: UnsafeMutablePointer<Float>,
    argmax: UnsafeMutablePointer<Float>
  ) {
    forEachFilterBlock(shape) { filter, isPair in
      let first = WindowTaps(weights + filter, bias + filter, stride: shape.filterStride)
      if isPair {
        let second = WindowTaps(
          weights + filter + laneCount, bias + filter + laneCount, stride: shape.filterStride)
        forEachWindow(shape) { patch, feature in
          let row = image + patch
          first.sums(at: row, width: shape.width)
            .storePooled(to: features + feature + filter, places: argmax + feature + filter)
          second.sums(at: row, width: shape.width)
            .storePooled(
              to: features + feature + filter + laneCount,
              places: argmax + feature + filter + laneCount)
        }
      } else {
        forEachWindow(shape) { patch, feature in
          first.sums(at: image + patch, width: shape.width)
            .storePooled(to: features + feature + filter, places: argmax + feature + filter)
        }
      }
    }
    clearPadding(of: features, shape)
  }

  /// Visits the filters in blocks of two vectors, or one for what is left, from the last block down.
  ///
  /// The last vector's unused lanes are stored into the next window's first values; these are written
  /// later, as windows go up and blocks go down.
  @inline(__always)
  static func forEachFilterBlock(
    _ shape: ConvNetShape, _ body: (_ filter: Int, _ isPair: Bool) -> Void
  ) {
    let vectors = shape.filterStride / laneCount
    if vectors % 2 == 1 { body((vectors - 1) * laneCount, false) }
    for pair in stride(from: vectors / 2 - 1, through: 0, by: -1) {
      body(2 * pair * laneCount, true)
    }
  }

  /// Visits the pooling windows with the offset of their patch in the image and of their features.
  @inline(__always)
  static func forEachWindow(_ shape: ConvNetShape, _ body: (_ patch: Int, _ feature: Int) -> Void) {
    var feature = 0
    for y in 0..<shape.pooledHeight {
      var patch = 2 &* y &* shape.width
      for _ in 0..<shape.pooledWidth {
        body(patch, feature)
        patch &+= 2
        feature &+= shape.filters
      }
    }
  }

  @inline(__always)
  private static func clearPadding(of features: UnsafeMutablePointer<Float>, _ shape: ConvNetShape)
  {
    (features + shape.features).update(repeating: 0, count: shape.featureStride - shape.features)
  }
}

/// The nine weights and the bias of sixteen filters, held in registers.
private struct WindowTaps {
  let bias, t0, t1, t2, t3, t4, t5, t6, t7, t8: Lanes

  @inline(__always)
  init(_ weights: UnsafePointer<Float>, _ bias: UnsafePointer<Float>, stride: Int) {
    self.bias = Lanes(at: bias)
    t0 = Lanes(at: weights)
    t1 = Lanes(at: weights + stride)
    t2 = Lanes(at: weights + 2 * stride)
    t3 = Lanes(at: weights + 3 * stride)
    t4 = Lanes(at: weights + 4 * stride)
    t5 = Lanes(at: weights + 5 * stride)
    t6 = Lanes(at: weights + 6 * stride)
    t7 = Lanes(at: weights + 7 * stride)
    t8 = Lanes(at: weights + 8 * stride)
  }

  /// The convolution at the four places of the window whose patch begins at `patch`.
  @inline(__always)
  func sums(at patch: UnsafePointer<Float>, width: Int) -> WindowSums {
    let lower = patch + width
    return WindowSums(
      s0: sum(at: patch, width: width), s1: sum(at: patch + 1, width: width),
      s2: sum(at: lower, width: width), s3: sum(at: lower + 1, width: width))
  }

  @inline(__always)
  private func sum(at pixel: UnsafePointer<Float>, width: Int) -> Lanes {
    let (middle, lower) = (pixel + width, pixel + 2 &* width)
    var sum = bias
    sum.accumulate(t0, Lanes(repeating: pixel[0]))
    sum.accumulate(t1, Lanes(repeating: pixel[1]))
    sum.accumulate(t2, Lanes(repeating: pixel[2]))
    sum.accumulate(t3, Lanes(repeating: middle[0]))
    sum.accumulate(t4, Lanes(repeating: middle[1]))
    sum.accumulate(t5, Lanes(repeating: middle[2]))
    sum.accumulate(t6, Lanes(repeating: lower[0]))
    sum.accumulate(t7, Lanes(repeating: lower[1]))
    sum.accumulate(t8, Lanes(repeating: lower[2]))
    return sum
  }
}

/// Sixteen filters' convolution at the four places of a window.
private struct WindowSums {
  let s0, s1, s2, s3: Lanes

  /// The largest, or 0 if none is positive.
  @inline(__always)
  var pooled: Lanes {
    s0.larger(s1).larger(s2.larger(s3)).larger(.zero)
  }

  @inline(__always)
  func storePooled(to values: UnsafeMutablePointer<Float>, places: UnsafeMutablePointer<Float>) {
    let isRight = s1 .> s0
    let isLowerRight = s3 .> s2
    let upper = s0.replacing(with: s1, where: isRight)
    let lower = s2.replacing(with: s3, where: isLowerRight)
    let upperPlace = Lanes.zero.replacing(with: Lanes(repeating: 1), where: isRight)
    let lowerPlace = Lanes(repeating: 2).replacing(
      with: Lanes(repeating: 3), where: isLowerRight)
    let isLower = lower .> upper
    let largest = upper.replacing(with: lower, where: isLower)
    let place = upperPlace.replacing(with: lowerPlace, where: isLower)
    largest.larger(.zero).store(to: values)
    place.replacing(
      with: Lanes(repeating: PooledConvolution.inactive), where: largest .<= Lanes.zero
    ).store(to: places)
  }
}
