/// Rows of cells below headers, fitted to any width.
///
/// Columns take what they need if there is room. Otherwise each gets its minimum, the longest word,
/// and a share of the rest by what it lacks; cells are wrapped. When not even the minimum fits, every
/// row becomes a record of `header: value` lines.
package struct Table: Widget {
  /// The headers, one for each column.
  package var headers: [StyledLine]
  /// The rows; missing cells are empty, cells without a header are left out.
  package var rows: [[StyledLine]]
  /// How the columns are set; missing ones stand left.
  package var alignments: [TextAlignment]

  /// The columns of a separator: a line between two blanks.
  private static let separatorWidth = 3

  /// Makes a table.
  package init(headers: [StyledLine], rows: [[StyledLine]], alignments: [TextAlignment] = []) {
    self.headers = headers
    self.rows = rows
    self.alignments = alignments
  }

  private func cell(_ row: [StyledLine], _ column: Int) -> StyledLine {
    column < row.count ? row[column] : []
  }

  private func alignment(_ column: Int) -> TextAlignment {
    column < alignments.count ? alignments[column] : .left
  }

  /// Returns the width of every column in a space, or nil when it is too narrow for a grid.
  func columnWidths(width: Int) -> [Int]? {
    guard !headers.isEmpty else { return nil }
    var natural = [Int](repeating: 1, count: headers.count)
    var minimum = natural
    for row in [headers] + rows {
      for column in headers.indices {
        let cell = cell(row, column)
        natural[column] = max(natural[column], TextWidth.width(of: cell))
        minimum[column] = max(minimum[column], TextWrapping.longestPiece(of: cell))
      }
    }
    let room = width - Self.separatorWidth * (headers.count - 1)
    let least = minimum.reduce(0, +)
    guard least <= room else { return nil }
    let wanted = zip(natural, minimum).map { $0 - $1 }
    let total = wanted.reduce(0, +)
    guard total > room - least else { return natural }
    var widths = minimum
    var sum = 0
    for column in headers.indices {
      // Shares of running sums, so that every column of room is given away.
      let before = (room - least) * sum / total
      sum += wanted[column]
      widths[column] += (room - least) * sum / total - before
    }
    return widths
  }

  /// Returns the table as lines of at most some columns, for text that is scrolled.
  package func lines(width: Int, glyphs: GlyphSet) -> [StyledLine] {
    guard width > 0, !headers.isEmpty else { return [] }
    guard let widths = columnWidths(width: width) else { return records(width: width) }
    let grid = Style.role(.grid)
    var result = self.lines(of: headers.map(Self.emphasised), widths: widths, glyphs: glyphs)
    let rule = widths.map { String(repeating: String(glyphs.horizontal), count: $0) }
    let crossing = "\(glyphs.horizontal)\(glyphs.cross)\(glyphs.horizontal)"
    result.append([StyledRun(rule.joined(separator: crossing), grid)])
    for row in rows { result += self.lines(of: row, widths: widths, glyphs: glyphs) }
    return result
  }

  private static func emphasised(_ line: StyledLine) -> StyledLine {
    line.map { run in
      var run = run
      run.style.bold = true
      return run
    }
  }

  /// One row as lines, its cells wrapped.
  private func lines(of row: [StyledLine], widths: [Int], glyphs: GlyphSet) -> [StyledLine] {
    let wrapped = widths.indices.map { TextWrapping.wrap(cell(row, $0), width: widths[$0]) }
    let height = wrapped.map(\.count).max() ?? 0
    return (0..<height).map { index in
      var line: StyledLine = []
      for column in widths.indices {
        if column > 0 { line.append(StyledRun(" \(glyphs.vertical) ", .role(.grid))) }
        let part = index < wrapped[column].count ? wrapped[column][index] : []
        line += TextFitting.align(part, to: widths[column], alignment: alignment(column))
      }
      return line
    }
  }

  /// Every row as lines of header and value, with a blank line between rows.
  private func records(width: Int) -> [StyledLine] {
    var result: [StyledLine] = []
    for (index, row) in rows.enumerated() {
      if index > 0 { result.append([]) }
      for column in headers.indices {
        let name = Self.emphasised(headers[column]) + [StyledRun(": ", .role(.muted))]
        result += TextWrapping.wrap(name + cell(row, column), width: width, hangingIndent: 2)
      }
    }
    return result
  }

  /// Draws the first lines of the table.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    for (row, line) in lines(width: rect.width, glyphs: glyphs).prefix(rect.height).enumerated() {
      canvas.write(line, at: Point(x: rect.x, y: rect.y + row), in: rect)
    }
  }
}
