/// Fitting text into a number of columns.
package enum TextFitting {
  /// Shortens a text to some columns, with an ellipsis in place of what is cut.
  package static func truncate(_ text: String, to width: Int, ellipsis: String = "…") -> String {
    truncate([StyledRun(text)], to: width, ellipsis: ellipsis).map(\.text).joined()
  }

  /// Shortens a line to some columns, with an ellipsis in place of what is cut.
  package static func truncate(
    _ line: StyledLine, to width: Int, ellipsis: String = "…"
  ) -> StyledLine {
    guard width > 0 else { return [] }
    guard TextWidth.width(of: line) > width else { return line }
    let ellipsisWidth = TextWidth.width(of: ellipsis)
    let mark = ellipsisWidth <= width ? ellipsis : ""
    var room = width - (mark.isEmpty ? 0 : ellipsisWidth)
    var result: StyledLine = []
    var isCut = false
    for run in line {
      var kept = StyledRun("", run.style)
      for character in run.text {
        let columns = TextWidth.width(of: character)
        guard columns <= room else {
          isCut = true
          break
        }
        kept.text.append(character)
        room -= columns
      }
      if isCut { kept.text += mark }
      if !kept.text.isEmpty { result.append(kept) }
      if isCut { break }
    }
    return result
  }

  /// Fills a text with spaces up to some columns; a longer one stays as it is.
  package static func pad(
    _ text: String, to width: Int, alignment: TextAlignment = .left
  ) -> String {
    let (left, right) = margins(for: TextWidth.width(of: text), in: width, alignment)
    return String(repeating: " ", count: left) + text + String(repeating: " ", count: right)
  }

  /// Makes a line exactly some columns wide: a longer one is shortened, a shorter one is filled.
  package static func align(
    _ line: StyledLine, to width: Int, alignment: TextAlignment = .left, ellipsis: String = "…"
  ) -> StyledLine {
    var result = truncate(line, to: width, ellipsis: ellipsis)
    let (left, right) = margins(for: TextWidth.width(of: result), in: width, alignment)
    if left > 0 { result.insert(StyledRun(String(repeating: " ", count: left)), at: 0) }
    if right > 0 { result.append(StyledRun(String(repeating: " ", count: right))) }
    return result
  }

  /// The blank columns on both sides of a text that stands in a wider space.
  static func margins(
    for textWidth: Int, in width: Int, _ alignment: TextAlignment
  ) -> (left: Int, right: Int) {
    let spare = max(0, width - textWidth)
    switch alignment {
    case .left: return (0, spare)
    case .center: return (spare / 2, spare - spare / 2)
    case .right: return (spare, 0)
    }
  }
}
