import VectorLanes

/// The codes of a network's kernels in the layout of the integer kernels.
///
/// Packing them costs as much as running some hundred images, so one packing serves calibration and
/// inference.
package struct IntegerWeights: Sendable {
  /// The kernels before they were packed, in the network's order.
  let kernels: [IntegerKernel]
  /// The network's sizes.
  let shape: ConvNetShape
  /// The convolution: for each sixteen filters six vectors, three kernel rows for a window's left
  /// places, then three for its right places; a lane holds the row's three taps, and a zero before
  /// (right) or behind (left) them.
  let convolution: ByteBuffer
  /// The first dense layer (see `IntegerDense`).
  let first: ByteBuffer
  /// The last dense layer.
  let last: ByteBuffer

  /// The most inputs of an output whose sums are sure to fit in 32 bits: 2³¹ / (255 · 128).
  private static let largestInputs = 65_793

  /// Packs the kernels of a network; nil if it is not of the kind that `ConvNetShape` describes, or
  /// a kernel is missing or does not fit.
  package init?(_ network: Network, kernels: IntegerKernels) {
    guard let shape = ConvNetShape(network), max(shape.features, shape.hidden) <= Self.largestInputs
    else { return nil }
    let names = network.kernels.map { String($0.name.dropLast("/kernel".count)) }
    guard let convolution = kernels[names[0]], let first = kernels[names[1]],
      let last = kernels[names[2]],
      convolution.fits(weights: 9 * shape.filters, channels: shape.filters),
      first.fits(weights: shape.features * shape.hidden, channels: shape.hidden),
      last.fits(weights: shape.hidden * shape.classes, channels: shape.classes)
    else { return nil }
    self.shape = shape
    self.kernels = [convolution, first, last]
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
