import TerminalCanvas

/// Where an image and pairs of feature maps stand in a panel.
struct FeatureTiles: Equatable {
  /// A pair of maps with their caption.
  struct Place: Equatable {
    let caption: Rect
    let before: Rect
    let after: Rect
  }

  /// Where the image stands.
  let image: Rect
  /// How many pairs have room.
  let count: Int

  private let area: Rect
  private let side: Int
  private let isStacked: Bool
  private let columns: Int

  /// The sides of a map in dots that are tried, the largest first.
  private static let sides = [26, 20, 16, 13, 10, 8]

  /// Divides an area; maps get smaller until four pairs fit, but not below ten dots.
  init(imageSide: Int, mapSide: Int, in area: Rect) {
    let side = max(1, min(imageSide, area.height * 2, area.width / 3))
    image = Rect(x: area.x, y: area.y, width: side, height: (side + 1) / 2)
    let rest = area.splitLeft(side + 1).rest
    self.area = rest
    // Below one another a pair takes a row for its caption and twice the map; side by side once.
    func pairs(_ side: Int) -> (columns: Int, rows: Int) {
      ((rest.width + 1) / (side + 1), rest.height / (1 + 2 * ((side + 1) / 2)))
    }
    let sizes = Self.sides.filter { $0 <= mapSide } + [min(mapSide, 8)]
    let stacked = sizes.filter { pairs($0).rows > 0 && pairs($0).columns > 0 }
    let enough = stacked.first { pairs($0).columns * pairs($0).rows >= 4 && $0 >= 10 }
    if let chosen = enough ?? stacked.first(where: { $0 >= 10 }) {
      (self.side, isStacked) = (chosen, true)
      columns = pairs(chosen).columns
      count = columns * pairs(chosen).rows
    } else {
      let chosen = max(1, min(mapSide, (rest.height - 1) * 2, (rest.width - 1) / 2))
      (self.side, isStacked) = (chosen, false)
      columns = max(1, (rest.width + 2) / (2 * chosen + 3))
      count = rest.height > 1 ? columns : 0
    }
  }

  /// Where a pair stands.
  func place(_ slot: Int) -> Place {
    let rows = (side + 1) / 2
    let width = isStacked ? side : 2 * side + 1
    let height = isStacked ? 1 + 2 * rows : 1 + rows
    let x = area.x + slot % columns * (width + (isStacked ? 1 : 2))
    let y = area.y + slot / columns * height
    return Place(
      caption: Rect(x: x, y: y, width: width, height: 1),
      before: Rect(x: x, y: y + 1, width: side, height: rows),
      after: isStacked
        ? Rect(x: x, y: y + 1 + rows, width: side, height: rows)
        : Rect(x: x + side + 1, y: y + 1, width: side, height: rows))
  }
}
