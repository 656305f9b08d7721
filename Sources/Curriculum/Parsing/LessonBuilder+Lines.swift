import Localization

extension LessonBuilder {
  /// Parses a single line of a fence as running text.
  ///
  /// - Parameters:
  ///   - text: The line.
  ///   - place: Where a scalar of the line stands in the file, by its offset.
  mutating func inlines(
    ofLine text: String, at place: (Int) -> SourceLocation
  ) -> [Inline] {
    let line = LessonSource(
      file: source.file, bytes: Array(text.utf8), textRuns: [TextRun(firstLine: 1, lastLine: 1)])
    for offset in line.strayDollars {
      report(
        "this $ has no partner on its line; write \\$ for a dollar sign",
        at: place(line.location(ofByte: offset).column - 1))
    }
    guard let document = try? CommonMark.parse(line.masked), document.children.count == 1,
      let paragraph = document.children.first, paragraph.kind == .paragraph
    else { return [.text(text)] }
    var builder = LessonBuilder(source: line, language: language)
    let result = builder.inlines(of: paragraph)
    for fault in builder.faults { report(fault.message, at: place(fault.location.column - 1)) }
    return result
  }
}

extension SourceLocation {
  /// The place some columns further on the same line.
  func shifted(by columns: Int) -> SourceLocation {
    SourceLocation(file: file, line: line, column: column + columns)
  }
}
