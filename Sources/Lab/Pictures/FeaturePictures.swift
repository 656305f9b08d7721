package import Compression
import Glibc
import NeuralNetwork

/// What the first convolution makes of one test image, before and after compression.
package struct FeaturePictures: Sendable, Equatable {
  /// The convolution's name.
  package let layer: String
  /// The image's index in the test set.
  package let image: Int
  /// The image's true class.
  package let label: Int
  /// The rows of a map.
  package let height: Int
  /// The columns of a map.
  package let width: Int
  /// The map of each filter row by row, after its activation, in the uncompressed network.
  package let before: [[Float]]
  /// The same in the compressed network, rounded as its activations are; nil for a filter that left.
  package let after: [[Float]?]
  /// The probability of each class in the uncompressed network.
  package let probabilitiesBefore: [Float]
  /// The probability of each class in the compressed network.
  package let probabilitiesAfter: [Float]

  /// What the scale of greys of a filter's two maps goes up to: the largest value before compression,
  /// or after it where the map was empty.
  package func limit(_ filter: Int) -> Float {
    let largest = before[filter].max() ?? 0
    return largest > 0 ? largest : after[filter]?.max() ?? 0
  }

  /// How far a map moved: the norm of the difference over that of the larger map, 0 to 2; a filter
  /// that left is compared with zeros.
  package func change(_ filter: Int) -> Double {
    let map = after[filter] ?? [Float](repeating: 0, count: before[filter].count)
    func norm(_ values: some Sequence<Float>) -> Double {
      values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
    let size = max(norm(before[filter]), norm(map))
    return size == 0 ? 0 : norm(zip(before[filter], map).lazy.map { $0 - $1 }) / size
  }
}

/// What the first convolution makes of a test image.
package struct FeaturePicture: LabPicture {
  /// The image's number in the test set.
  package let image: Int

  /// Makes the picture of an image.
  package init(of image: Int) { self.image = image }

  package func content(
    in laboratory: Laboratory, of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> FeaturePictures? {
    try laboratory.features(of: image, under: recipe, isCancelled: isCancelled)
  }
}

extension Laboratory {
  /// What the first convolution makes of a test image, before and under a recipe; nil for a network
  /// without one.
  ///
  /// - Throws: `LabError.noSuchImage`, or what compressing and calibrating throw.
  package func features(
    of image: Int, under recipe: Recipe,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> FeaturePictures? {
    guard 0..<test.count ~= image else {
      throw LabError.noSuchImage(image, available: test.count)
    }
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    guard let place = firstConvolution, let layer = network.layers[place].weights,
      let index = compressed.network.layers.firstIndex(where: { $0.weights?.name == layer.name })
    else { return nil }
    let grids = try activationGrids(for: recipe, isCancelled: isCancelled)
    let values = test.image(image).map { Float($0) / 255 }
    let shape = network.outputShapes[place]
    let whole = ReferenceNetwork<Float>(network).forward(values)
    if isCancelled() { throw LabError.cancelled }
    let small = ReferenceNetwork<Float>(compressed.network, activationGrids: grids).forward(values)
    let kept =
      try placements(under: recipe, isCancelled: isCancelled)["\(layer.name)/kernel"]?.keptColumns
      ?? Array(0..<layer.bias.count)
    // The grid of a pooled convolution is applied behind the pooling; rounding keeps order, so it may
    // come first.
    let grid = grids[layer.name]
    let rounded = small.values[index + 1].map { grid?.rounded($0) ?? $0 }
    var after = [[Float]?](repeating: nil, count: shape[2])
    for (map, filter) in zip(Self.maps(of: rounded, channels: kept.count), kept) {
      after[filter] = map
    }
    return FeaturePictures(
      layer: layer.name, image: image, label: Int(test.labels[image]), height: shape[0],
      width: shape[1], before: Self.maps(of: whole.values[place + 1], channels: shape[2]),
      after: after, probabilitiesBefore: Self.probabilities(of: whole.logits),
      probabilitiesAfter: Self.probabilities(of: small.logits))
  }

  private static func maps(of values: [Float], channels: Int) -> [[Float]] {
    (0..<channels).map { channel in
      stride(from: channel, to: values.count, by: channels).map { values[$0] }
    }
  }

  /// exp(logit − greatest) over their sum.
  private static func probabilities(of logits: [Float]) -> [Float] {
    let greatest = logits.max() ?? 0
    let powers = logits.map { exp($0 - greatest) }
    let sum = powers.reduce(0, +)
    return powers.map { $0 / sum }
  }
}
