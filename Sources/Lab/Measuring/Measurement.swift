package import Compression

/// What a recipe did to a network: everything here was measured.
package struct Measurement: Sendable {
  /// The recipe.
  package let recipe: Recipe
  /// The test images that are classified right.
  package let correct: Int
  /// The test images.
  package let images: Int
  /// The test images that the uncompressed network classifies right.
  package let baselineCorrect: Int
  /// The images whose prediction differs from the uncompressed network's, in the test set's order.
  package let flippedImages: [FlippedImage]
  /// How often each class (row) was predicted as each class (column), row after row.
  package let confusion: [Int]
  /// The share of the kernels' weights that are exactly zero.
  package let sparsity: Double
  /// The number of trainable values; structured pruning lowers it.
  package let parameters: Int
  /// The multiply-accumulates of one image, dense arithmetic assumed.
  package let macs: Int
  /// The length of the network in each storage format.
  package let bytes: [String: Int]
  /// The length of the uncompressed network as float32, in the format `dense`.
  package let baselineBytes: Int
  /// What happened to each kernel.
  package let layers: [LayerMeasurement]
  /// The median microseconds of one image, by kernel; empty until latency was measured.
  package var latency: [String: Double]
  /// How long the measurement took.
  package var seconds: Double

  /// The share of test images that are classified right.
  package var accuracy: Double { Double(correct) / Double(max(1, images)) }

  /// Where the accuracy on unseen images lies, at 95 %.
  package var errorBand: ClosedRange<Double> {
    ErrorBand.wilson(correct: correct, images: images)
  }

  /// The number of images whose prediction changed.
  package var flips: Int { flippedImages.count }
}

/// An image whose prediction changed.
package struct FlippedImage: Sendable, Hashable, Codable {
  /// Its position in the test set.
  package let index: Int
  /// What the uncompressed network predicts.
  package let before: UInt8
  /// What the compressed network predicts.
  package let after: UInt8
}

/// What happened to one kernel.
package struct LayerMeasurement: Sendable, Hashable {
  /// The kernel's name, such as `dense/kernel`.
  package let name: String
  /// Its shape after pruning.
  package let shape: [Int]
  /// The width of a weight; 32 for float.
  package let bits: Int
  /// The share of its weights that are exactly zero.
  package let sparsity: Double
  /// The signal-to-noise ratio of rounding in decibels; infinite where nothing was rounded.
  package let sqnr: Double
  /// The number of weights that are exactly zero.
  package let zeros: Int
}

extension Measurement: Encodable {
  private enum Key: String, CodingKey {
    case recipe, correct, images, accuracy, accuracyBand, baselineCorrect, flips, sparsity
    case parameters, macs, bytes, latency, layers, confusion, seconds
  }

  /// Writes one object with a key for every quantity.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(recipe, forKey: .recipe)
    try container.encode(correct, forKey: .correct)
    try container.encode(images, forKey: .images)
    try container.encode(accuracy, forKey: .accuracy)
    try container.encode([errorBand.lowerBound, errorBand.upperBound], forKey: .accuracyBand)
    try container.encode(baselineCorrect, forKey: .baselineCorrect)
    try container.encode(flips, forKey: .flips)
    try container.encode(sparsity, forKey: .sparsity)
    try container.encode(parameters, forKey: .parameters)
    try container.encode(macs, forKey: .macs)
    try container.encode(bytes, forKey: .bytes)
    try container.encode(latency, forKey: .latency)
    try container.encode(layers, forKey: .layers)
    try container.encode(confusion, forKey: .confusion)
    try container.encode(seconds, forKey: .seconds)
  }
}

extension LayerMeasurement: Encodable {
  private enum Key: String, CodingKey {
    case name, shape, bits, sparsity, sqnr, zeros
  }

  /// Writes one object; an infinite ratio is null, since JSON has no infinity.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(name, forKey: .name)
    try container.encode(shape, forKey: .shape)
    try container.encode(bits, forKey: .bits)
    try container.encode(sparsity, forKey: .sparsity)
    try container.encode(sqnr.isFinite ? sqnr : nil, forKey: .sqnr)
    try container.encode(zeros, forKey: .zeros)
  }
}
