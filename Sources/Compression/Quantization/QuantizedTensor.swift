package import NeuralNetwork

/// A kernel as integer codes with the scales that turn them back into weights.
///
/// weight = (code − zero point) · scale; symmetric codes have zero point 0.
package struct QuantizedTensor: Sendable, Equatable {
  /// How codes relate to weights.
  package let layout: Layout
  /// The codes in the kernel's flat order.
  package let codes: [Int32]
  /// One scale for each group: block after block of inputs, in each the output channels in order.
  package let scales: [Float]
  /// One zero point for each scale; empty when symmetric.
  package let zeroPoints: [Int32]
  /// The weights that the codes stand for.
  package let dequantized: Tensor

  /// How codes relate to weights.
  package struct Layout: Sendable, Hashable {
    /// The kernel's shape; the last dimension is the output channel.
    package let shape: [Int]
    /// The width of a code: 1 … 8 or 16.
    package let bits: Int
    /// Which weights share a scale.
    package let granularity: WeightQuantization.Granularity
    /// Where the grid lies.
    package let scheme: WeightQuantization.Scheme

    /// Makes a layout.
    package init(
      shape: [Int], bits: Int, granularity: WeightQuantization.Granularity,
      scheme: WeightQuantization.Scheme
    ) {
      precondition((1...8).contains(bits) || bits == 16, "Codes have 1 … 8 or 16 bits.")
      self.shape = shape
      self.bits = bits
      self.granularity = granularity
      self.scheme = scheme
    }
  }

  /// Makes a tensor from codes, and the weights that they stand for.
  package init(layout: Layout, codes: [Int32], scales: [Float], zeroPoints: [Int32]) {
    self.init(
      layout: layout, codes: codes, scales: scales, zeroPoints: zeroPoints,
      dequantized: QuantizedTensor.dequantize(codes, layout, scales, zeroPoints))
  }

  init(
    layout: Layout, codes: [Int32], scales: [Float], zeroPoints: [Int32], dequantized: Tensor
  ) {
    precondition(codes.count == layout.rows * layout.columns, "Every weight has one code.")
    precondition(scales.count == layout.scaleCount, "Every group has one scale.")
    precondition(
      zeroPoints.count == (layout.scheme == .symmetric ? 0 : scales.count),
      "Every scale of an asymmetric grid has a zero point.")
    self.layout = layout
    self.codes = codes
    self.scales = scales
    self.zeroPoints = zeroPoints
    self.dequantized = dequantized
  }

  /// How many weights are exactly zero.
  package var zeroCount: Int { dequantized.zeroCount }

  /// The same grid with the code of zero wherever a tensor of its shape is zero.
  func keepingZeros(of pruned: Tensor) -> QuantizedTensor {
    var zeroed = codes
    for block in 0..<layout.blocks {
      for row in layout.rows(ofBlock: block) {
        for column in 0..<layout.columns where pruned.elements[row * layout.columns + column] == 0 {
          zeroed[row * layout.columns + column] =
            zeroPoints.isEmpty ? 0 : zeroPoints[layout.scaleIndex(block: block, column: column)]
        }
      }
    }
    return QuantizedTensor(
      layout: layout, codes: zeroed, scales: scales, zeroPoints: zeroPoints)
  }

  private static func dequantize(
    _ codes: [Int32], _ layout: Layout, _ scales: [Float], _ zeroPoints: [Int32]
  ) -> Tensor {
    var elements = [Float](repeating: 0, count: codes.count)
    for block in 0..<layout.blocks {
      for row in layout.rows(ofBlock: block) {
        for column in 0..<layout.columns {
          let scale = layout.scaleIndex(block: block, column: column)
          let zeroPoint = zeroPoints.isEmpty ? 0 : zeroPoints[scale]
          let index = row * layout.columns + column
          elements[index] = Float(codes[index] - zeroPoint) * scales[scale]
        }
      }
    }
    return Tensor(shape: layout.shape, elements: elements)
  }
}

extension QuantizedTensor.Layout {
  /// The output channels.
  package var columns: Int { shape.last ?? 1 }
  /// The inputs of one output channel.
  package var rows: Int { shape.dropLast().reduce(1, *) }
  /// The greatest code: 2^(b−1)−1 symmetric (1 for one bit), 2^b−1 asymmetric.
  package var qmax: Int32 {
    switch scheme {
    case .symmetric: bits == 1 ? 1 : (1 << (bits - 1)) - 1
    case .asymmetric: (1 << bits) - 1
    }
  }
  /// The least code: the greatest negated when symmetric, else 0.
  package var qmin: Int32 { scheme == .symmetric ? -qmax : 0 }

  /// The number of consecutive inputs that share scales.
  var blockRows: Int {
    if case .group(let size) = granularity { return min(size, max(rows, 1)) }
    return max(rows, 1)
  }
  /// The number of blocks of inputs; the last may be shorter.
  var blocks: Int { (rows + blockRows - 1) / blockRows }
  /// The number of scales.
  package var scaleCount: Int { granularity == .tensor ? 1 : blocks * columns }

  /// The inputs of a block.
  func rows(ofBlock block: Int) -> Range<Int> {
    block * blockRows..<min((block + 1) * blockRows, rows)
  }

  /// Where the scale of a block and an output channel stands.
  @inline(__always)
  func scaleIndex(block: Int, column: Int) -> Int {
    granularity == .tensor ? 0 : block * columns + column
  }
}
