import VectorLanes

/// The codes of a network's kernels in the layout of the integer kernels.
struct IntegerWeights: Sendable {
  /// The convolution: for each sixteen filters six vectors, three kernel rows for a window's left
  /// places, then three for its right places; a lane holds the row's three taps, and a zero before
  /// (right) or behind (left) them.
  let convolution: ByteBuffer
  /// The first dense layer (see `IntegerDense`).
  let first: ByteBuffer
  /// The last dense layer.
  let last: ByteBuffer

  /// Packs the kernels of a network of the given shape.
  init(
    _ shape: ConvNetShape, convolution: IntegerKernel, first: IntegerKernel, last: IntegerKernel
  ) {
    self.convolution = Self.pack(convolution: convolution.codes, filters: shape.filters)
    self.first = IntegerDense.pack(first.codes, inputs: shape.features, outputs: shape.hidden)
    self.last = IntegerDense.pack(last.codes, inputs: shape.hidden, outputs: shape.classes)
  }

  private static func pack(convolution codes: [Int8], filters: Int) -> ByteBuffer {
    let vectors = roundedUp(filters, to: laneCount) / laneCount
    let packed = ByteBuffer(count: vectors * 6 * 64)
    for filter in 0..<filters {
      let block = packed.weights + filter / laneCount * 6 * 64 + filter % laneCount * 4
      for row in 0..<3 {
        for column in 0..<3 {
          let code = codes[(row * 3 + column) * filters + filter]
          block[row * 64 + column] = code
          block[(3 + row) * 64 + column + 1] = code
        }
      }
    }
    return packed
  }
}
