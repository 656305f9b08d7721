import Compression
import Curriculum
import Localization

/// What is wrong with a recipe's text, in the learner's language.
enum RecipeProblemText {
  /// One line that names the word and says what is allowed.
  static func sentence(for error: RecipeError, in language: Language) -> String {
    guard language == .simplifiedChinese else { return "\(error)" }
    switch error {
    case .unknownKey(let name): return "没有名为 \(name.prefix(40)) 的设置；可用的设置见 nibble measure --help"
    case .notAllowed(let key, let value):
      let allowed = Knob.named(key)?.allowed ?? ""
      return "\(key) 只能取 \(allowed)，不能是 \(value.prefix(40))"
    case .notASetting(let word):
      return "设置的格式是 key=value，例如 weights.bits=4，而不是 \(word.prefix(40))"
    case .contradiction(let sentence): return sentence
    }
  }
}
