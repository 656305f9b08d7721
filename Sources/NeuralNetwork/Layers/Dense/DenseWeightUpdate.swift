import VectorLanes

/// The gradient of a dense layer by its weights, and Adam's step with it, in one pass.
///
/// dWeights[o][k] = Σᵢ dOutput[i][o] · input[i][k]. A tile of four outputs by four vectors of k is
/// summed in registers, in the order of i, and used up there: the gradient is never stored. Tiles are
/// independent, so threads may take them in any order without changing a bit.
enum DenseWeightUpdate {
  private static let tileOutputs = 4

  /// Updates the weights of a range of k, whose bounds are whole vectors.
  ///
  /// - Parameters:
  ///   - sizes: The layer's sizes.
  ///   - range: The inputs whose weights are updated.
  ///   - rows: The images of the batch.
  ///   - dOutput: [rows][outputStride].
  ///   - input: [rows][inputStride].
  ///   - parameter: Weights [outputStride][inputStride].
  @inline(never)
  static func update(
    _ sizes: DenseForward.Sizes, range: Range<Int>, rows: Int, dOutput: UnsafePointer<Float>,
    input: UnsafePointer<Float>, parameter: TrainedParameter, by adam: AdamUpdate
  ) {
    for o in stride(from: 0, to: sizes.outputStride, by: tileOutputs) {
      var k = range.lowerBound
      while k &+ 4 &* laneCount <= range.upperBound {
        var tile = OuterTile4x4()
        var values = input + k
        var gradients = dOutput + o
        for _ in 0..<rows {
          tile.accumulate(gradients, values)
          values += sizes.inputStride
          gradients += sizes.outputStride
        }
        tile.apply(adam, to: parameter, at: o &* sizes.inputStride &+ k, stride: sizes.inputStride)
        k &+= 4 &* laneCount
      }
      while k < range.upperBound {
        var tile = OuterRow4()
        for i in 0..<rows {
          tile.accumulate(
            dOutput + i &* sizes.outputStride + o, Lanes(at: input + i &* sizes.inputStride + k))
        }
        tile.apply(adam, to: parameter, at: o &* sizes.inputStride &+ k, stride: sizes.inputStride)
        k &+= laneCount
      }
    }
  }
}

/// Four rows of sixteen sums.
private struct OuterRow4 {
  private var r0 = Lanes.zero, r1 = Lanes.zero, r2 = Lanes.zero, r3 = Lanes.zero

  @inline(__always)
  init() {}

  /// Adds the outer product of four consecutive numbers and a vector.
  @inline(__always)
  mutating func accumulate(_ numbers: UnsafePointer<Float>, _ vector: Lanes) {
    r0.accumulate(Lanes(repeating: numbers[0]), vector)
    r1.accumulate(Lanes(repeating: numbers[1]), vector)
    r2.accumulate(Lanes(repeating: numbers[2]), vector)
    r3.accumulate(Lanes(repeating: numbers[3]), vector)
  }

  @inline(__always)
  func apply(_ adam: AdamUpdate, to parameter: TrainedParameter, at index: Int, stride: Int) {
    adam.apply(r0, to: parameter, at: index)
    adam.apply(r1, to: parameter, at: index &+ stride)
    adam.apply(r2, to: parameter, at: index &+ 2 &* stride)
    adam.apply(r3, to: parameter, at: index &+ 3 &* stride)
  }
}

/// Four rows of 4 × 16 sums.
private struct OuterTile4x4 {
  private var c0 = OuterRow4(), c1 = OuterRow4(), c2 = OuterRow4(), c3 = OuterRow4()

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func accumulate(_ numbers: UnsafePointer<Float>, _ values: UnsafePointer<Float>) {
    c0.accumulate(numbers, Lanes(at: values))
    c1.accumulate(numbers, Lanes(at: values + laneCount))
    c2.accumulate(numbers, Lanes(at: values + 2 &* laneCount))
    c3.accumulate(numbers, Lanes(at: values + 3 &* laneCount))
  }

  @inline(__always)
  func apply(_ adam: AdamUpdate, to parameter: TrainedParameter, at index: Int, stride: Int) {
    c0.apply(adam, to: parameter, at: index, stride: stride)
    c1.apply(adam, to: parameter, at: index &+ laneCount, stride: stride)
    c2.apply(adam, to: parameter, at: index &+ 2 &* laneCount, stride: stride)
    c3.apply(adam, to: parameter, at: index &+ 3 &* laneCount, stride: stride)
  }
}
