import RandomNumbers

/// The network that the tutor is about: 32 convolution filters of 3×3, a pooling, 128 hidden units
/// and 10 classes; 693,962 parameters.
package enum BaselineCNN {
  /// The names of the layers with parameters, in order.
  package static let layerNames = ["conv2d", "dense", "dense_1"]

  /// Makes an untrained network with biases of zero.
  ///
  /// Kernels are uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010); for the
  /// convolution a fan is the kernel's area times its channels on that side, as in Keras. The
  /// numbers come from `SplitMix64(seed:)`, kernel after kernel in file order.
  package static func make(seed: UInt64) -> Network {
    make(seed: seed, imageSide: 28, filters: 32, hidden: 128, classes: 10)
  }

  /// Makes an untrained network of the same layers in other sizes.
  package static func make(
    seed: UInt64, imageSide: Int, filters: Int, hidden: Int, classes: Int
  ) -> Network {
    var generator = SplitMix64(seed: seed)
    let pooledSide = (imageSide - 2) / 2
    let features = pooledSide * pooledSide * filters
    let convolution = Conv2D(
      name: layerNames[0],
      kernel: .glorotUniform([3, 3, 1, filters], fanIn: 9, fanOut: 9 * filters, from: &generator),
      bias: Tensor(zeros: [filters]), activation: .relu)
    let first = Dense(
      name: layerNames[1],
      kernel: .glorotUniform(
        [features, hidden], fanIn: features, fanOut: hidden, from: &generator),
      bias: Tensor(zeros: [hidden]), activation: .relu)
    let last = Dense(
      name: layerNames[2],
      kernel: .glorotUniform([hidden, classes], fanIn: hidden, fanOut: classes, from: &generator),
      bias: Tensor(zeros: [classes]), activation: .linear)
    return Network(
      inputShape: [imageSide, imageSide, 1],
      layers: [convolution, MaxPooling2D(), Flatten(), first, last])
  }
}

extension Tensor {
  /// Values uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio 2010).
  static func glorotUniform(
    _ shape: [Int], fanIn: Int, fanOut: Int, from generator: inout SplitMix64
  ) -> Tensor {
    let limit = (6 / Float(fanIn + fanOut)).squareRoot()
    var tensor = Tensor(zeros: shape)
    for index in tensor.elements.indices {
      tensor.elements[index] = (2 * generator.nextFloat() - 1) * limit
    }
    return tensor
  }
}
