import Lab
import Localization

extension LaboratorySource {
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
