private import CKernels
import VectorLanes

extension PooledConvolution {
  /// Computes one image's gradients by the kernel and the bias.
  ///
  /// A feature's gradient goes to the place of its window that `argmax` names, and nowhere if ReLU was
  /// inactive: dWeights[i, j] = Σ over windows and places of dFeature · pixel[place + (i, j)].
  ///
  /// - Parameters:
  ///   - shape: The network's sizes.
  ///   - image: [height][width].
  ///   - dFeatures: [featureStride].
  ///   - argmax: [featureStride], from `forward`.
  ///   - gradient: [10][filterStride]; nine rows for the kernel's taps, then one for the bias. What was
  ///     there is overwritten; lanes that are no filter become zero.
  @inline(never)
  static func backward(
    _ shape: ConvNetShape, image: UnsafePointer<Float>, dFeatures: UnsafePointer<Float>,
    argmax: UnsafePointer<Float>, gradient: UnsafeMutablePointer<Float>
  ) {
    for filter in stride(from: 0, to: shape.filterStride, by: laneCount) {
      var sums = TapSums()
      forEachWindow(shape) { patch, feature in
        sums.accumulate(
          patch: image + patch, width: shape.width,
          dFeature: Lanes(at: dFeatures + feature + filter),
          place: Lanes(at: argmax + feature + filter))
      }
      sums.store(to: gradient + filter, stride: shape.filterStride)
    }
    // The last vector's unused lanes have read the next window's values.
    for row in 0..<10 {
      for lane in shape.filters..<shape.filterStride {
        gradient[row &* shape.filterStride &+ lane] = 0
      }
    }
  }
}

/// Sixteen filters' gradients by their nine weights and their bias, held in registers.
private struct TapSums {
  private var t0 = Lanes.zero, t1 = Lanes.zero, t2 = Lanes.zero
  private var t3 = Lanes.zero, t4 = Lanes.zero, t5 = Lanes.zero
  private var t6 = Lanes.zero, t7 = Lanes.zero, t8 = Lanes.zero
  private var bias = Lanes.zero

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func accumulate(
    patch: UnsafePointer<Float>, width: Int, dFeature: Lanes, place: Lanes
  ) {
    let d0 = nibble_value_where_equal(dFeature, place, Lanes(repeating: 0))
    let d1 = nibble_value_where_equal(dFeature, place, Lanes(repeating: 1))
    let d2 = nibble_value_where_equal(dFeature, place, Lanes(repeating: 2))
    let d3 = nibble_value_where_equal(dFeature, place, Lanes(repeating: 3))
    bias += (d0 + d1) + (d2 + d3)
    let (second, third, fourth) = (patch + width, patch + 2 &* width, patch + 3 &* width)
    let p00 = Lanes(repeating: patch[0]), p01 = Lanes(repeating: patch[1])
    let p02 = Lanes(repeating: patch[2]), p03 = Lanes(repeating: patch[3])
    let p10 = Lanes(repeating: second[0]), p11 = Lanes(repeating: second[1])
    let p12 = Lanes(repeating: second[2]), p13 = Lanes(repeating: second[3])
    let p20 = Lanes(repeating: third[0]), p21 = Lanes(repeating: third[1])
    let p22 = Lanes(repeating: third[2]), p23 = Lanes(repeating: third[3])
    let p30 = Lanes(repeating: fourth[0]), p31 = Lanes(repeating: fourth[1])
    let p32 = Lanes(repeating: fourth[2]), p33 = Lanes(repeating: fourth[3])
    Self.add(&t0, d0, p00, d1, p01, d2, p10, d3, p11)
    Self.add(&t1, d0, p01, d1, p02, d2, p11, d3, p12)
    Self.add(&t2, d0, p02, d1, p03, d2, p12, d3, p13)
    Self.add(&t3, d0, p10, d1, p11, d2, p20, d3, p21)
    Self.add(&t4, d0, p11, d1, p12, d2, p21, d3, p22)
    Self.add(&t5, d0, p12, d1, p13, d2, p22, d3, p23)
    Self.add(&t6, d0, p20, d1, p21, d2, p30, d3, p31)
    Self.add(&t7, d0, p21, d1, p22, d2, p31, d3, p32)
    Self.add(&t8, d0, p22, d1, p23, d2, p32, d3, p33)
  }

  @inline(__always)
  private static func add(
    _ sum: inout Lanes, _ d0: Lanes, _ p0: Lanes, _ d1: Lanes, _ p1: Lanes, _ d2: Lanes,
    _ p2: Lanes, _ d3: Lanes, _ p3: Lanes
  ) {
    sum.accumulate(d0, p0)
    sum.accumulate(d1, p1)
    sum.accumulate(d2, p2)
    sum.accumulate(d3, p3)
  }

  @inline(__always)
  func store(to gradient: UnsafeMutablePointer<Float>, stride: Int) {
    t0.store(to: gradient)
    t1.store(to: gradient + stride)
    t2.store(to: gradient + 2 * stride)
    t3.store(to: gradient + 3 * stride)
    t4.store(to: gradient + 4 * stride)
    t5.store(to: gradient + 5 * stride)
    t6.store(to: gradient + 6 * stride)
    t7.store(to: gradient + 7 * stride)
    t8.store(to: gradient + 8 * stride)
    bias.store(to: gradient + 9 * stride)
  }
}
