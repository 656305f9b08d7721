package import Compression
package import NeuralNetwork

/// How a kernel's weights are distributed, and the grid that they are rounded to.
package struct WeightHistogram: Sendable, Equatable {
  /// How many weights fall into each bin; exact zeros are not among them.
  package let counts: [Int]
  /// The least and the greatest value of the bins, symmetric around zero.
  package let range: ClosedRange<Double>
  /// How many weights are exactly zero before rounding: those that pruning removed.
  package let zeros: Int
  /// The values that a weight can be rounded to; empty while weights are float, and at 16 bits,
  /// where there are too many to draw.
  package let levels: [Double]
  /// What the grid covers, or nil while weights are float; weights beyond it are clipped.
  package let clipping: ClosedRange<Double>?
  /// The step between neighbouring levels of that grid, or nil while weights are float.
  package let step: Double?
  /// The weight of greatest magnitude, with its sign.
  package let extreme: Double
  /// The root of the mean square of the weights that are not zero.
  package let deviation: Double
  /// How many grids the kernel has; of several, the one with the median scale is shown.
  package let grids: Int

  /// Sorts weights into bins.
  ///
  /// - Parameters:
  ///   - kernel: the weights before rounding.
  ///   - quantized: the same weights rounded, or nil.
  ///   - bins: how many bins.
  package init(of kernel: Tensor, quantized: QuantizedTensor?, bins: Int) {
    precondition(bins > 0, "A histogram has bins.")
    let extreme = kernel.elements.reduce(Float(0)) { $1.magnitude > $0.magnitude ? $1 : $0 }
    let reach = Double(extreme.magnitude)
    self.extreme = Double(extreme)
    var squares = 0.0
    let span = reach > 0 ? reach : 1
    var counts = [Int](repeating: 0, count: bins)
    var zeros = 0
    let scale = Double(bins) / (2 * span)
    for weight in kernel.elements {
      if weight == 0 {
        zeros += 1
      } else {
        squares += Double(weight) * Double(weight)
        counts[min(max(Int((Double(weight) + span) * scale), 0), bins - 1)] += 1
      }
    }
    deviation = (squares / Double(max(1, kernel.count - zeros))).squareRoot()
    self.counts = counts
    self.zeros = zeros
    range = -span...span
    guard let quantized else {
      levels = []
      clipping = nil
      step = nil
      grids = 0
      return
    }
    grids = quantized.scales.count
    let order = quantized.scales.indices.sorted { quantized.scales[$0] < quantized.scales[$1] }
    let median = order[order.count / 2]
    let zeroPoint = quantized.zeroPoints.isEmpty ? 0 : quantized.zeroPoints[median]
    let layout = quantized.layout
    func value(_ code: Int32) -> Double {
      Double(code - zeroPoint) * Double(quantized.scales[median])
    }
    step = Double(quantized.scales[median])
    let isSign = layout.bits == 1 && layout.scheme == .symmetric
    if isSign {
      levels = [value(-1), value(1)]
    } else {
      levels = layout.bits <= 8 ? (layout.qmin...layout.qmax).map(value) : []
    }
    clipping = value(layout.qmin)...value(layout.qmax)
  }
}

extension Laboratory {
  /// The histogram of a kernel under a recipe: its weights before rounding, with the grid that they
  /// are rounded to.
  package func weightHistogram(
    of kernel: String, under recipe: Recipe, bins: Int
  ) throws -> WeightHistogram {
    let compressed = try compressed(recipe)
    let kernels = compressed.unrounded.kernels
    guard let weights = kernels.first(where: { $0.name.text == kernel }) else {
      throw LabError.unknownKernel(kernel, available: kernels.map(\.name.text))
    }
    let stored = compressed.tensors.first { $0.name.text == kernel }
    let quantized: QuantizedTensor? =
      if case .quantized(let quantized)? = stored?.values { quantized } else { nil }
    return WeightHistogram(of: weights.tensor, quantized: quantized, bins: bins)
  }
}
