/// A cell that looks different than before.
package struct CellChange: Sendable, Hashable {
  /// Where it is.
  package var point: Point
  /// What it shows now.
  package var cell: Cell
}

extension Canvas {
  /// Returns what must be drawn to turn the picture of an older canvas into this one, row by row.
  ///
  /// A wide character stands for both of its halves; continuations are never listed. When the sizes
  /// differ every cell is listed.
  package func changedCells(from old: Canvas) -> [CellChange] {
    var changes: [CellChange] = []
    let isComparable = old.size == size
    for y in 0..<size.height {
      let row = y * size.width
      for x in 0..<size.width {
        let index = row + x
        let cell = cells[index]
        if cell.isContinuation { continue }
        let isSame =
          isComparable && cell == old.cells[index]
          && (cell.width == 1 || cells[index + 1] == old.cells[index + 1])
        if !isSame { changes.append(CellChange(point: Point(x: x, y: y), cell: cell)) }
      }
    }
    return changes
  }
}
