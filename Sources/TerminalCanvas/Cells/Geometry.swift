/// A cell's position: column `x` from the left and row `y` from the top, both from 0.
package struct Point: Sendable, Hashable {
  /// The column.
  package var x: Int
  /// The row.
  package var y: Int

  /// Makes a position.
  package init(x: Int, y: Int) {
    self.x = x
    self.y = y
  }
}

/// An extent in cells.
package struct Size: Sendable, Hashable {
  /// The number of columns.
  package var width: Int
  /// The number of rows.
  package var height: Int

  /// Makes an extent; negative sides become 0.
  package init(width: Int, height: Int) {
    self.width = max(0, width)
    self.height = max(0, height)
  }
}

/// A rectangle of cells.
package struct Rect: Sendable, Hashable {
  /// The leftmost column.
  package var x: Int
  /// The topmost row.
  package var y: Int
  /// The number of columns.
  package var width: Int
  /// The number of rows.
  package var height: Int

  /// Makes a rectangle; negative sides become 0.
  package init(x: Int, y: Int, width: Int, height: Int) {
    self.x = x
    self.y = y
    self.width = max(0, width)
    self.height = max(0, height)
  }

  /// Makes the rectangle of a size at the origin.
  package init(_ size: Size) {
    self.init(x: 0, y: 0, width: size.width, height: size.height)
  }

  /// The first column to the right of the rectangle.
  package var maxX: Int { x + width }

  /// The first row below the rectangle.
  package var maxY: Int { y + height }

  /// Whether it holds no cell.
  package var isEmpty: Bool { width == 0 || height == 0 }

  /// Whether a position lies inside.
  package func contains(_ point: Point) -> Bool {
    point.x >= x && point.x < maxX && point.y >= y && point.y < maxY
  }

  /// The part that two rectangles share.
  package func intersection(_ other: Rect) -> Rect {
    let left = max(x, other.x)
    let top = max(y, other.y)
    return Rect(
      x: left, y: top, width: min(maxX, other.maxX) - left, height: min(maxY, other.maxY) - top)
  }

  /// The rectangle without a margin on every side.
  package func inset(horizontally dx: Int = 0, vertically dy: Int = 0) -> Rect {
    Rect(x: x + dx, y: y + dy, width: width - 2 * dx, height: height - 2 * dy)
  }

  /// Splits off rows at the top; the rest is what remains below.
  package func splitTop(_ rows: Int) -> (top: Rect, rest: Rect) {
    let taken = max(0, min(rows, height))
    return (
      Rect(x: x, y: y, width: width, height: taken),
      Rect(x: x, y: y + taken, width: width, height: height - taken)
    )
  }

  /// Splits off rows at the bottom; the rest is what remains above.
  package func splitBottom(_ rows: Int) -> (rest: Rect, bottom: Rect) {
    let taken = max(0, min(rows, height))
    let (rest, bottom) = splitTop(height - taken)
    return (rest, bottom)
  }

  /// Splits off columns on the left; the rest is what remains on the right.
  package func splitLeft(_ columns: Int) -> (left: Rect, rest: Rect) {
    let taken = max(0, min(columns, width))
    return (
      Rect(x: x, y: y, width: taken, height: height),
      Rect(x: x + taken, y: y, width: width - taken, height: height)
    )
  }

  /// Splits off columns on the right; the rest is what remains on the left.
  package func splitRight(_ columns: Int) -> (rest: Rect, right: Rect) {
    let taken = max(0, min(columns, width))
    let (rest, right) = splitLeft(width - taken)
    return (rest, right)
  }
}
