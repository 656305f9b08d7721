package import Localization

/// A place in a content file; lines and columns count from 1.
package struct SourceLocation: Sendable, Hashable {
  /// The file's path as it was given.
  package var file: String
  /// The line.
  package var line: Int
  /// The column.
  package var column: Int

  /// Makes a place.
  package init(file: String, line: Int, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }
}

/// Something wrong in a content file.
package struct ContentFault: Sendable, Hashable, CustomStringConvertible {
  /// Where it stands.
  package var location: SourceLocation
  /// What is wrong, in one sentence.
  package var message: String

  /// Makes a fault.
  package init(_ message: String, at location: SourceLocation) {
    self.location = location
    self.message = message
  }

  /// The fault as `file:line:column: message`.
  package var description: String {
    "\(location.file):\(location.line):\(location.column): \(message)"
  }
}

/// One chapter in one language.
package struct Chapter: Sendable, Hashable {
  /// The stable id, the same in every language.
  package var id: String
  /// The number from the file's name.
  package var number: Int
  /// The file's name without its ending, the same in every language.
  package var stem: String
  /// The language of the text.
  package var language: Language
  /// The title, plain.
  package var title: String
  /// What stands before the first section.
  package var introduction: [Block]
  /// What the reader will be able to do.
  package var goals: [[Inline]]
  /// One problem worked through with numbers; may be empty.
  package var workedExample: [Block]
  /// The questions in order.
  package var questions: [Question]
  /// The quiz items in order.
  package var quizItems: [QuizItem]
  /// The experiments in order.
  package var experiments: [Experiment]
  /// The challenges in order; most chapters have none.
  package var challenges: [Challenge] = []
  /// Where the chapter starts.
  package var location: SourceLocation
}

/// How senior a candidate is expected to be.
package enum Level: String, Sendable, Hashable, CaseIterable, Codable {
  /// Up to two years of work.
  case junior
  /// Some years of work.
  case mid
  /// Leads the work of others.
  case senior
}

/// How often interviewers ask a question.
package enum Frequency: String, Sendable, Hashable, CaseIterable, Codable {
  /// Asked all the time.
  case constantly
  /// Asked often.
  case often
  /// Asked rarely, but telling.
  case rarely
}

/// A question of an interview with its model answer.
package struct Question: Sendable, Hashable {
  /// The stable id, such as `quantization.what`.
  package var id: String
  /// The question itself.
  package var title: [Inline]
  /// The level it is asked at.
  package var level: Level
  /// How often it is asked.
  package var frequency: Frequency
  /// The experiment that shows the answer, if there is one.
  package var experimentID: String?
  /// What one would say.
  package var answer: [Block]
  /// Why it is so.
  package var explanation: [Block]
  /// What a strong answer contains; each can be graded.
  package var keyPoints: [[Inline]]
  /// What people often get wrong.
  package var commonMistake: [Block]
  /// What the interviewer asks next; may be empty.
  package var followUp: [Block]
  /// Where it stands.
  package var location: SourceLocation
}

/// One recipe setting as written in a lesson, such as `weights.bits=2`.
package struct Setting: Sendable, Hashable {
  /// The recipe's key.
  package var key: String
  /// The value as text.
  package var value: String

  /// Makes a setting.
  package init(key: String, value: String) {
    self.key = key
    self.value = value
  }
}

/// A named panel of the lab: where it starts, what can be moved, and what to predict.
package struct Experiment: Sendable, Hashable {
  /// The stable id.
  package var id: String
  /// The title, plain.
  package var title: String
  /// What to do and to watch; shown before anything runs.
  package var introduction: [Block]
  /// The starting recipe.
  package var settings: [Setting]
  /// The keys of the recipe that the panel shows as sliders and toggles, in order.
  package var knobs: [String]
  /// The key whose curve is drawn; one of the knobs.
  package var sweep: String
  /// The kernel whose histogram is drawn first, such as `dense/kernel`.
  package var layer: String?
  /// The plots that tell the story, the most telling first; empty for the lab's usual ones.
  package var plots: [String]
  /// The accuracy that is expected along the sweep, on the built-in network.
  package var expectation: [ExpectedPoint]
  /// The settings of which something is to be guessed first, if a guess is asked for.
  package var prediction: [Setting]?
  /// What is to be guessed: `accuracy`, `bytes.csr16` or another quantity of a claim.
  package var guess: String
  /// What the measurement shows and why; shown after the guess was made.
  package var explanation: [Block]
  /// Where it stands.
  package var location: SourceLocation
}

/// A point of the curve that an experiment should give on the built-in network.
package struct ExpectedPoint: Sendable, Hashable {
  /// The swept knob's value.
  package var value: String
  /// The share of test images classified right.
  package var accuracy: Double
  /// Where it stands.
  package var location: SourceLocation

  /// How far the built-in network may be from an expected accuracy, as a share.
  package static let tolerance = 0.01

  /// Makes a point.
  package init(value: String, accuracy: Double, location: SourceLocation) {
    self.value = value
    self.accuracy = accuracy
    self.location = location
  }
}

extension Experiment {
  /// The expected curve as claims, so that it is checked like them.
  ///
  /// It belongs to the settings that are guessed about, which the lab shows after the guess.
  package var expectedClaims: [Claim] {
    let others = (prediction ?? settings).filter { $0.key != sweep }
    return expectation.map { point in
      Claim(
        settings: others + [Setting(key: sweep, value: point.value)], quantity: "accuracy",
        bound: .equals(value: point.accuracy, tolerance: ExpectedPoint.tolerance),
        location: point.location)
    }
  }
}

/// A statement about the built-in network that is checked by running it.
package struct Claim: Sendable, Hashable {
  /// The recipe.
  package var settings: [Setting]
  /// What is measured: `accuracy`, `flips`, `sparsity`, `parameters`, `bytes.dense`,
  /// `sparsity@dense/kernel` and so on.
  package var quantity: String
  /// What must hold.
  package var bound: Bound
  /// Where it stands.
  package var location: SourceLocation

  /// Makes a claim.
  package init(settings: [Setting], quantity: String, bound: Bound, location: SourceLocation) {
    self.settings = settings
    self.quantity = quantity
    self.bound = bound
    self.location = location
  }
}
