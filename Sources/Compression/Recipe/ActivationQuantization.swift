/// How activations are rounded: the input and the outputs of the layers with ReLU.
///
/// None of these values is negative, so the grid is unsigned: scale = maximum / (2^bits − 1).
package struct ActivationQuantization: Sendable, Hashable, Codable {
  /// The width of a code: 2 … 8, 16, or 32 for float activations.
  package var bits = 32
  /// How the range of the grid is chosen from the calibration images.
  package var range = RangeMethod.minimumToMaximum
  /// How many images calibrate the ranges: the first ones of the training set.
  package var samples = 1024

  /// The widths that the engine runs.
  package static let allowedBits = [2, 3, 4, 5, 6, 7, 8, 16, 32]

  /// The numbers of calibration images that the engine runs.
  package static let allowedSamples = 1...10_000

  /// Makes the quantization that changes nothing.
  package init() {}
}
