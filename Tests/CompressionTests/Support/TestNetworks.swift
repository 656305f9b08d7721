import NeuralNetwork

@testable import Compression

/// A small deterministic generator for test values.
struct TestRandom: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A value with a bell shape and a few outliers, as trained weights have.
  mutating func weight() -> Float {
    let sum = (0..<4).reduce(Float(0)) { sum, _ in sum + Float.random(in: -1...1, using: &self) }
    return Float.random(in: 0..<1, using: &self) < 0.01 ? sum * 0.2 : sum * 0.04
  }

  mutating func tensor(_ shape: [Int]) -> Tensor {
    Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map { _ in weight() })
  }
}

enum TestNetworks {
  /// A network of the seed's layers with random weights.
  static func seedShaped(filters: Int = 32, units: Int = 128, seed: UInt64 = 1) -> Network {
    var random = TestRandom(seed)
    return Network(
      inputShape: [28, 28, 1],
      layers: [
        Conv2D(
          name: "conv2d", kernel: random.tensor([3, 3, 1, filters]),
          bias: random.tensor([filters]), activation: .relu),
        MaxPooling2D(), Flatten(),
        Dense(
          name: "dense", kernel: random.tensor([169 * filters, units]),
          bias: random.tensor([units]), activation: .relu),
        Dense(
          name: "dense_1", kernel: random.tensor([units, 10]), bias: random.tensor([10]),
          activation: .linear),
      ])
  }
}
