import Curriculum
import Localization

/// Where the lab's network and images come from.
package struct LaboratorySource: Sendable, Hashable {
  /// The file of the learner's own network; nil for the built-in one.
  package var model: String?
  /// The folder of the learner's own images; nil for the built-in ones.
  package var data: String?

  /// What comes with the program.
  package static let builtIn = LaboratorySource()

  /// Makes a source.
  package init(model: String? = nil, data: String? = nil) {
    self.model = model
    self.data = data
  }

  /// Whether both come with the program.
  package var isBuiltIn: Bool { model == nil && data == nil }

  /// Whose network and images they are, in a few words; empty for the built-in ones.
  func label(_ language: Language) -> String {
    let isEnglish = language == .english
    var parts: [String] = []
    if let model { parts.append((isEnglish ? "your " : "你的网络 ") + Self.lastPart(of: model)) }
    if let data { parts.append((isEnglish ? "images of " : "图像 ") + Self.lastPart(of: data)) }
    return parts.joined(separator: isEnglish ? ", " : "，")
  }

  private static func lastPart(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
