import Curriculum
import Lab
import Localization
import TerminalCanvas

extension LabPlots {
  /// The filters of the convolution before and after compression in one scale of greys.
  func drawFilters(into canvas: inout Canvas, in rect: Rect) {
    let filters = screen.pictures.filters
    let isOpen = screen.prediction.isOpen || isHidden
    let gone = filters.map { filters in filters.after.indices.count { filters.isGone($0) } } ?? 0
    let inner = panel(
      titles: [
        context.text(Phrase("filters before and after", "卷积核：压缩前后")),
        context.text(Phrase("filters", "卷积核")),
      ],
      rights: isOpen || gone == 0
        ? [""] : [context.text(Phrase("\(gone) gone", "\(gone) 个已失效")), ""], into: &canvas,
      in: rect)
    guard !waits(for: filters != nil, into: &canvas, in: inner), let filters else { return }
    let tiles = FilterTiles(
      count: filters.before.count, height: filters.height, width: filters.width,
      in: inner.splitBottom(1).rest)
    let page = screen.pictures.place(of: .filters, among: tiles.pages)
    for (slot, filter) in tiles.filters(onPage: page).enumerated() {
      draw(filter, of: filters, factor: tiles.factor, into: &canvas, in: tiles.rect(slot))
    }
    _ = footer(
      legend(of: filters, page: page, of: tiles.pages, width: inner.width), into: &canvas, in: inner
    )
  }

  private func legend(
    of filters: FilterPictures, page: Int, of pages: Int, width: Int
  ) -> StyledLine {
    let limit = NumberText.fixed(Double(filters.limit), decimals: 2)
    let minus = context.glyphs == .unicode ? "−" : "-"
    let leaf = StyledRun(pages > 1 ? "\(page + 1)/\(pages) (,) " : "", .role(.accent))
    let scale = context.text(
      Phrase("\(minus)\(limit) black, +\(limit) white", "\(minus)\(limit) 黑，+\(limit) 白"))
    let order = context.text(Phrase("above before, below after; ", "上：压缩前，下：压缩后；"))
    return fitting(
      [[leaf, StyledRun(order + scale, .role(.muted))], [leaf, StyledRun(scale, .role(.muted))]],
      width: width)
  }

  private func draw(
    _ filter: Int, of filters: FilterPictures, factor: Int, into canvas: inout Canvas, in rect: Rect
  ) {
    let (caption, below) = rect.splitTop(1)
    canvas.write(
      [StyledRun("\(filter)", .role(filters.isGone(filter) ? .bad : .muted))], row: 0, of: caption,
      glyphs: context.glyphs)
    let (upper, lower) = below.splitTop(below.height / 2)
    let limit = max(filters.limit, .leastNormalMagnitude)
    func picture(_ weights: [Float]) -> GrayImage {
      GrayImage(
        values: weights, range: -limit...limit, width: filters.width, height: filters.height,
        usesCharacters: usesCharacters
      ).enlarged(by: factor)
    }
    canvas.draw(picture(filters.before[filter]), in: upper, glyphs: context.glyphs)
    if let weights = filters.after[filter], !filters.isGone(filter) {
      canvas.draw(picture(weights), in: lower, glyphs: context.glyphs)
    } else {
      canvas.fill(lower, with: context.glyphs.times, style: .role(.bad))
    }
  }
}

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
