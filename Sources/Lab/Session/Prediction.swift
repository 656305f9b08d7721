package import Compression

/// A guess of a measured quantity that comes before its measurement.
package enum Prediction: Sendable, Hashable {
  /// Nothing was guessed.
  case none
  /// The knobs are being set; nothing is measured until a guess is made.
  case arming
  /// The guess for a recipe is being typed.
  case asking(target: Recipe)
  /// The guess was made; the measurement is under way.
  case waiting(target: Recipe, guess: Double)
  /// The guess beside the truth.
  case resolved(target: Recipe, guess: Double, truth: Double)

  /// Whether a guess is still to be made; until then no curve may give the answer away.
  package var isOpen: Bool { self == .arming || isAsking }

  /// Whether the guess is being typed.
  package var isAsking: Bool {
    if case .asking = self { true } else { false }
  }

  /// The guess, once it is made, and the recipe that it was made for.
  package var guessMade: (target: Recipe, guess: Double)? {
    switch self {
    case .waiting(let target, let guess), .resolved(let target, let guess, _): (target, guess)
    case .none, .arming, .asking: nil
    }
  }

  /// Whether the results of a recipe must stay hidden.
  package func hidesResults(of recipe: Recipe) -> Bool {
    switch self {
    case .arming: true
    case .asking(let target): target == recipe
    case .none, .waiting, .resolved: false
    }
  }
}
