/// Single points between two axes, with the region that they should reach.
package struct ScatterPlot: Widget {
  /// One point.
  package struct Mark: Sendable, Hashable {
    /// The position along the horizontal axis.
    package var x: Double
    /// The position along the vertical axis.
    package var y: Double
    /// The character that is drawn.
    package var glyph: Character
    /// The colour.
    package var role: Role

    /// Makes a point.
    package init(x: Double, y: Double, glyph: Character, role: Role) {
      self.x = x
      self.y = y
      self.glyph = glyph
      self.role = role
    }
  }

  /// The points; a later one lies above an earlier one.
  package var marks: [Mark]
  /// The horizontal direction.
  package var xAxis: PlotAxis
  /// The vertical direction.
  package var yAxis: PlotAxis
  /// The largest value along the horizontal axis that lies in the region; none for no limit.
  package var regionMaximumX: Double?
  /// The smallest value along the vertical axis that lies in the region; none for no limit.
  package var regionMinimumY: Double?
  /// A line below the points, from one of its points to the next; empty for none.
  package var path: [PlotPoint]
  /// The colour of the line.
  package var pathRole: Role

  /// Makes a plot.
  package init(
    marks: [Mark], xAxis: PlotAxis, yAxis: PlotAxis, regionMaximumX: Double? = nil,
    regionMinimumY: Double? = nil, path: [PlotPoint] = [], pathRole: Role = .series2
  ) {
    self.path = path
    self.pathRole = pathRole
    self.marks = marks
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.regionMaximumX = regionMaximumX
    self.regionMinimumY = regionMinimumY
  }

  /// Draws axes, the shaded region and the points; a point outside the axes stands at their edge.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let frame = PlotFrame(
      in: rect, horizontal: xAxis.ends(for: marks.map(\.x)),
      vertical: yAxis.ends(for: marks.map(\.y)), yAxis: yAxis, hasHeader: !yAxis.label.isEmpty,
      hasLabel: !xAxis.label.isEmpty)
    canvas.clipped(to: rect) { canvas in
      canvas.write([StyledRun(yAxis.label, .role(.muted))], row: 0, of: frame.header)
      frame.render(into: &canvas, xAxis: xAxis)
      guard !frame.plot.isEmpty else { return }
      renderRegion(into: &canvas, frame: frame)
      renderPath(into: &canvas, frame: frame)
      for mark in marks {
        guard
          let x = frame.column(limited(mark.x, to: frame.horizontal)),
          let y = frame.row(limited(mark.y, to: frame.vertical))
        else { continue }
        canvas.write(String(mark.glyph), at: Point(x: x, y: y), style: .role(mark.role, bold: true))
      }
    }
  }

  private func limited(_ value: Double, to range: ClosedRange<Double>) -> Double {
    max(range.lowerBound, min(range.upperBound, value))
  }

  private func renderPath(into canvas: inout Canvas, frame: PlotFrame) {
    let glyphs = canvas.glyphs
    let plot = frame.plot
    var raster = BrailleRaster(size: Size(width: plot.width, height: plot.height))
    let places = path.compactMap { point -> (x: Double, y: Double)? in
      guard let x = frame.across(point.x), let y = frame.up(point.y) else { return nil }
      return (x, y)
    }
    for (start, end) in zip(places, places.dropFirst()) {
      guard let part = LineClipping.unitSquare(from: start, to: end) else { continue }
      raster.line(
        fromX: frame.dotX(part.start.x), y: frame.dotY(part.start.y), toX: frame.dotX(part.end.x),
        y: frame.dotY(part.end.y), owner: 0, isDrawn: { _ in true })
    }
    for y in 0..<plot.height {
      for x in 0..<plot.width where raster.count(x: x, y: y) > 0 {
        canvas.write(
          glyphs == .unicode ? String(raster.character(x: x, y: y)) : ".",
          at: Point(x: plot.x + x, y: plot.y + y), style: .role(pathRole))
      }
    }
  }

  private func renderRegion(into canvas: inout Canvas, frame: PlotFrame) {
    let glyphs = canvas.glyphs
    guard regionMaximumX != nil || regionMinimumY != nil else { return }
    let right =
      regionMaximumX.map { limit in
        limit < frame.horizontal.lowerBound
          ? frame.plot.x - 1 : frame.column(limited(limit, to: frame.horizontal)) ?? frame.plot.x
      } ?? frame.plot.maxX - 1
    let bottom =
      regionMinimumY.map { limit in
        limit > frame.vertical.upperBound
          ? frame.plot.y - 1 : frame.row(limited(limit, to: frame.vertical)) ?? frame.plot.y
      } ?? frame.plot.maxY - 1
    let region = Rect(
      x: frame.plot.x, y: frame.plot.y, width: right - frame.plot.x + 1,
      height: bottom - frame.plot.y + 1)
    canvas.fill(region, with: glyphs.lightShade, style: .role(.grid))
  }
}
