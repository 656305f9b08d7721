/// A grid of dots, two by four in each cell.
struct BrailleRaster {
  /// The cells.
  let size: Size
  /// The dots of each cell, as bits of the braille block.
  private var dots: [UInt8]
  /// The series that was drawn last in each cell.
  private var owners: [Int]

  /// Makes an empty grid.
  init(size: Size) {
    self.size = size
    dots = Array(repeating: 0, count: size.width * size.height)
    owners = Array(repeating: 0, count: dots.count)
  }

  /// The dots from left to right.
  var dotWidth: Int { size.width * 2 }

  /// The dots from top to bottom.
  var dotHeight: Int { size.height * 4 }

  /// Sets a dot, counted from the left and from the top; outside the grid nothing happens.
  mutating func set(x: Int, y: Int, owner: Int) {
    guard x >= 0, y >= 0, x < dotWidth, y < dotHeight else { return }
    let index = y / 4 * size.width + x / 2
    dots[index] |= Self.bits[y % 4 * 2 + x % 2]
    owners[index] = owner
  }

  /// Sets the dots of a straight line between two dots.
  ///
  /// - Parameter isDrawn: Whether the dot of a number along the line is set, for dashes.
  mutating func line(
    fromX startX: Int, y startY: Int, toX endX: Int, y endY: Int, owner: Int,
    isDrawn: (Int) -> Bool
  ) {
    let steps = max(abs(endX - startX), abs(endY - startY))
    for step in 0...steps where isDrawn(step) {
      let share = steps == 0 ? 0 : Double(step) / Double(steps)
      set(
        x: startX + Int((share * Double(endX - startX)).rounded()),
        y: startY + Int((share * Double(endY - startY)).rounded()), owner: owner)
    }
  }

  /// The number of dots in a cell.
  func count(x: Int, y: Int) -> Int {
    dots[y * size.width + x].nonzeroBitCount
  }

  /// The series in a cell.
  func owner(x: Int, y: Int) -> Int {
    owners[y * size.width + x]
  }

  /// The braille character of a cell.
  func character(x: Int, y: Int) -> Character {
    let value = 0x2800 + UInt32(dots[y * size.width + x])
    return Unicode.Scalar(value).map(Character.init) ?? " "
  }

  /// The bits of the dots of a cell, row by row (Unicode, "Braille Patterns").
  private static let bits: [UInt8] = [0x01, 0x08, 0x02, 0x10, 0x04, 0x20, 0x40, 0x80]
}
