/// The parameters of a network in the layout of the fast kernels (see `ConvNetShape`).
struct ConvNetWeights: Sendable {
  /// The network's sizes.
  let shape: ConvNetShape
  /// The convolution's weights, [9][filterStride].
  let convKernel: FloatBuffer
  /// The convolution's biases, [filterStride].
  let convBias: FloatBuffer
  /// The first dense layer's weights, [hiddenStride][featureStride].
  let firstKernel: FloatBuffer
  /// The first dense layer's biases, [hiddenStride].
  let firstBias: FloatBuffer
  /// The last dense layer's weights, [classStride][hiddenStride].
  let lastKernel: FloatBuffer
  /// The last dense layer's biases, [classStride].
  let lastBias: FloatBuffer

  /// Makes parameters of zero.
  init(zeros shape: ConvNetShape) {
    self.shape = shape
    convKernel = FloatBuffer(count: 9 * shape.filterStride)
    convBias = FloatBuffer(count: shape.filterStride)
    firstKernel = FloatBuffer(count: shape.hiddenStride * shape.featureStride)
    firstBias = FloatBuffer(count: shape.hiddenStride)
    lastKernel = FloatBuffer(count: shape.classStride * shape.hiddenStride)
    lastBias = FloatBuffer(count: shape.classStride)
  }

  /// Copies the parameters of layers.
  init(_ layers: ConvNetLayers) {
    self.init(zeros: layers.shape)
    Self.pack(convolution: layers.convolution.kernel.elements, shape, into: convKernel.base)
    transpose(
      layers.first.kernel.elements, inputs: shape.features, into: firstKernel.base,
      stride: shape.featureStride)
    transpose(
      layers.last.kernel.elements, inputs: shape.hidden, into: lastKernel.base,
      stride: shape.hiddenStride)
    for (buffer, bias) in [
      (convBias, layers.convolution.bias), (firstBias, layers.first.bias),
      (lastBias, layers.last.bias),
    ] {
      for (index, value) in bias.elements.enumerated() { buffer.base[index] = value }
    }
  }

  /// Copies a convolution's kernel as [9][filterStride].
  static func pack(
    convolution kernel: [Float], _ shape: ConvNetShape, into target: UnsafeMutablePointer<Float>
  ) {
    for tap in 0..<9 {
      for filter in 0..<shape.filters {
        target[tap * shape.filterStride + filter] = kernel[tap * shape.filters + filter]
      }
    }
  }

  /// The network of some layers with these parameters in place of its own.
  func unpacked(into network: Network, _ layers: ConvNetLayers) -> Network {
    var (convolution, first, last) = (layers.convolution, layers.first, layers.last)
    convolution.kernel.elements = (0..<9 * shape.filters).map { index in
      convKernel.base[index / shape.filters * shape.filterStride + index % shape.filters]
    }
    convolution.bias.elements = Array(convBias.elements.prefix(shape.filters))
    first.kernel.elements = untransposed(
      firstKernel.base, inputs: shape.features, outputs: shape.hidden, stride: shape.featureStride)
    first.bias.elements = Array(firstBias.elements.prefix(shape.hidden))
    last.kernel.elements = untransposed(
      lastKernel.base, inputs: shape.hidden, outputs: shape.classes, stride: shape.hiddenStride)
    last.bias.elements = Array(lastBias.elements.prefix(shape.classes))
    var network = network
    network.layers[0] = convolution
    network.layers.replaceSubrange(3..., with: [first, last])
    return network
  }

  /// Copies a kernel [inputs][outputs] as [outputs][stride].
  private func transpose(
    _ kernel: [Float], inputs: Int, into target: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let outputs = kernel.count / inputs
    kernel.withUnsafeBufferPointer { kernel in
      // Sixteen rows at a time keep both sides in the cache.
      for block in Swift.stride(from: 0, to: inputs, by: 16) {
        for output in 0..<outputs {
          for input in block..<min(block + 16, inputs) {
            target[output &* stride &+ input] = kernel[input &* outputs &+ output]
          }
        }
      }
    }
  }

  private func untransposed(
    _ kernel: UnsafePointer<Float>, inputs: Int, outputs: Int, stride: Int
  ) -> [Float] {
    (0..<inputs * outputs).map { index in kernel[index % outputs * stride + index / outputs] }
  }
}
