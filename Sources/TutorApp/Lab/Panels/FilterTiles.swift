import TerminalCanvas

/// Where pairs of filters stand in a panel: as large as lets all of them be seen, else on pages.
struct FilterTiles: Equatable {
  /// How many cells a weight is wide; it is half as many high.
  let factor: Int
  /// The number of pages.
  let pages: Int

  private let count: Int
  private let tile: Size
  private let columns: Int
  private let rows: Int
  private let area: Rect

  /// Lays out so many filters of a size.
  init(count: Int, height: Int, width: Int, in area: Rect) {
    self.count = count
    self.area = area
    func tile(_ factor: Int) -> Size {
      // A row for the number, and the filter twice.
      Size(width: width * factor, height: 1 + 2 * ((height * factor + 1) / 2))
    }
    func capacity(_ factor: Int) -> Int {
      let size = tile(factor)
      return (area.width + 1) / (size.width + 1) * (area.height / size.height)
    }
    let least = area.height >= tile(2).height ? 2 : 1
    let factor = (1...4).last { capacity($0) >= count } ?? least
    self.factor = factor
    self.tile = tile(factor)
    columns = max(1, (area.width + 1) / (self.tile.width + 1))
    rows = max(1, area.height / self.tile.height)
    pages = max(1, (count + columns * rows - 1) / (columns * rows))
  }

  /// The filters of a page.
  func filters(onPage page: Int) -> Range<Int> {
    let start = min(count, page * columns * rows)
    return start..<min(count, start + columns * rows)
  }

  /// Where a page's filter of a number stands.
  func rect(_ slot: Int) -> Rect {
    Rect(
      x: area.x + slot % columns * (tile.width + 1), y: area.y + slot / columns * tile.height,
      width: tile.width, height: tile.height
    ).intersection(area)
  }
}
