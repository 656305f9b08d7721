/// How much of the activations' range moves into the weights before rounding.
///
/// SmoothQuant (Xiao et al. 2022).
package enum Smoothing: Sendable, Hashable, Codable, RawRepresentable {
  /// Nothing moves.
  case off
  /// The migration strength alpha, 0 … 1: 0 levels the weights, 1 the activations.
  case alpha(Double)

  /// The smoothing of that text: `off`, or a number from 0 to 1.
  package init?(rawValue: String) {
    if rawValue == "off" {
      self = .off
      return
    }
    guard let alpha = RecipeNumber.decimal(rawValue), (0...1).contains(alpha) else { return nil }
    self = .alpha(alpha)
  }

  /// The smoothing as text.
  package var rawValue: String {
    switch self {
    case .off: "off"
    case .alpha(let alpha): RecipeNumber.text(alpha)
    }
  }
}
