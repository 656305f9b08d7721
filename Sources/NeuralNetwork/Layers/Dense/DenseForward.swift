import VectorLanes

/// The product of rows of values with a dense layer's weights, plus bias, and ReLU if asked for.
///
/// output[i][o] = activation(bias[o] + Σₖ input[i][k] · weights[o][k]). Both operands are read along k,
/// so nothing is packed or transposed. A sum is made in one fixed way, whatever the number of rows:
/// k in blocks of at most `maxBlock`, sixteen partial sums in a block, halves added to halves,
/// the block's total added to the output. So an image's values do not depend on its neighbours.
enum DenseForward {
  /// The longest stretch of k that is summed before the lanes are; two rows of it fit in a first-level
  /// cache.
  private static let maxBlock = 2720

  /// The most rows that pass one stretch of the weights before the next stretch comes: so many rows
  /// of a stretch stay in a second-level cache beside it.
  private static let maxRows = 32

  /// The sizes of one dense layer, in floats; the strides and outputs are whole vectors.
  struct Sizes {
    /// Distance of input rows, and of weight rows; the padding holds zeros.
    let inputStride: Int
    /// Outputs with their padding; also the distance of output rows.
    let outputStride: Int
  }

  /// Computes rows in groups of four.
  ///
  /// - Parameters:
  ///   - rows: Rows to compute; buffers have room for `rows` rounded up to a multiple of four, and
  ///     the surplus rows are computed from whatever lies there.
  ///   - input: [rows][inputStride].
  ///   - weights: [outputStride][inputStride].
  ///   - bias: [outputStride].
  ///   - output: [rows][outputStride].
  @inline(never)
  static func forward(
    _ sizes: Sizes, rows: Int, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, relu: Bool
  ) {
    for first in stride(from: 0, to: rows, by: maxRows) {
      forwardRows(
        sizes, rows: min(maxRows, rows &- first), input: input + first &* sizes.inputStride,
        weights: weights, bias: bias, output: output + first &* sizes.outputStride, relu: relu)
    }
  }

  @inline(__always)
  private static func forwardRows(
    _ sizes: Sizes, rows: Int, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, relu: Bool
  ) {
    forEachBlock(sizes) { start, length, isFirst, isLast in
      for o in stride(from: 0, to: sizes.outputStride, by: 4) {
        for i in stride(from: 0, to: rows, by: 4) {
          var tile = DotTile4x4()
          tile.accumulate(
            input + i &* sizes.inputStride + start, weights + o &* sizes.inputStride + start,
            stride: sizes.inputStride, length: length)
          let target = output + i &* sizes.outputStride + o
          let row = sizes.outputStride
          if isFirst {
            store(SIMD4(at: bias + o) + tile.totals0, to: target, relu: relu && isLast)
            store(SIMD4(at: bias + o) + tile.totals1, to: target + row, relu: relu && isLast)
            store(SIMD4(at: bias + o) + tile.totals2, to: target + 2 &* row, relu: relu && isLast)
            store(SIMD4(at: bias + o) + tile.totals3, to: target + 3 &* row, relu: relu && isLast)
          } else {
            add(tile.totals0, to: target, relu: relu && isLast)
            add(tile.totals1, to: target + row, relu: relu && isLast)
            add(tile.totals2, to: target + 2 &* row, relu: relu && isLast)
            add(tile.totals3, to: target + 3 &* row, relu: relu && isLast)
          }
        }
      }
    }
  }

  /// Computes one row; the same values as `forward` to the last bit.
  @inline(never)
  static func forwardOne(
    _ sizes: Sizes, input: UnsafePointer<Float>, weights: UnsafePointer<Float>,
    bias: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, relu: Bool
  ) {
    forEachBlock(sizes) { start, length, isFirst, isLast in
      for o in stride(from: 0, to: sizes.outputStride, by: 8) {
        var tile = DotTile1x8()
        tile.accumulate(
          input + start, weights + o &* sizes.inputStride + start, stride: sizes.inputStride,
          length: length)
        if isFirst {
          store(SIMD4(at: bias + o) + tile.totalsLow, to: output + o, relu: relu && isLast)
          store(
            SIMD4(at: bias + o + 4) + tile.totalsHigh, to: output + o + 4, relu: relu && isLast)
        } else {
          add(tile.totalsLow, to: output + o, relu: relu && isLast)
          add(tile.totalsHigh, to: output + o + 4, relu: relu && isLast)
        }
      }
    }
  }

  @inline(__always)
  private static func forEachBlock(
    _ sizes: Sizes, _ body: (_ start: Int, _ length: Int, _ isFirst: Bool, _ isLast: Bool) -> Void
  ) {
    let blocks = (sizes.inputStride + maxBlock - 1) / maxBlock
    let block = roundedUp((sizes.inputStride + blocks - 1) / blocks, to: laneCount)
    for start in stride(from: 0, to: sizes.inputStride, by: block) {
      let length = min(block, sizes.inputStride - start)
      body(start, length, start == 0, start + length == sizes.inputStride)
    }
  }

