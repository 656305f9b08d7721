import NeuralNetwork
import RandomNumbers

/// A small network with normalizations, a depthwise and a pointwise convolution, in odd sizes.
func randomChannelNetwork(
  side: Int = 12, filters: Int = 5, points: Int = 19, classes: Int = 4, seed: UInt64
) -> Network {
  var generator = SplitMix64(seed: seed)
  func tensor(_ shape: [Int], scale: Float, around middle: Float = 0) -> Tensor {
    Tensor(
      shape: shape,
      elements: randomFloats(shape.reduce(1, *), from: &generator).map { middle + scale * $0 })
  }
  func normalization(_ name: String, _ channels: Int) -> any NetworkLayer {
    var norm = BatchNormalization(name: name, channels: channels, activation: .relu)
    norm.gamma = tensor([channels], scale: 0.5, around: 1)
    norm.beta = tensor([channels], scale: 0.3)
    norm.mean = tensor([channels], scale: 0.3)
    norm.variance = tensor([channels], scale: 0.4, around: 0.6)
    return norm
  }
  let features = ((side - 2) / 2 - 2) / 2
  let flat = features * features * points
  return Network(
    inputShape: [side, side, 1],
    layers: [
      Conv2D(
        name: "conv2d", kernel: tensor([3, 3, 1, filters], scale: 0.5),
        bias: tensor([filters], scale: 0.2), activation: .linear),
      normalization("batch_normalization", filters), MaxPooling2D(),
      DepthwiseConv2D(
        name: "depthwise_conv2d", kernel: tensor([3, 3, filters], scale: 0.5),
        bias: tensor([filters], scale: 0.2), activation: .linear),
      normalization("batch_normalization_1", filters),
      Conv2D(
        name: "conv2d_1", kernel: tensor([1, 1, filters, points], scale: 0.6),
        bias: tensor([points], scale: 0.2), activation: .linear),
      normalization("batch_normalization_2", points), MaxPooling2D(), Flatten(),
      Dense(
        name: "dense", kernel: tensor([flat, classes], scale: 0.3),
        bias: tensor([classes], scale: 0.2), activation: .linear),
    ])
}
