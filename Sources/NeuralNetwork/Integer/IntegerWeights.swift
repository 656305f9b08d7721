import VectorLanes

/// The codes of a network's kernels in the layout of the integer kernels.
///
/// Packing them costs as much as running some hundred images, so one packing serves calibration and
/// inference.
package struct IntegerWeights: Sendable {
  /// A kernel before and after its packing.
  struct Packed: Sendable {
    /// The codes in the kernel's flat order.
    let kernel: IntegerKernel
    /// The codes as the integer kernels read them.
    let packed: ByteBuffer
  }

  /// The network's sizes.
  let shape: ConvNetShape
  /// The convolution: for each sixteen filters six vectors, three kernel rows for a window's left
  /// places, then three for its right places; a lane holds the row's three taps, and a zero before
  /// (right) or behind (left) them.
  let convolution: Packed
  /// The first dense layer (see `IntegerDense`).
  let first: Packed
  /// The last dense layer.
  let last: Packed

  /// The most inputs of an output whose sums are sure to fit in 32 bits: 2³¹ / (255 · 128).
  private static let maxInputs = 65_793

  /// Packs the kernels of a network; nil if it is not of the kind that `ConvNetLayers` describes, or
  /// a kernel is missing or does not fit.
  package init?(_ network: Network, kernels: IntegerKernels) {
    guard let layers = ConvNetLayers(network) else { return nil }
    shape = layers.shape
    guard max(shape.features, shape.hidden) <= Self.maxInputs,
      let convolution = kernels[layers.convolution.name], let first = kernels[layers.first.name],
      let last = kernels[layers.last.name],
      convolution.fits(weights: 9 * shape.filters, channels: shape.filters),
      first.fits(weights: shape.features * shape.hidden, channels: shape.hidden),
      last.fits(weights: shape.hidden * shape.classes, channels: shape.classes)
    else { return nil }
    self.convolution = Packed(
      kernel: convolution,
      packed: Self.pack(convolution: convolution.codes, filters: shape.filters))
    self.first = Packed(
      kernel: first,
      packed: IntegerDense.pack(first.codes, inputs: shape.features, outputs: shape.hidden))
    self.last = Packed(
      kernel: last,
      packed: IntegerDense.pack(last.codes, inputs: shape.hidden, outputs: shape.classes))
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
