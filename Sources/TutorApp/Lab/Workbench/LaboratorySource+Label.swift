import Lab
import Localization

extension LaboratorySource {
  /// Whose network and images they are, in a few words; empty for the built-in ones.
  func label(_ language: Language) -> String {
    var parts: [String] = []
    if let model { parts.append(Phrase("your ")(language) + Self.lastPart(of: model)) }
    if let data { parts.append(Phrase("images of ")(language) + Self.lastPart(of: data)) }
    return parts.joined(separator: Phrase(", ", context: "clauses")(language))
  }

  private static func lastPart(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }
}
