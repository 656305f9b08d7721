import NeuralNetwork
import RandomNumbers

/// Random images of any size.
func randomDataset(height: Int, width: Int, count: Int, classes: Int, seed: UInt64) -> ImageDataset
{
  var generator = SplitMix64(seed: seed)
  return ImageDataset(
    height: height, width: width,
    pixels: (0..<count * height * width).map { _ in UInt8(generator.nextIndex(below: 256)) },
    labels: (0..<count).map { _ in UInt8(generator.nextIndex(below: classes)) })
}

/// A network of the baseline CNN's layers in any sizes, with biases too.
func randomConvNet(
  height: Int, width: Int, filters: Int, hidden: Int, classes: Int, seed: UInt64
) -> Network {
  var generator = SplitMix64(seed: seed)
  func tensor(_ shape: [Int], scale: Float) -> Tensor {
    Tensor(
      shape: shape,
      elements: randomFloats(shape.reduce(1, *), from: &generator).map { scale * $0 })
  }
  let features = (height - 2) / 2 * ((width - 2) / 2) * filters
  return Network(
    inputShape: [height, width, 1],
    layers: [
      Conv2D(
        name: "conv2d", kernel: tensor([3, 3, 1, filters], scale: 0.5),
        bias: tensor([filters], scale: 0.2), activation: .relu),
      MaxPooling2D(), Flatten(),
      Dense(
        name: "dense",
        kernel: tensor([features, hidden], scale: 1 / Float(features).squareRoot()),
        bias: tensor([hidden], scale: 0.2), activation: .relu),
      Dense(
        name: "dense_1",
        kernel: tensor([hidden, classes], scale: 1 / Float(hidden).squareRoot()),
        bias: tensor([classes], scale: 0.2), activation: .linear),
    ])
}

/// The logits of some images by the reference operations in double precision.
func referenceLogits(
  _ network: Network, _ dataset: ImageDataset, grids: ActivationGrids = [:]
) -> [Double] {
  let reference = ReferenceNetwork<Double>(network, activationGrids: grids)
  return (0..<dataset.count).flatMap { index in
    reference.forward(dataset.image(index).map { Double(Float($0) / 255) }).logits
  }
}

/// The largest difference between two lists of the same length.
func largestDifference(_ a: [Double], _ b: [Float]) -> Double {
  a.count == b.count ? zip(a, b).map { abs($0 - Double($1)) }.max() ?? 0 : .infinity
}
