/// How the range that a grid covers is chosen.
package enum RangeMethod: Sendable, Hashable, RawRepresentable {
  /// From the smallest to the largest value.
  case minimumToMaximum
  /// The given percentile (50 … 100) of the magnitudes; what lies beyond is clipped.
  case percentile(Double)
  /// The clipping that makes the mean squared error least.
  case leastSquaredError

  /// The method of that text: `minmax`, `percentile:P`, or `mse`.
  package init?(rawValue: String) {
    switch rawValue {
    case "minmax": self = .minimumToMaximum
    case "mse": self = .leastSquaredError
    default:
      let prefix = "percentile:"
      guard rawValue.hasPrefix(prefix),
        let percentile = RecipeNumber.decimal(rawValue.dropFirst(prefix.count)),
        (50...100).contains(percentile)
      else { return nil }
      self = .percentile(percentile)
    }
  }

  /// The method as text.
  package var rawValue: String {
    switch self {
    case .minimumToMaximum: "minmax"
    case .percentile(let percentile): "percentile:\(RecipeNumber.text(percentile))"
    case .leastSquaredError: "mse"
    }
  }
}
