import VectorLanes

/// The gradient of a dense layer by its input: dInput[i][k] = Σₒ dOutput[i][o] · weights[o][k].
///
/// A sum of outer products: a tile of eight rows by two vectors of k stays in registers while o runs.
enum DenseInputGradient {
  /// The rows of a tile.
  static let tileRows = 8

  /// Computes rows in groups of eight.
  ///
  /// - Parameters:
  ///   - sizes: The layer's sizes.
  ///   - outputs: The outputs that count; the padding behind them is skipped.
  ///   - rows: Rows to compute; buffers have room for `rows` rounded up to a multiple of
  ///     `tileRows`, and the surplus rows are computed from whatever lies there.
  ///   - dOutput: [rows][outputStride].
  ///   - weights: [outputs][inputStride].
  ///   - dInput: [rows][inputStride].
  @inline(never)
  static func backward(
    _ sizes: DenseForward.Sizes, outputs: Int, rows: Int, dOutput: UnsafePointer<Float>,
    weights: UnsafePointer<Float>, dInput: UnsafeMutablePointer<Float>
  ) {
    let pairs = sizes.inputStride / (2 * laneCount) * (2 * laneCount)
    for k in stride(from: 0, to: pairs, by: 2 * laneCount) {
      for i in stride(from: 0, to: rows, by: tileRows) {
        var left = OuterColumn()
        var right = OuterColumn()
        var weight = weights + k
        var gradient = dOutput + i &* sizes.outputStride
        for _ in 0..<outputs {
          left.accumulate(gradient, stride: sizes.outputStride, Lanes(at: weight))
          right.accumulate(gradient, stride: sizes.outputStride, Lanes(at: weight + laneCount))
          weight += sizes.inputStride
          gradient += 1
        }
        let target = dInput + i &* sizes.inputStride + k
        left.store(to: target, stride: sizes.inputStride)
        right.store(to: target + laneCount, stride: sizes.inputStride)
      }
    }
    if pairs < sizes.inputStride {
      for i in stride(from: 0, to: rows, by: tileRows) {
        var column = OuterColumn()
        for o in 0..<outputs {
          column.accumulate(
            dOutput + i &* sizes.outputStride + o, stride: sizes.outputStride,
            Lanes(at: weights + o &* sizes.inputStride + pairs))
        }
        column.store(to: dInput + i &* sizes.inputStride + pairs, stride: sizes.inputStride)
      }
    }
  }
}

/// Eight rows of sixteen sums.
private struct OuterColumn {
  private var r0 = Lanes.zero, r1 = Lanes.zero, r2 = Lanes.zero, r3 = Lanes.zero
  private var r4 = Lanes.zero, r5 = Lanes.zero, r6 = Lanes.zero, r7 = Lanes.zero

  @inline(__always)
  init() {}

  /// Adds the outer product of eight numbers, `stride` apart, and a vector.
  @inline(__always)
  mutating func accumulate(_ numbers: UnsafePointer<Float>, stride: Int, _ vector: Lanes) {
    r0.accumulate(Lanes(repeating: numbers[0]), vector)
    r1.accumulate(Lanes(repeating: numbers[stride]), vector)
    r2.accumulate(Lanes(repeating: numbers[2 &* stride]), vector)
    r3.accumulate(Lanes(repeating: numbers[3 &* stride]), vector)
    r4.accumulate(Lanes(repeating: numbers[4 &* stride]), vector)
    r5.accumulate(Lanes(repeating: numbers[5 &* stride]), vector)
    r6.accumulate(Lanes(repeating: numbers[6 &* stride]), vector)
    r7.accumulate(Lanes(repeating: numbers[7 &* stride]), vector)
  }

  @inline(__always)
  func store(to target: UnsafeMutablePointer<Float>, stride: Int) {
    r0.store(to: target)
    r1.store(to: target + stride)
    r2.store(to: target + 2 &* stride)
    r3.store(to: target + 3 &* stride)
    r4.store(to: target + 4 &* stride)
    r5.store(to: target + 5 &* stride)
    r6.store(to: target + 6 &* stride)
    r7.store(to: target + 7 &* stride)
  }
}
