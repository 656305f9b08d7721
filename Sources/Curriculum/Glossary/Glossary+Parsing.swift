import Localization

extension Glossary {
  /// Reads a glossary; all faults are found in one run.
  package static func parse(
    bytes: [UInt8], file: String
  ) -> (glossary: Glossary, faults: [ContentFault]) {
    let (clean, encodingFaults) = LessonText.normalized(bytes, file: file)
    guard let clean else { return (Glossary(entries: []), encodingFaults) }
    let limitFaults = InputLimits.faults(in: LineTable(clean), file: file)
    guard limitFaults.isEmpty else {
      return (Glossary(entries: []), encodingFaults + limitFaults)
    }
    let source = LessonSource(file: file, bytes: clean, textRuns: CommonMark.textRuns(in: clean))
    let document: MarkdownNode
    do throws(CommonMark.NestingError) {
      document = try CommonMark.parse(source.masked)
    } catch {
      let place = SourceLocation(file: file, line: error.line)
      return (
        Glossary(entries: []),
        encodingFaults + [ContentFault("the glossary is nested too deep", at: place)]
      )
    }
    var reader = GlossaryReader(source: source)
    let glossary = reader.glossary(document)
    let faults = encodingFaults + CharacterRules.faults(in: source) + reader.faults
    return (glossary, Set(faults).sorted(by: ContentFault.isBefore))
  }
}

/// Turns the rows of a glossary's table into terms.
private struct GlossaryReader {
  let source: LessonSource
  private(set) var faults: [ContentFault] = []
  private var seen: [String: Int] = [:]

  init(source: LessonSource) {
    self.source = source
  }

  private mutating func report(_ message: String, line: Int) {
    guard faults.count < LessonBuilder.maximumFaults else { return }
    faults.append(ContentFault(message, at: SourceLocation(file: source.file, line: line)))
  }

  mutating func glossary(_ document: MarkdownNode) -> Glossary {
    var entries: [Glossary.Entry] = []
    let tables = document.children.filter {
      if case .table = $0.kind { true } else { false }
    }
    guard let table = tables.first, case .table(let columns) = table.kind else {
      report("the glossary has no table", line: 1)
      return Glossary(entries: [])
    }
    for other in tables.dropFirst() { report("the glossary has one table only", line: other.line) }
    guard columns.count == 4 || columns.count == 5 else {
      report(
        "the table has \(columns.count) columns; it has English, Chinese, the meaning in both, and "
          + "perhaps renderings to avoid",
        line: table.line)
      return Glossary(entries: [])
    }
    for row in table.children.dropFirst() {
      if let entry = entry(row) { entries.append(entry) }
    }
    if entries.isEmpty, faults.isEmpty { report("the glossary has no terms", line: table.line) }
    return Glossary(entries: entries)
  }

  private mutating func entry(_ row: MarkdownNode) -> Glossary.Entry? {
    let cells = row.children.map { cell -> String in
      var builder = LessonBuilder(source: source, language: .english)
      var placed = cell
      placed.line = row.line
      placed.endLine = row.line
      return LessonBuilder.plainText(builder.inlines(of: placed)).trimmed
    }
    guard cells.count >= 4 else {
      report("the row has \(cells.count) cells, but at least 4 are needed", line: row.line)
      return nil
    }
    let names = ["English term", "Chinese term", "meaning in English", "meaning in Chinese"]
    for (name, cell) in zip(names, cells) where cell.isEmpty {
      report("the \(name) is empty", line: row.line)
    }
    guard !cells.prefix(4).contains("") else { return nil }
    let entry = Glossary.Entry(
      english: Self.alternatives(cells[0]), chinese: Self.alternatives(cells[1]),
      englishMeaning: cells[2], chineseMeaning: cells[3],
      avoided: cells.count > 4 ? Self.alternatives(cells[4]) : [],
      location: SourceLocation(file: source.file, line: row.line))
    for term in entry.english {
      if let line = seen[term.lowercased()] {
        report("the term “\(term)” is already given on line \(line)", line: row.line)
      } else {
        seen[term.lowercased()] = row.line
      }
    }
    for avoided in entry.avoided where entry.chinese.contains(where: { $0.contains(avoided) }) {
      report("the rendering “\(avoided)” to avoid is part of the translation", line: row.line)
    }
    return entry
  }

  private static func alternatives(_ text: String) -> [String] {
    text.split(separator: "/").map { String($0).trimmed }.filter { !$0.isEmpty }
  }
}
