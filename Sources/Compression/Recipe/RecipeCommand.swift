/// A recipe as the line of a command that measures it.
package enum RecipeCommand {
  /// The longest text that is read.
  package static let longest = 4_096

  /// The words of the command that measures a recipe: `nibble measure --set KEY=VALUE …`.
  ///
  /// No value of a recipe holds a character that a shell would change.
  package static func words(for recipe: Recipe) -> [String] {
    ["nibble", "measure"]
      + recipe.line.split(separator: " ").flatMap { ["--set", String($0)] }
  }

  /// The command in one line.
  package static func line(for recipe: Recipe) -> String {
    words(for: recipe).joined(separator: " ")
  }

  /// The command in lines of at most some columns, all but the last ending in a backslash, so that a
  /// shell takes them for one.
  package static func lines(for recipe: Recipe, width: Int) -> [String] {
    var lines = ["nibble measure"]
    for setting in recipe.line.split(separator: " ") {
      let addition = " --set \(setting)"
      if lines[lines.count - 1].count + addition.count + 2 > width {
        lines[lines.count - 1] += " \\"
        lines.append(" " + addition)
      } else {
        lines[lines.count - 1] += addition
      }
    }
    return lines
  }

  /// The recipe of a line such as `nibble measure --set weights.bits=4`, or of its settings alone.
  ///
  /// A prompt before the command, line ends behind backslashes and quotation marks around settings are
  /// left out. The recipe is checked for contradictions.
  ///
  /// - Throws: `RecipeError` that names the first word that is not a setting.
  package static func recipe(from text: String) throws(RecipeError) -> Recipe {
    guard text.utf8.count <= longest else {
      throw .contradiction("a recipe's line has at most \(longest) bytes")
    }
    var words = text.split { $0.isWhitespace }.map { word in
      String(word.filter { $0 != "\"" && $0 != "'" })
    }.filter { !$0.isEmpty && $0 != "\\" }
    let preamble = words.prefix { !$0.contains("=") }
    if let command = preamble.firstIndex(where: { $0 == "nibble" || $0.hasSuffix("/nibble") }) {
      words.removeFirst(command + 1)
      // The sub-command and what belongs to it, as in `show recipe --as keras`.
      while let word = words.first, !word.contains("="), !word.hasPrefix("-") {
        words.removeFirst()
      }
    }
    var recipe = Recipe()
    for word in words where word != "--set" {
      let setting = word.hasPrefix("--set=") ? String(word.dropFirst(6)) : word
      guard !setting.hasPrefix("-") else {
        throw .contradiction(
          "a recipe's line holds settings only, as in --set weights.bits=4, not "
            + RecipeError.quoted(word))
      }
      try recipe.set(word: setting)
    }
    try recipe.checkCombination()
    return recipe
  }
}
