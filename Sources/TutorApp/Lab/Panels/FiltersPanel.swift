import Lab
import Localization
import TerminalCanvas

/// The filters of the convolution before and after compression in one scale of grays.
struct FiltersPanel: LabPanel {
  let name = "filters"
  let isPile = true

  func needs(_ session: LabSession) -> [LabRequest] { [.draw(FilterPicture(), of: session.recipe)] }

  private func filters(_ inputs: PanelInputs) -> FilterPictures? {
    inputs.session.album.content(of: FilterPicture())
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    [
      inputs.text(Phrase("filters before and after")),
      inputs.text(Phrase("filters")),
    ]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    guard let filters = filters(inputs) else { return [] }
    let gone = filters.after.indices.count { filters.isGone($0) }
    return gone == 0 ? [] : [inputs.text(Phrase("\(gone) gone"))]
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    filters(inputs) == nil ? .waiting : nil
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let filters = filters(inputs) else { return }
    let tiles = FilterTiles(
      count: filters.before.count, height: filters.height, width: filters.width,
      in: rect.splitBottom(1).rest)
    let page = inputs.session.album.place(in: name, among: tiles.pages)
    for (slot, filter) in tiles.filters(onPage: page).enumerated() {
      draw(filter, of: filters, factor: tiles.factor, into: &canvas, in: tiles.rect(slot), inputs)
    }
    _ = canvas.writeFooter(
      [legend(of: filters, page: page, of: tiles.pages, width: rect.width, inputs)], in: rect)
  }

  private func legend(
    of filters: FilterPictures, page: Int, of pages: Int, width: Int, _ inputs: PanelInputs
  ) -> StyledLine {
    let limit = NumberText.fixed(Double(filters.limit), decimals: 2)
    let leaf = StyledRun(pages > 1 ? "\(page + 1)/\(pages) (,) " : "", .role(.accent))
    let scale = inputs.text(Phrase("−\(limit) black, +\(limit) white"))
    let order = inputs.text(Phrase("above before, below after; "))
    return PanelInputs.fitting(
      [[leaf, StyledRun(order + scale, .role(.muted))], [leaf, StyledRun(scale, .role(.muted))]],
      width: width)
  }

  private func draw(
    _ filter: Int, of filters: FilterPictures, factor: Int, into canvas: inout Canvas,
    in rect: Rect, _ inputs: PanelInputs
  ) {
    let (caption, below) = rect.splitTop(1)
    canvas.write(
      [StyledRun("\(filter)", .role(filters.isGone(filter) ? .bad : .muted))], row: 0, of: caption)
    let (upper, lower) = below.splitTop(below.height / 2)
    let limit = max(filters.limit, .leastNormalMagnitude)
    func picture(_ weights: [Float]) -> GrayImage {
      GrayImage(
        values: weights, range: -limit...limit, width: filters.width, height: filters.height,
        usesCharacters: inputs.usesCharacters
      ).enlarged(by: factor)
    }
    canvas.draw(picture(filters.before[filter]), in: upper)
    if let weights = filters.after[filter], !filters.isGone(filter) {
      canvas.draw(picture(weights), in: lower)
    } else {
      canvas.fill(lower, with: "×", style: .role(.bad))
    }
  }
}
