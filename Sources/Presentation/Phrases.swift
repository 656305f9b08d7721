package import Curriculum
package import Localization

/// The texts of the user interface that more than one place uses.
///
/// A text that belongs to one screen stands beside that screen.
package enum Phrases {
  /// The program's motto on the home screen.
  package static let motto = Phrase("Quantization and pruning, one measured bit at a time")
  /// The lab's name.
  package static let lab = Phrase("Lab")
  /// The quiz' name.
  package static let quiz = Phrase("Quiz")
  /// The settings' name.
  package static let settings = Phrase("Settings")
  /// The help screen's name.
  package static let help = Phrase("Help")
  /// A chapter's introduction.
  package static let introduction = Phrase("Introduction")
  /// A chapter's goals.
  package static let goals = Phrase("Goals")
  /// A chapter's worked example.
  package static let workedExample = Phrase("Worked example")
  /// A chapter's questions.
  package static let questions = Phrase("Questions")
  /// A chapter's experiments.
  package static let experiments = Phrase("Experiments")
  /// The mock interview's name.
  package static let interview = Phrase("Mock interview")
  /// The challenges' name.
  package static let challenges = Phrase("Challenges")
  /// The statistics' name.
  package static let statistics = Phrase("Statistics")
  /// What stands for an answer that was not typed.
  package static let spokenAnswer = Phrase("(spoken aloud)")
  /// What one would say.
  package static let modelAnswer = Phrase("Model answer")
  /// A question's answer.
  package static let answer = Phrase("Answer")
  /// A question's explanation.
  package static let explanation = Phrase("Explanation")
  /// A question's key points.
  package static let keyPoints = Phrase("Key points")
  /// What people get wrong.
  package static let commonMistake = Phrase("Common mistake")
  /// What the interviewer asks next.
  package static let followUp = Phrase("Follow-up")
  /// The window has too few cells.
  package static let windowTooSmall = Phrase("The window is too small")
  /// The network is still being read from disk.
  package static let loadingNetwork = Phrase("Loading the network…")

  /// A level of seniority.
  package static func level(_ level: Level) -> Phrase {
    switch level {
    case .junior: Phrase("junior")
    case .mid: Phrase("mid")
    case .senior: Phrase("senior")
    }
  }

  /// How often a question is asked.
  package static func frequency(_ frequency: Frequency) -> Phrase {
    switch frequency {
    case .constantly: Phrase("asked constantly")
    case .often: Phrase("asked often")
    case .rarely: Phrase("asked rarely")
    }
  }
}
