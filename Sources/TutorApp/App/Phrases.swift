package import Curriculum
package import Localization

/// The texts of the user interface that more than one place uses.
///
/// A text that belongs to one screen stands beside that screen.
package enum Phrases {
  /// The program's motto on the home screen.
  package static let motto = Phrase(
    "Quantization and pruning, one measured bit at a time",
    "量化与剪枝：每一个数字，都是实测")
  /// The lab's name.
  package static let lab = Phrase("Lab", "实验室")
  /// The quiz' name.
  package static let quiz = Phrase("Quiz", "测验")
  /// The settings' name.
  package static let settings = Phrase("Settings", "设置")
  /// The help screen's name.
  package static let help = Phrase("Help", "帮助")
  /// A chapter's introduction.
  package static let introduction = Phrase("Introduction", "导言")
  /// A chapter's goals.
  package static let goals = Phrase("Goals", "目标")
  /// A chapter's worked example.
  package static let workedExample = Phrase("Worked example", "例题")
  /// A chapter's questions.
  package static let questions = Phrase("Questions", "问题")
  /// A chapter's experiments.
  package static let experiments = Phrase("Experiments", "实验")
  /// The mock interview's name.
  package static let interview = Phrase("Mock interview", "模拟面试")
  /// The challenges' name.
  package static let challenges = Phrase("Challenges", "挑战")
  /// The statistics' name.
  package static let statistics = Phrase("Statistics", "统计")
  /// What stands for an answer that was not typed.
  package static let spokenAnswer = Phrase("(spoken aloud)", "（口头回答）")
  /// What one would say.
  package static let modelAnswer = Phrase("Model answer", "参考回答")
  /// A question's answer.
  package static let answer = Phrase("Answer", "回答")
  /// A question's explanation.
  package static let explanation = Phrase("Explanation", "解析")
  /// A question's key points.
  package static let keyPoints = Phrase("Key points", "要点")
  /// What people get wrong.
  package static let commonMistake = Phrase("Common mistake", "常见误区")
  /// What the interviewer asks next.
  package static let followUp = Phrase("Follow-up", "追问")
  /// The window has too few cells.
  package static let windowTooSmall = Phrase("The window is too small", "窗口太小")
  /// The network is still being read from disk.
  package static let loadingNetwork = Phrase("Loading the network…", "正在载入网络…")

  /// A level of seniority.
  package static func level(_ level: Level) -> Phrase {
    switch level {
    case .junior: Phrase("junior", "初级")
    case .mid: Phrase("mid", "中级")
    case .senior: Phrase("senior", "高级")
    }
  }

  /// How often a question is asked.
  package static func frequency(_ frequency: Frequency) -> Phrase {
    switch frequency {
    case .constantly: Phrase("asked constantly", "必问")
    case .often: Phrase("asked often", "常问")
    case .rarely: Phrase("asked rarely", "偶尔问")
    }
  }
}
