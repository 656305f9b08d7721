/// How activations are rounded: the input and the outputs of the layers with ReLU.
///
/// None of these values is negative, so the grid is unsigned: scale = maximum / (2^bits − 1).
package struct ActivationQuantization: Sendable, Hashable {
  /// The width of a code: 2 … 8, 16, or 32 for float activations.
  package var bits = 32
  /// How the range of the grid is chosen from the calibration images.
  package var range = ActivationRange.minimumToMaximum
  /// How many images calibrate the ranges: the first ones of the training set.
  package var samples = 1024
  /// How much of the activations' range moves into the weights before they are rounded.
  ///
  /// The migration strength alpha of SmoothQuant (Xiao et al. 2022), from 0, which levels the weights,
  /// to 1, which levels the activations; nil moves nothing.
  package var smooth: Double?

  /// Makes the quantization that changes nothing.
  package init() {}
}

/// How the range of an activation's grid is chosen from the calibration images.
package enum ActivationRange: Sendable, Hashable, RawRepresentable {
  /// Up to the greatest value.
  case minimumToMaximum
  /// Up to the given percentile (50 … 100) of the values, zeros included.
  case percentile(Double)
  /// Up to the clipping that makes the mean squared error least.
  case leastSquaredError
  /// Up to the clipping that makes the Kullback-Leibler divergence of the rounded from the exact
  /// distribution least (Migacz 2017, "8-bit Inference with TensorRT").
  case entropy

  /// The method of that text: `minmax`, `percentile:P`, `mse`, or `entropy`.
  package init?(rawValue: String) {
    if rawValue == "entropy" {
      self = .entropy
      return
    }
    switch RangeMethod(rawValue: rawValue) {
    case .minimumToMaximum: self = .minimumToMaximum
    case .percentile(let percentile): self = .percentile(percentile)
    case .leastSquaredError: self = .leastSquaredError
    case nil: return nil
    }
  }

  /// The method as text.
  package var rawValue: String {
    switch self {
    case .minimumToMaximum: RangeMethod.minimumToMaximum.rawValue
    case .percentile(let percentile): RangeMethod.percentile(percentile).rawValue
    case .leastSquaredError: RangeMethod.leastSquaredError.rawValue
    case .entropy: "entropy"
    }
  }
}
