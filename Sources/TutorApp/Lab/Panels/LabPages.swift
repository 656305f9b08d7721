import TerminalCanvas

/// How panels are laid out on pages of rows and columns.
///
/// A page of 80×24 has room for two panels, one of 200×60 for nine. Panels come in order; one that needs
/// two columns goes to the next row where only one is left, and a row that is not full is stretched.
struct LabPages {
  /// A panel at its place.
  struct Place {
    let panel: any LabPanel
    let rect: Rect
  }

  /// The pages, each with at least one panel.
  let pages: [[Place]]

  private static let minWidth = 38
  private static let minHeight = 13
  private static let maxColumns = 4

  /// Lays panels out in an area.
  init(_ panels: [any LabPanel], in area: Rect) {
    let columns = max(1, min(Self.maxColumns, area.width / Self.minWidth))
    let rowCount = max(1, area.height / Self.minHeight)
    var rows: [[any LabPanel]] = []
    var used = columns
    for panel in panels {
      let span = min(panel.span, columns)
      if used + span > columns {
        rows.append([])
        used = 0
      }
      rows[rows.count - 1].append(panel)
      used += span
    }
    var pages: [[Place]] = []
    for start in stride(from: 0, to: rows.count, by: rowCount) {
      let shown = Array(rows[start..<min(start + rowCount, rows.count)])
      pages.append(Self.places(of: shown, columns: columns, in: area))
    }
    self.pages = pages
  }

  private static func places(of rows: [[any LabPanel]], columns: Int, in area: Rect) -> [Place] {
    var places: [Place] = []
    for (index, row) in rows.enumerated() {
      let top = area.y + area.height * index / rows.count
      let bottom = area.y + area.height * (index + 1) / rows.count
      let spans = row.map { min($0.span, columns) }
      let total = spans.reduce(0, +)
      var before = 0
      for (panel, span) in zip(row, spans) {
        let left = area.x + area.width * before / total
        let right = area.x + area.width * (before + span) / total
        places.append(
          Place(
            panel: panel, rect: Rect(x: left, y: top, width: right - left, height: bottom - top)))
        before += span
      }
    }
    return places
  }

  /// The page of a number, which may be beyond the last one after the window grew.
  func page(_ number: Int) -> [Place] {
    pages.isEmpty ? [] : pages[max(0, min(number, pages.count - 1))]
  }

  /// The page that the panel of a name stands on.
  func number(of panel: String) -> Int? {
    pages.firstIndex { page in page.contains { $0.panel.name == panel } }
  }
}
