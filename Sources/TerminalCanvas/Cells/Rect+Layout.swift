extension Rect {
  /// Splits the rectangle into columns whose widths stand to one another as weights do.
  ///
  /// Together with the gaps between them they fill the rectangle; rounding is done on running sums.
  package func columns(weights: [Int], gap: Int = 0) -> [Rect] {
    Self.shares(of: width, weights: weights, gap: gap).map {
      Rect(x: x + $0.lowerBound, y: y, width: $0.count, height: height)
    }
  }

  /// Splits the rectangle into rows whose heights stand to one another as weights do.
  package func rows(weights: [Int], gap: Int = 0) -> [Rect] {
    Self.shares(of: height, weights: weights, gap: gap).map {
      Rect(x: x, y: y + $0.lowerBound, width: width, height: $0.count)
    }
  }

  private static func shares(of extent: Int, weights: [Int], gap: Int) -> [Range<Int>] {
    let weights = weights.map { max(0, $0) }
    let total = weights.reduce(0, +)
    let room = max(0, extent - max(0, gap) * max(0, weights.count - 1))
    var sum = 0
    var result: [Range<Int>] = []
    for (index, weight) in weights.enumerated() {
      let start = total > 0 ? room * sum / total : 0
      sum += weight
      let end = total > 0 ? room * sum / total : 0
      let shift = min(index * max(0, gap), extent - end)
      result.append((start + shift)..<(end + shift))
    }
    return result
  }
}
