package import Compression

/// Where along a knob a format makes a shorter file than the dense one.
package struct FormatAdvantage: Sendable, Hashable {
  /// The format.
  package let format: StorageFormat
  /// The first measured place at which it is shorter.
  package let first: Double
  /// The last measured place of the same stretch.
  package let last: Double
  /// Where the lines through the measured points meet before the stretch; its start without such.
  package let lower: Double
  /// Where they meet behind the stretch; its end without such.
  package let upper: Double
  /// Whether the format is shorter from the first measured place on.
  package let startsShorter: Bool
  /// Whether it is shorter up to the last measured place.
  package let endsShorter: Bool

  /// Finds all stretches, by format and then from left to right; points are in rising order.
  package static func find(_ points: [(x: Double, bytes: [StorageFormat: Int])])
    -> [FormatAdvantage]
  {
    StorageFormat.allCases.filter { $0 != .dense }.flatMap { format in
      let gaps = points.compactMap { point -> (x: Double, gap: Double)? in
        guard let bytes = point.bytes[format], let dense = point.bytes[.dense] else { return nil }
        return (point.x, Double(bytes - dense))
      }
      var found: [FormatAdvantage] = []
      var index = 0
      while index < gaps.count {
        guard gaps[index].gap < 0 else {
          index += 1
          continue
        }
        let start = index
        while index < gaps.count, gaps[index].gap < 0 { index += 1 }
        found.append(
          FormatAdvantage(
            format: format, first: gaps[start].x, last: gaps[index - 1].x,
            lower: start > 0 ? meeting(gaps[start - 1], gaps[start]) : gaps[start].x,
            upper: index < gaps.count ? meeting(gaps[index - 1], gaps[index]) : gaps[index - 1].x,
            startsShorter: start == 0, endsShorter: index == gaps.count))
      }
      return found
    }
  }

  /// Where the line through two points of opposite sides is zero.
  private static func meeting(
    _ left: (x: Double, gap: Double), _ right: (x: Double, gap: Double)
  ) -> Double {
    left.x + left.gap / (left.gap - right.gap) * (right.x - left.x)
  }
}
