import Curriculum
import TerminalCanvas

/// Sets a table so that it fits a width.
///
/// Columns take their natural width when there is room; otherwise every column keeps its longest
/// word and the rest is shared by need, cells wrapping. When not even the longest words fit, each
/// row is set as a record of `header: value` lines.
struct TableTypesetter {
  /// Sets the cells' text.
  let typesetter: LessonTypesetter
  /// How each column is set.
  let alignments: [ColumnAlignment]
  /// The cells of the first row.
  let header: [[Inline]]
  /// The cells of the other rows.
  let rows: [[[Inline]]]

  private static let gap = 2

  /// The table's lines.
  func lines(width: Int) -> [StyledLine] {
    let headerRuns = header.map { InlineTypesetter(base: .role(.heading, bold: true)).runs($0) }
    let rowRuns = rows.map { $0.map { InlineTypesetter(base: .text).runs($0) } }
    let all = [headerRuns] + rowRuns
    let columns = header.indices
    let natural = columns.map { column in all.map { Self.width(of: $0[column]) }.max() ?? 0 }
    let least = columns.map { column in all.map { Self.longestWord(in: $0[column]) }.max() ?? 0 }
    let available = width - Self.gap * max(0, header.count - 1)

    if let widths = Self.fit(natural: natural, least: least, into: available) {
      var result = row(headerRuns, widths: widths)
      let line = typesetter.glyphs == .unicode ? "─" : "-"
      result.append(
        Array(
          widths.map { [StyledRun(String(repeating: line, count: $0), .role(.border))] }
            .joined(separator: [StyledRun(String(repeating: line, count: Self.gap), .role(.border))]
            )))
      for cells in rowRuns { result += row(cells, widths: widths) }
      return result
    }
    return records(headerRuns, rowRuns, width: width)
  }

  /// Column widths that fill no more than the room, or nil when the longest words do not fit.
  static func fit(natural: [Int], least: [Int], into available: Int) -> [Int]? {
    if natural.reduce(0, +) <= available { return natural }
    var widths = least
    var spare = available - least.reduce(0, +)
    guard spare >= 0 else { return nil }
    // One cell at a time to the column that lacks most keeps the shares fair and exact.
    while spare > 0 {
      guard
        let neediest = widths.indices.max(by: {
          natural[$0] - widths[$0] < natural[$1] - widths[$1]
        }), natural[neediest] > widths[neediest]
      else { break }
      widths[neediest] += 1
      spare -= 1
    }
    return widths
  }

  private func row(_ cells: [StyledLine], widths: [Int]) -> [StyledLine] {
    let wrapped = zip(cells, widths).map { TextWrapping.wrap($0, width: $1, hangingIndent: 0) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { line in
      var runs: StyledLine = []
      for column in cells.indices {
        if column > 0 { runs.append(StyledRun(String(repeating: " ", count: Self.gap))) }
        let text = line < wrapped[column].count ? wrapped[column][line] : []
        let blank = widths[column] - Self.width(of: text)
        let (before, after) =
          switch alignments[column] {
          case .right: (blank, 0)
          case .center: (blank / 2, blank - blank / 2)
          case .left, .none: (0, blank)
          }
        runs.append(StyledRun(String(repeating: " ", count: before)))
        runs += text
        runs.append(StyledRun(String(repeating: " ", count: after)))
      }
      return runs
    }
  }

  private func records(_ header: [StyledLine], _ rows: [[StyledLine]], width: Int) -> [StyledLine] {
    var result: [StyledLine] = []
    for (index, cells) in rows.enumerated() {
      if index > 0 { result.append([]) }
      for (title, cell) in zip(header, cells) {
        result += TextWrapping.wrap(
          title + [StyledRun(": ", .role(.muted))] + cell, width: max(1, width), hangingIndent: 2)
      }
    }
    return result
  }

  private static func width(of line: StyledLine) -> Int {
    line.reduce(0) { $0 + TextWidth.width(of: $1.text) }
  }

  private static func longestWord(in line: StyledLine) -> Int {
    let text = line.map(\.text).joined()
    return text.split(separator: " ").map { word in
      // Chinese text may break between any two characters.
      word.contains { TextWidth.width(of: $0) == 2 } ? 4 : TextWidth.width(of: String(word))
    }.max() ?? 0
  }
}
