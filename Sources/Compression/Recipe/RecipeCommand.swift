import Localization

/// A recipe as the line of a command that measures it, on the built-in network or on files.
package struct RecipeCommand: Sendable, Hashable {
  /// The recipe.
  package var recipe: Recipe
  /// The file of the network; nil for the built-in one.
  package var model: String?
  /// The folder of the images; nil for the built-in ones.
  package var data: String?

  /// The longest text that is read, in bytes.
  package static let maxLength = 4_096

  /// Makes the command for a recipe.
  package init(_ recipe: Recipe, model: String? = nil, data: String? = nil) {
    self.recipe = recipe
    self.model = model
    self.data = data
  }

  /// Option and value in pairs, fit for a shell.
  private var options: [String] {
    var options = recipe.line.split(separator: " ").map { "--set \($0)" }
    if let model { options.append("--model \(Self.quoted(model))") }
    if let data { options.append("--data \(Self.quoted(data))") }
    return options
  }

  /// The command in one line: `nibble measure --set KEY=VALUE …`.
  package var line: String { (["nibble measure"] + options).joined(separator: " ") }

  /// The command in lines of at most some columns, all but the last ending in a backslash, so that a
  /// shell takes them for one.
  ///
  /// An option that is wider than a line is not divided.
  package func lines(width: Int) -> [String] {
    var lines = ["nibble measure"]
    for option in options {
      if lines[lines.count - 1].count + option.count + 3 > width {
        lines[lines.count - 1] += " \\"
        lines.append("  " + option)
      } else {
        lines[lines.count - 1] += " " + option
      }
    }
    return lines
  }

  /// A word as a shell takes it for one; settings need no quotation marks, paths may.
  private static func quoted(_ word: String) -> String {
    let plain = word.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "/._-+=:,@%".unicodeScalars.contains(scalar)
    }
    return plain && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}

extension RecipeCommand {
  /// Reads a line such as `nibble measure --set weights.bits=4`, or settings alone.
  ///
  /// A prompt before the command and line ends behind backslashes are left out. The recipe is checked
  /// for contradictions.
  ///
  /// - Throws: `RecipeError` that names the first word that is not a setting.
  package init(parsing text: String) throws(RecipeError) {
    guard text.utf8.count <= Self.maxLength else {
      throw .contradiction(
        Phrase("a recipe's line has at most \(Self.maxLength) bytes"))
    }
    var words = Self.words(of: text)[...]
    let preamble = words.prefix { !$0.contains("=") && !$0.hasPrefix("--set") }
    if let command = preamble.firstIndex(where: { $0 == "nibble" || $0.hasSuffix("/nibble") }) {
      words = words[(command + 1)...]
      // The sub-command, one or two words.
      while let word = words.first, !word.contains("="), !word.hasPrefix("-") {
        words.removeFirst()
      }
    }
    self.init(Recipe())
    while let word = words.popFirst() {
      switch word {
      case "--set": continue
      case "--model": model = try Self.value(of: word, &words)
      case "--data": data = try Self.value(of: word, &words)
      default:
        let setting = word.hasPrefix("--set=") ? String(word.dropFirst(6)) : word
        guard !setting.hasPrefix("-") else {
          throw .contradiction(
            Phrase(
              "a recipe's line holds settings only, as in --set weights.bits=4, not "
                + "\(RecipeError.quoted(word))"))
        }
        try recipe.set(word: setting)
      }
    }
    try recipe.checkCombination()
  }

  private static func value(
    of option: String, _ words: inout ArraySlice<String>
  ) throws(RecipeError) -> String {
    guard let value = words.popFirst() else {
      throw .contradiction(Phrase("\(option) needs a value"))
    }
    return value
  }

  /// The words of a line as a shell divides it: at blanks outside quotation marks.
  private static func words(of text: String) -> [String] {
    var words: [String] = []
    var word = ""
    var mark: Character?
    var isEscaped = false
    func isBlank(_ character: Character) -> Bool { character.isWhitespace || character.isNewline }
    for character in text {
      if isEscaped {
        isEscaped = false
        if !isBlank(character) { word.append(character) }
      } else if character == "\\", mark != "'" {
        isEscaped = true
      } else if let open = mark {
        if character == open { mark = nil } else { word.append(character) }
      } else if character == "'" || character == "\"" {
        mark = character
      } else if isBlank(character) {
        if !word.isEmpty { words.append(word) }
        word = ""
      } else {
        word.append(character)
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }
}
