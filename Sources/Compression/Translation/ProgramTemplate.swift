/// A Python program with holes and sections.
///
/// `{{ name }}` is a hole. Lines of their own that begin with `# {%` are directives: `if NAME`,
/// `if not NAME`, `if NAME == VALUE` or `!=`, several of these joined by `and`, then `elif`, `else` and `endif`;
/// `for NAME` … `endfor` repeats a section for the members of a list, whose holes come before the
/// program's; `include NAME` stands for another file. A name that nothing fills, and a value that no
/// line mentions, are programmer's mistakes.
struct ProgramTemplate {
  /// What holes are filled with, by their names; the values of conditions are `True` and `False`.
  typealias Holes = [String: String]

  private let lines: [String]

  /// The template of that name among the program's resources.
  static func named(_ name: String) -> ProgramTemplate {
    guard let text = texts[name] else { preconditionFailure("There is no template \(name).") }
    return ProgramTemplate(text)
  }

  private static let texts = resources.mapValues { String(decoding: $0, as: UTF8.self) }

  #if SWIFT_PACKAGE
    private static let resources = [
      "keras": PackageResources.keras_py, "pytorch": PackageResources.pytorch_py,
      "data": PackageResources.data_py, "channels": PackageResources.channels_py,
      "pruning": PackageResources.pruning_py, "torch_pruning": PackageResources.torch_pruning_py,
    ]
  #else
    // Without the package manager, as where sources are only type-checked, nothing is embedded.
    private static let resources: [String: [UInt8]] = [:]
  #endif

  /// Reads a template and the files that it includes.
  init(_ text: String) {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if lines.last?.isEmpty == true { lines.removeLast() }
    self.lines = lines.flatMap { line in
      guard let words = Self.directive(line), words.first == "include", words.count == 2 else {
        return [line]
      }
      return Self.named(words[1]).lines
    }
  }

  /// The program with its holes filled and without directives.
  ///
  /// - Parameters:
  ///   - holes: What fills the holes; those that are named like a knob may go without mention.
  ///   - lists: What sections are repeated for.
  func filled(_ holes: Holes, lists: [String: [Holes]] = [:]) -> String {
    let text = lines.joined(separator: "\n")
    for name in Set(holes.keys).union(lists.keys) where Knob.named(name) == nil {
      precondition(text.contains(name), "No line of the template mentions \(name).")
    }
    var reader = Reader(lines: lines[...], lists: lists)
    let program = reader.section(isShown: true, holes)
    precondition(reader.lines.isEmpty, "A directive of the template closes what was not opened.")
    return program.map { $0 + "\n" }.joined()
  }

  /// The words of a directive; nil for a line of Python.
  fileprivate static func directive(_ line: String) -> [String]? {
    let line = line.drop { $0 == " " }
    guard line.hasPrefix("# {%") else { return nil }
    precondition(line.hasSuffix("%}"), "A directive ends on its line: \(line)")
    return line.dropFirst(4).dropLast(2).split(separator: " ").map(String.init)
  }
}

/// Goes through the lines of a template, section by section.
private struct Reader {
  var lines: ArraySlice<String>
  let lists: [String: [ProgramTemplate.Holes]]

  /// The lines up to the end of a section, filled in where it is shown.
  mutating func section(isShown: Bool, _ holes: ProgramTemplate.Holes) -> [String] {
    var output: [String] = []
    while let line = lines.first {
      guard let words = ProgramTemplate.directive(line) else {
        lines.removeFirst()
        if isShown { output.append(filled(line, holes)) }
        continue
      }
      switch words.first {
      case "if": output += branches(isShown: isShown, holes)
      case "for": output += repetition(isShown: isShown, holes)
      case "elif", "else", "endif", "endfor": return output
      default: preconditionFailure("There is no directive like \(line)")
      }
    }
    return output
  }

  private mutating func branches(
    isShown: Bool, _ holes: ProgramTemplate.Holes
  ) -> [String] {
    var output: [String] = []
    var isOpen = isShown
    while true {
      let words = next()
      switch words.first {
      case "if", "elif", "else":
        let holds = words[0] == "else" || holds(words.dropFirst(), holes)
        output += section(isShown: isOpen && holds, holes)
        if holds { isOpen = false }
      case "endif": return output
      default: preconditionFailure("A section of the template ends with \(words).")
      }
    }
  }

  private mutating func repetition(
    isShown: Bool, _ holes: ProgramTemplate.Holes
  ) -> [String] {
    let words = next()
    guard words.count == 2, let list = lists[words[1]] else {
      preconditionFailure("No list fills the section \(words).")
    }
    let start = lines
    var output: [String] = []
    for member in list {
      lines = start
      output += section(isShown: isShown, holes.merging(member) { $1 })
    }
    precondition(!list.isEmpty && next() == ["endfor"], "A repeated section ends with endfor.")
    return output
  }

  private mutating func next() -> [String] {
    guard let words = lines.popFirst().flatMap(ProgramTemplate.directive) else {
      preconditionFailure("A section of the template has no end.")
    }
    return words
  }

  private func holds(_ words: ArraySlice<String>, _ holes: ProgramTemplate.Holes) -> Bool {
    words.split(separator: "and").allSatisfy { condition in
      let condition = Array(condition)
      switch condition.count {
      case 1: return isTrue(condition[0], holes)
      case 2 where condition[0] == "not": return !isTrue(condition[1], holes)
      case 3 where condition[1] == "==": return value(condition[0], holes) == condition[2]
      case 3 where condition[1] == "!=": return value(condition[0], holes) != condition[2]
      default: preconditionFailure("A condition cannot be read: \(condition)")
      }
    }
  }

  private func isTrue(_ name: String, _ holes: ProgramTemplate.Holes) -> Bool {
    let value = value(name, holes)
    precondition(value == "True" || value == "False", "\(name) is no condition.")
    return value == "True"
  }

  private func value(_ name: String, _ holes: ProgramTemplate.Holes) -> String {
    guard let value = holes[name] else { preconditionFailure("Nothing fills \(name).") }
    return value
  }

  private func filled(_ line: String, _ holes: ProgramTemplate.Holes) -> String {
    var rest = line[...]
    var output = ""
    while let open = rest.firstRange(of: "{{ "), let close = rest.firstRange(of: " }}") {
      output +=
        rest[..<open.lowerBound] + value(String(rest[open.upperBound..<close.lowerBound]), holes)
      rest = rest[close.upperBound...]
    }
    return output + rest
  }
}
