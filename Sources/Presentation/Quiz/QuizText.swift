import Curriculum
import Lab
package import Localization
package import Study

/// Texts that the quiz on the screen and the quiz line by line share.
package enum QuizText {
  /// A number without digits that say nothing, its minus as in print.
  static func number(_ value: Double) -> String {
    value < 0 ? "−" + magnitude(-value) : magnitude(value)
  }

  private static func magnitude(_ value: Double) -> String {
    // Seven decimals, more where a number is small and fewer where it is large.
    var scale = 1e7
    while value * scale < 1e6, scale < 1e15 { scale *= 10 }
    while value * scale > 1e11, scale > 1 { scale /= 10 }
    let rounded = (value * scale).rounded() / scale
    if rounded == rounded.rounded(), rounded < 1e15 { return NumberText.grouped(Int(rounded)) }
    return "\(rounded)"
  }

  /// A difference between two values of a quantity, in the unit it is asked for in.
  static func difference(_ difference: Double, of quantity: MeasuredQuantity) -> String {
    let unit = quantity.unit
    return number(unit == .share ? difference * 100 : difference)
      + (unit == .count ? "" : " \(unit.symbol)")
  }

  // MARK: Names

  /// How sure a learner is, in a word or two.
  package static func name(of confidence: Confidence) -> Phrase {
    switch confidence {
    case .high: Phrase("sure")
    case .medium: Phrase("rather sure")
    case .low: Phrase("guessing")
    }
  }

  /// A grade's name.
  package static func name(of rating: Rating) -> Phrase {
    switch rating {
    case .again: Phrase("again", context: "rating")
    case .hard: Phrase("hard")
    case .good: Phrase("good")
    case .easy: Phrase("easy")
    }
  }

  /// What a grade says of a right answer, in a sentence for the help screen.
  package static func meaning(of rating: Rating) -> Phrase {
    switch rating {
    case .again: Phrase("not really known: repeat it within minutes")
    case .hard: Phrase("right, but with trouble")
    case .good: Phrase("right, as it should be")
    case .easy: Phrase("right without thinking")
    }
  }
}
