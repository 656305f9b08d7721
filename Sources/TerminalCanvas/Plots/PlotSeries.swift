/// One point of a series, with an error band if it has one.
package struct PlotPoint: Sendable, Hashable {
  /// The position along the horizontal axis.
  package var x: Double
  /// The value; a value that is not finite leaves a gap.
  package var y: Double
  /// The ends of the error band.
  package var band: ClosedRange<Double>?

  /// Makes a point.
  package init(x: Double, y: Double, band: ClosedRange<Double>? = nil) {
    self.x = x
    self.y = y
    self.band = band
  }
}

/// Points that belong together.
package struct PlotSeries: Sendable, Hashable {
  /// How the points are joined.
  package enum Stroke: Sendable, Hashable {
    /// By an unbroken line.
    case solid
    /// By a line with gaps.
    case dashed
    /// By single dots.
    case dotted
    /// Not at all.
    case none
  }

  /// The name in the legend.
  package var name: String
  /// The colour.
  package var role: Role
  /// The points, from left to right if they are joined.
  package var points: [PlotPoint]
  /// How they are joined.
  package var stroke: Stroke
  /// Whether each point gets a mark of its own.
  package var marksPoints: Bool
  /// Whether the error bands of neighbouring points are joined to a shaded area.
  package var fillsBand = false
  /// The mark of its points; without it, a bullet.
  package var mark: Character?
  /// The character of its line and points in plain ASCII; without it, one by its place.
  package var asciiMark: Character?

  /// Makes a series.
  package init(
    _ name: String = "", role: Role = .series1, points: [PlotPoint], stroke: Stroke = .solid,
    marksPoints: Bool = false
  ) {
    self.name = name
    self.role = role
    self.points = points
    self.stroke = stroke
    self.marksPoints = marksPoints
  }

  /// Whether the dot of a number along a line is drawn.
  func isDrawn(_ step: Int) -> Bool {
    switch stroke {
    case .solid: true
    case .dashed: step % 6 < 4
    case .dotted: step.isMultiple(of: 3)
    case .none: false
    }
  }

  /// The look of its line in the legend.
  package func sample(index: Int, glyphs: GlyphSet) -> String {
    if glyphs == .ascii { return String(asciiMark ?? Self.asciiMark(index)) }
    if let mark, stroke == .none { return String(mark) }
    if fillsBand { return String(glyphs.lightShade) }
    switch stroke {
    case .solid: return "──"
    case .dashed: return "╌╌"
    case .dotted: return "··"
    case .none: return "•"
    }
  }

  /// The character of a series among several in plain ASCII.
  static func asciiMark(_ index: Int) -> Character {
    let marks: [Character] = ["*", "+", "o", "x"]
    return marks[index % marks.count]
  }
}

/// A value worth a line across a plot.
package struct PlotMark: Sendable, Hashable {
  /// The value.
  package var value: Double
  /// The name in the legend; empty for none.
  package var name: String
  /// The colour.
  package var role: Role

  /// Makes a line.
  package init(_ value: Double, name: String = "", role: Role = .warning) {
    self.value = value
    self.name = name
    self.role = role
  }
}
