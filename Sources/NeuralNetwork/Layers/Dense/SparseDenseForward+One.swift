import VectorLanes

extension SparseDenseForward {
  /// The least share of zeros at which one image takes the nonzero weights alone; below it the rows
  /// of the full kernel are faster, which need no positions.
  private static let minSparsityForOne = 0.95

  /// Computes one image; the same values as in a group to the last bit.
  ///
  /// A product of a zero leaves a sum as it is, so zeros may be multiplied or not, whichever is
  /// faster, as long as the products are added in the order of k.
  ///
  /// - Parameters:
  ///   - input: [inputs].
  ///   - bias: [outputs].
  ///   - active: Room for as many positions as there are inputs.
  ///   - output: [outputs].
  static func forwardOne(
    _ weights: SparseDenseWeights, input: UnsafePointer<Float>, bias: UnsafePointer<Float>,
    active: UnsafeMutablePointer<Int32>, output: UnsafeMutablePointer<Float>
  ) {
    output.update(from: bias, count: weights.outputs)
    let share = Double(weights.values.count) / Double(max(weights.kernel.count, 1))
    if share <= 1 - minSparsityForOne {
      addNonzeroWeights(weights, input: input, output: output)
    } else {
      addActiveInputs(weights, input: input, active: active, output: output)
    }
    for index in 0..<weights.outputs where output[index] < 0 { output[index] = 0 }
  }

  @inline(never)
  private static func addNonzeroWeights(
    _ weights: SparseDenseWeights, input: UnsafePointer<Float>,
    output: UnsafeMutablePointer<Float>
  ) {
    withPointers(weights) { values, positions, starts in
      for block in 0..<weights.blocks {
        let blockInput = input + block &* weights.blockInputs
        let blockStarts = starts + block &* weights.outputs
        for index in 0..<weights.outputs {
          var sum = output[index]
          var entry = Int(blockStarts[index])
          let end = Int(blockStarts[index &+ 1])
          while entry < end {
            sum.addProduct(values[entry], blockInput[Int(positions[entry])])
            entry &+= 1
          }
          output[index] = sum
        }
      }
    }
  }

  /// Adds whole rows of the kernel, of those inputs only that are not zero after ReLU.
  @inline(never)
  private static func addActiveInputs(
    _ weights: SparseDenseWeights, input: UnsafePointer<Float>,
    active: UnsafeMutablePointer<Int32>, output: UnsafeMutablePointer<Float>
  ) {
    let outputs = weights.outputs
    let inputs = outputs == 0 ? 0 : weights.kernel.count / outputs
    var count = 0
    for k in 0..<inputs {
      active[count] = Int32(truncatingIfNeeded: k)
      count &+= input[k] == 0 ? 0 : 1
    }
    weights.kernel.withUnsafeBufferPointer { kernel in
      guard let kernel = kernel.baseAddress else { return }
      var first = 0
      while first &+ 8 &* laneCount <= outputs {
        var sums = OutputSums(at: output + first)
        for index in 0..<count {
          let k = Int(active[index])
          sums.accumulate(input[k], kernel + k &* outputs + first)
        }
        sums.store(to: output + first)
        first &+= 8 &* laneCount
      }
      while first &+ laneCount <= outputs {
        var sum = Lanes(at: output + first)
        for index in 0..<count {
          let k = Int(active[index])
          sum.accumulate(Lanes(repeating: input[k]), Lanes(at: kernel + k &* outputs + first))
        }
        sum.store(to: output + first)
        first &+= laneCount
      }
      while first < outputs {
        for index in 0..<count {
          let k = Int(active[index])
          output[first].addProduct(input[k], kernel[k &* outputs &+ first])
        }
        first &+= 1
      }
    }
  }
}

/// The sums of 128 outputs of one image.
private struct OutputSums {
  private var v0, v1, v2, v3, v4, v5, v6, v7: Lanes

  @inline(__always)
  init(at address: UnsafePointer<Float>) {
    v0 = Lanes(at: address)
    v1 = Lanes(at: address + laneCount)
    v2 = Lanes(at: address + 2 * laneCount)
    v3 = Lanes(at: address + 3 * laneCount)
    v4 = Lanes(at: address + 4 * laneCount)
    v5 = Lanes(at: address + 5 * laneCount)
    v6 = Lanes(at: address + 6 * laneCount)
    v7 = Lanes(at: address + 7 * laneCount)
  }

  @inline(__always)
  mutating func accumulate(_ value: Float, _ weights: UnsafePointer<Float>) {
    let repeated = Lanes(repeating: value)
    v0.accumulate(repeated, Lanes(at: weights))
    v1.accumulate(repeated, Lanes(at: weights + laneCount))
    v2.accumulate(repeated, Lanes(at: weights + 2 * laneCount))
    v3.accumulate(repeated, Lanes(at: weights + 3 * laneCount))
    v4.accumulate(repeated, Lanes(at: weights + 4 * laneCount))
    v5.accumulate(repeated, Lanes(at: weights + 5 * laneCount))
    v6.accumulate(repeated, Lanes(at: weights + 6 * laneCount))
    v7.accumulate(repeated, Lanes(at: weights + 7 * laneCount))
  }

  @inline(__always)
  func store(to address: UnsafeMutablePointer<Float>) {
    v0.store(to: address)
    v1.store(to: address + laneCount)
    v2.store(to: address + 2 * laneCount)
    v3.store(to: address + 3 * laneCount)
    v4.store(to: address + 4 * laneCount)
    v5.store(to: address + 5 * laneCount)
    v6.store(to: address + 6 * laneCount)
    v7.store(to: address + 7 * laneCount)
  }
}
