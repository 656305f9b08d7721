/// One option of a sub-command.
package struct OptionSpecification: Sendable {
  /// The option as typed, such as `--epochs`.
  package let name: String
  /// What its value stands for in the help text; nil for a switch.
  package let placeholder: String?
  /// What it does, in one line.
  package let help: String
  /// Whether it may be given more than once.
  package let repeats: Bool

  /// An option that takes a value.
  package static func value(
    _ name: String, _ placeholder: String, _ help: String, repeats: Bool = false
  ) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: placeholder, help: help, repeats: repeats)
  }

  /// An option that is on when given.
  package static func `switch`(_ name: String, _ help: String) -> OptionSpecification {
    OptionSpecification(name: name, placeholder: nil, help: help, repeats: false)
  }
}

/// What a sub-command accepts; parsing and the help text both come from it.
package struct CommandSyntax: Sendable {
  /// The words that call it, such as `nibble train`.
  package let call: String
  /// What it does, in one or two sentences.
  package let abstract: String
  /// The name of the one positional argument, if it takes one.
  package let positional: String?
  /// Its options in the order of the help text.
  package let options: [OptionSpecification]
  /// More lines below the options.
  package let footer: String

  /// Makes a syntax; `--help` is added to every one.
  package init(
    call: String, abstract: String, positional: String? = nil, options: [OptionSpecification],
    footer: String = ""
  ) {
    self.call = call
    self.abstract = abstract
    self.positional = positional
    self.options = options + [.switch("--help", "show this help")]
    self.footer = footer
  }

  /// The text that `--help` prints.
  package var helpText: String {
    let argument = positional.map { " [\($0)]" } ?? ""
    var text = "usage: \(call)\(argument) [options]\n\n\(abstract)\n\noptions:\n"
    let titles = options.map { $0.name + ($0.placeholder.map { " " + $0 } ?? "") }
    let column = (titles.map(\.count).max() ?? 0) + 2
    for (option, title) in zip(options, titles) {
      let padding = String(repeating: " ", count: column - title.count)
      text += "  \(title)\(padding)\(option.help)\(option.repeats ? " (may be repeated)" : "")\n"
    }
    if !footer.isEmpty { text += "\n\(footer)\n" }
    return text
  }
}

/// The words of a command line after they were held against a syntax.
package struct ParsedArguments: Sendable {
  /// The values of each option that was given, in order.
  private var values: [String: [String]] = [:]
  /// The switches that were given.
  private var switches: Set<String> = []
  /// The positional argument, if one was given.
  package private(set) var positional: String?

  /// Reads the words; a wrong one throws a failure that says what is allowed.
  package init(_ words: [String], syntax: CommandSyntax) throws(CommandFailure) {
    var rest = words[...]
    while let word = rest.popFirst() {
      if !word.hasPrefix("-") || word == "-" {
        guard let name = syntax.positional else {
          throw .usage("\(syntax.call) takes no argument '\(word)'; try \(syntax.call) --help")
        }
        guard positional == nil else {
          throw .usage("\(syntax.call) takes one \(name), not also '\(word)'")
        }
        positional = word
        continue
      }
      let name = String(word.prefix { $0 != "=" })
      let attached = word.contains("=") ? String(word.dropFirst(name.count + 1)) : nil
      let typed = name == "-h" ? "--help" : name
      guard let option = syntax.options.first(where: { $0.name == typed }) else {
        throw .usage(
          "unknown option \(name); \(syntax.call) takes "
            + syntax.options.map(\.name).joined(separator: ", "))
      }
      guard let placeholder = option.placeholder else {
        guard attached == nil else { throw .usage("\(name) takes no value") }
        switches.insert(option.name)
        continue
      }
      guard let value = attached ?? rest.popFirst() else {
        throw .usage("\(name) needs a value: \(name) \(placeholder)")
      }
      if !option.repeats, values[option.name] != nil {
        throw .usage("\(name) is given twice")
      }
      values[option.name, default: []].append(value)
    }
  }

  /// Whether a switch was given.
  package func has(_ name: String) -> Bool { switches.contains(name) }

  /// The value of an option, if it was given.
  package func value(_ name: String) -> String? { values[name]?.last }

  /// All values of an option that may be repeated.
  package func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of an option as a whole number within a range.
  package func integer(
    _ name: String, in range: ClosedRange<Int>, default fallback: Int
  ) throws(CommandFailure) -> Int {
    guard let text = value(name) else { return fallback }
    guard let number = Int(text), range.contains(number) else {
      throw .usage(
        "\(name) must be a whole number from \(range.lowerBound) to \(range.upperBound), "
          + "not '\(text)'")
    }
    return number
  }
}
