import TerminalCanvas
import Testing

@Suite struct RectLayoutTests {
  @Test func columnsFollowTheirWeights() {
    let columns = Rect(x: 2, y: 1, width: 32, height: 5).columns(weights: [1, 2], gap: 2)
    #expect(
      columns == [
        Rect(x: 2, y: 1, width: 10, height: 5), Rect(x: 14, y: 1, width: 20, height: 5),
      ])
  }

  @Test(arguments: 0...40)
  func sharesFillTheRectangleWithoutOverlap(extent: Int) {
    let rect = Rect(x: 3, y: 4, width: extent, height: extent)
    for gap in 0...3 {
      let columns = rect.columns(weights: [3, 1, 2, 0], gap: gap)
      let rows = rect.rows(weights: [1, 1, 1], gap: gap)
      for (left, right) in zip(columns, columns.dropFirst()) { #expect(left.maxX <= right.x) }
      for (upper, lower) in zip(rows, rows.dropFirst()) { #expect(upper.maxY <= lower.y) }
      #expect(columns.reduce(0) { $0 + $1.width } == max(0, extent - 3 * gap))
      #expect(columns.allSatisfy { $0.x >= 3 && $0.maxX <= rect.maxX })
      #expect(rows.allSatisfy { $0.y >= 4 && $0.maxY <= rect.maxY })
    }
  }
}
