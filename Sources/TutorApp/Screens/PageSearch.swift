import TerminalCanvas

/// Finding words inside the text of a screen.
struct PageSearch: Sendable, Hashable {
  /// The words being typed, while the field is open.
  var field: TextFieldState?
  /// What was searched last.
  private(set) var term = ""

  /// Opens the field with the last words in it.
  mutating func open() {
    field = TextFieldState(term)
  }

  /// Closes the field without searching.
  mutating func cancel() {
    field = nil
  }

  /// Takes the typed words as the term.
  mutating func accept() {
    term = field?.text ?? ""
    field = nil
  }

  /// The line of the first hit after a line, going round at the end; nil without a hit.
  func hit(in lines: [StyledLine], after line: Int) -> Int? {
    let wanted = term.lowercased()
    guard !wanted.isEmpty, !lines.isEmpty else { return nil }
    for offset in 1...lines.count {
      let index = (line + offset) % lines.count
      if lines[index].map(\.text).joined().lowercased().contains(wanted) { return index }
    }
    return nil
  }

  /// Lines with every hit marked.
  func marked(_ lines: [StyledLine]) -> [StyledLine] {
    guard !term.isEmpty else { return lines }
    return lines.map { line in
      line.flatMap { run in Self.split(run, at: term) }
    }
  }

  /// A run cut at the hits inside it; a hit that spans two styles stays unmarked.
  private static func split(_ run: StyledRun, at term: String) -> StyledLine {
    let text = Array(run.text)
    let lowered = text.map { $0.lowercased() }
    let wanted = term.map { $0.lowercased() }
    guard text.count >= wanted.count else { return [run] }
    var result: StyledLine = []
    var plain = ""
    var index = 0
    while index < text.count {
      if index + wanted.count <= text.count, Array(lowered[index..<index + wanted.count]) == wanted
      {
        if !plain.isEmpty { result.append(StyledRun(plain, run.style)) }
        plain = ""
        var style = run.style
        style.reverse = true
        result.append(StyledRun(String(text[index..<index + wanted.count]), style))
        index += wanted.count
      } else {
        plain.append(text[index])
        index += 1
      }
    }
    if !plain.isEmpty { result.append(StyledRun(plain, run.style)) }
    return result
  }
}
