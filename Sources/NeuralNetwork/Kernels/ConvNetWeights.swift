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

  /// Copies the parameters of a network of the given shape.
  init(_ network: Network, shape: ConvNetShape) {
    self.init(zeros: shape)
    let parameters = network.parameters.map(\.tensor.elements)
    Self.pack(convolution: parameters[0], shape, into: convKernel.base)
    transpose(
      parameters[2], inputs: shape.features, into: firstKernel.base, stride: shape.featureStride)
    transpose(
      parameters[4], inputs: shape.hidden, into: lastKernel.base, stride: shape.hiddenStride)
    for (bias, values) in zip(
      [convBias, firstBias, lastBias], [parameters[1], parameters[3], parameters[5]])
    {
      for (index, value) in values.enumerated() { bias.base[index] = value }
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

  /// The network with these parameters in place of its own.
  func unpacked(into network: Network) -> Network {
    var network = network
    let tensors = [
      (0..<9 * shape.filters).map { index in
        convKernel.base[index / shape.filters * shape.filterStride + index % shape.filters]
      },
      Array(convBias.elements.prefix(shape.filters)),
      untransposed(
        firstKernel.base, inputs: shape.features, outputs: shape.hidden,
        stride: shape.featureStride),
      Array(firstBias.elements.prefix(shape.hidden)),
      untransposed(
        lastKernel.base, inputs: shape.hidden, outputs: shape.classes, stride: shape.hiddenStride),
      Array(lastBias.elements.prefix(shape.classes)),
    ]
    for (parameter, elements) in zip(network.parameters, tensors) {
      network.setParameter(
        parameter.name, to: Tensor(shape: parameter.tensor.shape, elements: elements))
    }
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
