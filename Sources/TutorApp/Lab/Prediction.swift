import Compression
import TerminalCanvas

/// A guess of a measured quantity that comes before its measurement.
enum Prediction: Sendable {
  /// Nothing was guessed.
  case none
  /// The knobs are being set; nothing is measured until a guess is made.
  case arming
  /// The guess for a recipe is being typed.
  case asking(target: Recipe, field: TextFieldState)
  /// The guess was made; the measurement is under way.
  case waiting(target: Recipe, guess: Double)
  /// The guess beside the truth.
  case resolved(target: Recipe, guess: Double, truth: Double)

  /// Whether a guess is still to be made; until then no curve may give the answer away.
  var isOpen: Bool {
    switch self {
    case .arming, .asking: true
    case .none, .waiting, .resolved: false
    }
  }

  /// Whether the guess is being typed.
  var isAsking: Bool {
    if case .asking = self { true } else { false }
  }

  /// The recipe that a guess was made for.
  var answeredTarget: Recipe? {
    switch self {
    case .waiting(let target, _), .resolved(let target, _, _): target
    case .none, .arming, .asking: nil
    }
  }

  /// Whether the results of a recipe must stay hidden.
  func hidesResults(of recipe: Recipe) -> Bool {
    switch self {
    case .arming: true
    case .asking(let target, _): target == recipe
    case .none, .waiting, .resolved: false
    }
  }
}