  @inline(__always)
  private static func add(
    _ totals: SIMD4<Float>, to target: UnsafeMutablePointer<Float>, relu: Bool
  ) {
    store(SIMD4(at: target) + totals, to: target, relu: relu)
  }

  @inline(__always)
  private static func store(
    _ sums: SIMD4<Float>, to target: UnsafeMutablePointer<Float>, relu: Bool
  ) {
    let zeros = SIMD4<Float>(repeating: 0)
    let values = relu ? sums.replacing(with: zeros, where: sums .< zeros) : sums
    UnsafeMutableRawPointer(target).storeBytes(of: values, as: SIMD4<Float>.self)
  }
}

extension SIMD4<Float> {
  @inline(__always)
  fileprivate init(at address: UnsafePointer<Float>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Self.self)
  }
}

/// The sums of four rows with four rows of weights, sixteen partial sums each.
private struct DotTile4x4 {
  private var s00 = Lanes.zero, s01 = Lanes.zero, s02 = Lanes.zero, s03 = Lanes.zero
  private var s10 = Lanes.zero, s11 = Lanes.zero, s12 = Lanes.zero, s13 = Lanes.zero
  private var s20 = Lanes.zero, s21 = Lanes.zero, s22 = Lanes.zero, s23 = Lanes.zero
  private var s30 = Lanes.zero, s31 = Lanes.zero, s32 = Lanes.zero, s33 = Lanes.zero

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func accumulate(
    _ rows: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, stride: Int, length: Int
  ) {
    var k = 0
    while k < length {
      let row = rows + k
      let a0 = Lanes(at: row)
      let a1 = Lanes(at: row + stride)
      let a2 = Lanes(at: row + 2 &* stride)
      let a3 = Lanes(at: row + 3 &* stride)
      let weight = weights + k
      let w0 = Lanes(at: weight)
      s00.accumulate(a0, w0)
      s10.accumulate(a1, w0)
      s20.accumulate(a2, w0)
      s30.accumulate(a3, w0)
      let w1 = Lanes(at: weight + stride)
      s01.accumulate(a0, w1)
      s11.accumulate(a1, w1)
      s21.accumulate(a2, w1)
      s31.accumulate(a3, w1)
      let w2 = Lanes(at: weight + 2 &* stride)
      s02.accumulate(a0, w2)
      s12.accumulate(a1, w2)
      s22.accumulate(a2, w2)
      s32.accumulate(a3, w2)
      let w3 = Lanes(at: weight + 3 &* stride)
      s03.accumulate(a0, w3)
      s13.accumulate(a1, w3)
      s23.accumulate(a2, w3)
      s33.accumulate(a3, w3)
      k &+= laneCount
    }
  }

  @inline(__always)
  var totals0: SIMD4<Float> { SIMD4(s00.total, s01.total, s02.total, s03.total) }
  @inline(__always)
  var totals1: SIMD4<Float> { SIMD4(s10.total, s11.total, s12.total, s13.total) }
  @inline(__always)
  var totals2: SIMD4<Float> { SIMD4(s20.total, s21.total, s22.total, s23.total) }
  @inline(__always)
  var totals3: SIMD4<Float> { SIMD4(s30.total, s31.total, s32.total, s33.total) }
}

/// The sums of one row with eight rows of weights, sixteen partial sums each.
private struct DotTile1x8 {
  private var s0 = Lanes.zero, s1 = Lanes.zero, s2 = Lanes.zero, s3 = Lanes.zero
  private var s4 = Lanes.zero, s5 = Lanes.zero, s6 = Lanes.zero, s7 = Lanes.zero

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func accumulate(
    _ row: UnsafePointer<Float>, _ weights: UnsafePointer<Float>, stride: Int, length: Int
  ) {
    var k = 0
    while k < length {
      let a = Lanes(at: row + k)
      let weight = weights + k
      s0.accumulate(a, Lanes(at: weight))
      s1.accumulate(a, Lanes(at: weight + stride))
      s2.accumulate(a, Lanes(at: weight + 2 &* stride))
      s3.accumulate(a, Lanes(at: weight + 3 &* stride))
      s4.accumulate(a, Lanes(at: weight + 4 &* stride))
      s5.accumulate(a, Lanes(at: weight + 5 &* stride))
      s6.accumulate(a, Lanes(at: weight + 6 &* stride))
      s7.accumulate(a, Lanes(at: weight + 7 &* stride))
      k &+= laneCount
    }
  }

  @inline(__always)
  var totalsLow: SIMD4<Float> { SIMD4(s0.total, s1.total, s2.total, s3.total) }
  @inline(__always)
  var totalsHigh: SIMD4<Float> { SIMD4(s4.total, s5.total, s6.total, s7.total) }
}
