import RandomNumbers

/// A small network in the manner of MobileNet: where rounding with one scale for a tensor hurts.
///
/// Convolution of 32 filters, depthwise convolution, pointwise convolution of 64 filters, each with a
/// normalization and ReLU, the first and the last pooled; one dense layer of 10 classes. A depthwise
/// filter has nine weights, and the normalization that is folded into it scales every channel by its own
/// factor, so that the channels' ranges lie far apart (Krishnamoorthi 2018; Nagel et al. 2019).
package enum DepthwiseNetwork {
  /// The names of the layers with kernels, in order.
  package static let layerNames = ["conv2d", "depthwise_conv2d", "conv2d_1", "dense"]
  /// The names of the normalizations behind the first three.
  package static let normalizationNames = [
    "batch_normalization", "batch_normalization_1", "batch_normalization_2",
  ]

  /// Makes an untrained network for images of 28×28 (initial weights: see `BaselineCNN`).
  package static func make(seed: UInt64) -> Network {
    make(seed: seed, imageSide: 28, filters: 32, points: 64, classes: 10)
  }

  /// Makes an untrained network of the same layers in other sizes.
  package static func make(
    seed: UInt64, imageSide: Int, filters: Int, points: Int, classes: Int
  ) -> Network {
    var generator = SplitMix64(seed: seed)
    let side = ((imageSide - 2) / 2 - 2) / 2
    let features = side * side * points
    func conv(_ index: Int, _ shape: [Int], fanIn: Int, fanOut: Int) -> Conv2D {
      Conv2D(
        name: layerNames[index],
        kernel: .glorotUniform(shape, fanIn: fanIn, fanOut: fanOut, from: &generator),
        bias: Tensor(zeros: [shape[3]]), activation: .linear)
    }
    func normalization(_ index: Int, _ channels: Int) -> BatchNormalization {
      BatchNormalization(name: normalizationNames[index], channels: channels, activation: .relu)
    }
    let first = conv(0, [3, 3, 1, filters], fanIn: 9, fanOut: 9 * filters)
    let depthwise = DepthwiseConv2D(
      name: layerNames[1],
      kernel: .glorotUniform([3, 3, filters], fanIn: 9, fanOut: 9, from: &generator),
      bias: Tensor(zeros: [filters]), activation: .linear)
    let pointwise = conv(2, [1, 1, filters, points], fanIn: filters, fanOut: points)
    let dense = Dense(
      name: layerNames[3],
      kernel: .glorotUniform(
        [features, classes], fanIn: features, fanOut: classes, from: &generator),
      bias: Tensor(zeros: [classes]), activation: .linear)
    return Network(
      inputShape: [imageSide, imageSide, 1],
      layers: [
        first, normalization(0, filters), MaxPooling2D(), depthwise, normalization(1, filters),
        pointwise, normalization(2, points), MaxPooling2D(), Flatten(), dense,
      ])
  }
}
