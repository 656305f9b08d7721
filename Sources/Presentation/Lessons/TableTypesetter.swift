import Curriculum
import TerminalCanvas

/// Sets a lesson's table so that it fits a width.
struct TableTypesetter {
  /// How each column is set.
  let alignments: [ColumnAlignment]
  /// The cells of the first row.
  let header: [[Inline]]
  /// The cells of the other rows.
  let rows: [[[Inline]]]

  /// The table's lines.
  func lines(width: Int, glyphs: GlyphSet) -> [StyledLine] {
    Table(
      headers: header.map { InlineTypesetter(base: .role(.heading, bold: true)).runs($0) },
      rows: rows.map { $0.map { InlineTypesetter(base: .text).runs($0) } },
      alignments: alignments.map { alignment in
        switch alignment {
        case .none, .left: .left
        case .center: .center
        case .right: .right
        }
      }
    ).lines(width: width, glyphs: glyphs)
  }
}
