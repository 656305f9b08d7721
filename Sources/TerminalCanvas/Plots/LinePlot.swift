/// Curves over a horizontal axis, or clouds of points.
///
/// Lines are drawn in braille, eight dots a cell. In ASCII a single curve is drawn by the number of
/// dots in a cell, as `.`, `:` or `*`, and several curves by a mark each.
package struct LinePlot: Widget {
  /// The text above the plot.
  package var title: String
  /// The curves; a later one lies above an earlier one.
  package var series: [PlotSeries]
  /// The horizontal direction.
  package var xAxis: PlotAxis
  /// The vertical direction.
  package var yAxis: PlotAxis
  /// Values with a line from left to right, such as the uncompressed network's.
  package var baselines: [PlotMark]
  /// Values with a line from bottom to top, such as the current setting.
  package var markers: [PlotMark]
  /// Whether the names of the curves are shown.
  package var hasLegend: Bool

  /// Makes a plot.
  package init(
    title: String = "", series: [PlotSeries], xAxis: PlotAxis = PlotAxis(),
    yAxis: PlotAxis = PlotAxis(), baselines: [PlotMark] = [], markers: [PlotMark] = [],
    hasLegend: Bool = true
  ) {
    self.title = title
    self.series = series
    self.xAxis = xAxis
    self.yAxis = yAxis
    self.baselines = baselines
    self.markers = markers
    self.hasLegend = hasLegend
  }

  private func frame(in rect: Rect) -> PlotFrame {
    let points = series.flatMap(\.points)
    let heights =
      points.flatMap { [$0.y] + ($0.band.map { [$0.lowerBound, $0.upperBound] } ?? []) }
      + baselines.map(\.value)
    return PlotFrame(
      in: rect, horizontal: xAxis.ends(for: points.map(\.x) + markers.map(\.value)),
      vertical: yAxis.ends(for: heights), yAxis: yAxis,
      hasHeader: !heading.isEmpty || !legend(glyphs: .unicode).isEmpty,
      hasLabel: !xAxis.label.isEmpty)
  }

  /// The cells of the curves, for the mouse.
  package func plotArea(in rect: Rect) -> Rect {
    frame(in: rect).plot
  }

  /// Returns the value of the horizontal axis in the middle of a column of cells.
  package func value(atColumn x: Int, in rect: Rect) -> Double {
    let frame = frame(in: rect)
    let share = (Double(x - frame.plot.x) + 0.5) / Double(max(1, frame.plot.width))
    let ends = frame.horizontal
    return ends.lowerBound + max(0, min(1, share)) * (ends.upperBound - ends.lowerBound)
  }

  private var heading: String {
    [title, yAxis.label].filter { !$0.isEmpty }.joined(separator: ": ")
  }

  /// Draws header, axes and marks, and the curves above them.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty else { return }
    let frame = frame(in: rect)
    canvas.clipped(to: rect) { canvas in
      renderHeader(into: &canvas, in: frame.header)
      frame.render(into: &canvas, xAxis: xAxis)
      guard !frame.plot.isEmpty else { return }
      for mark in baselines {
        guard let row = frame.row(mark.value) else { continue }
        canvas.fill(
          Rect(x: frame.plot.x, y: row, width: frame.plot.width, height: 1),
          with: glyphs.dashedHorizontal, style: .role(mark.role))
      }
      for mark in markers {
        guard let column = frame.column(mark.value) else { continue }
        canvas.fill(
          Rect(x: column, y: frame.plot.y, width: 1, height: frame.plot.height),
          with: glyphs.dashedVertical, style: .role(mark.role))
      }
      renderCurves(into: &canvas, frame: frame)
    }
  }

  private func renderHeader(into canvas: inout Canvas, in header: Rect) {
    let glyphs = canvas.glyphs
    guard !header.isEmpty else { return }
    canvas.write([StyledRun(heading, .role(.heading))], row: 0, of: header)
    let legend = legend(glyphs: glyphs)
    let used = heading.isEmpty ? 0 : TextWidth.width(of: heading) + 2
    let room = header.splitLeft(used).rest
    guard TextWidth.width(of: legend) <= room.width else {
      // Without room for all the names those of the last curves go.
      canvas.write(legend, row: 0, of: room)
      return
    }
    canvas.write(legend, row: 0, of: room, alignment: .right)
  }

  private func legend(glyphs: GlyphSet) -> StyledLine {
    guard hasLegend else { return [] }
    var entries: [StyledLine] = []
    for (index, series) in series.enumerated() where !series.name.isEmpty {
      entries.append([
        StyledRun(series.sample(index: index, glyphs: glyphs), .role(series.role)),
        StyledRun(" " + series.name, .role(.muted)),
      ])
    }
    for mark in baselines where !mark.name.isEmpty {
      entries.append([
        StyledRun(String(glyphs.dashedHorizontal), .role(mark.role)),
        StyledRun(" " + mark.name, .role(.muted)),
      ])
    }
    for mark in markers where !mark.name.isEmpty {
      entries.append([
        StyledRun(String(glyphs.dashedVertical), .role(mark.role)),
        StyledRun(" " + mark.name, .role(.muted)),
      ])
    }
    return Array(entries.joined(separator: [StyledRun("  ")]))
  }

  private func renderCurves(into canvas: inout Canvas, frame: PlotFrame) {
    let glyphs = canvas.glyphs
    let raster = raster(of: frame)
    let plot = frame.plot
    // A line is seen through a shaded band, not through a curve.
    let lines = Set(baselines.compactMap { frame.row($0.value) })
    for y in 0..<plot.height {
      for x in 0..<plot.width {
        let dots = raster.count(x: x, y: y)
        guard dots > 0 else { continue }
        let owner = raster.owner(x: x, y: y)
        if series[owner].fillsBand, lines.contains(plot.y + y) { continue }
        let character: Character =
          glyphs == .unicode
          ? raster.character(x: x, y: y)
          : series.count > 1
            ? series[owner].asciiMark ?? PlotSeries.asciiMark(owner)
            : dots < 3 ? "." : dots < 6 ? ":" : "*"
        canvas.write(
          String(character), at: Point(x: plot.x + x, y: plot.y + y),
          style: .role(series[owner].role))
      }
    }
    for (index, series) in series.enumerated() where series.marksPoints {
      let mark =
        glyphs == .unicode
        ? series.mark ?? glyphs.bullet : series.asciiMark ?? PlotSeries.asciiMark(index)
      for point in series.points {
        guard let x = frame.column(point.x), let y = frame.row(point.y) else { continue }
        canvas.write(String(mark), at: Point(x: x, y: y), style: .role(series.role, bold: true))
      }
    }
  }

  private func raster(of frame: PlotFrame) -> BrailleRaster {
    var raster = BrailleRaster(size: Size(width: frame.plot.width, height: frame.plot.height))
    for (owner, series) in series.enumerated() {
      if series.fillsBand { fillBand(of: series, owner: owner, frame: frame, into: &raster) }
      var previous: (x: Double, y: Double)?
      for point in series.points {
        guard let x = frame.across(point.x), let y = frame.up(point.y) else {
          previous = nil
          continue
        }
        if (0...1).contains(x), (0...1).contains(y), !series.fillsBand {
          raster.set(x: frame.dotX(x), y: frame.dotY(y), owner: owner)
        }
        if !series.fillsBand {
          drawBand(of: point, at: x, owner: owner, frame: frame, into: &raster)
        }
        if let previous, series.stroke != .none,
          let part = LineClipping.unitSquare(from: previous, to: (x, y))
        {
          raster.line(
            fromX: frame.dotX(part.start.x), y: frame.dotY(part.start.y),
            toX: frame.dotX(part.end.x), y: frame.dotY(part.end.y), owner: owner,
            isDrawn: series.isDrawn)
        }
        previous = (x, y)
      }
    }
    return raster
  }

  /// Draws an error band as every second dot, so that the curve is seen through it.
  private func drawBand(
    of point: PlotPoint, at x: Double, owner: Int, frame: PlotFrame,
    into raster: inout BrailleRaster
  ) {
    guard let band = point.band, (0...1).contains(x), let low = frame.up(band.lowerBound),
      let high = frame.up(band.upperBound), low <= 1, high >= 0
    else { return }
    let column = frame.dotX(x)
    let top = frame.dotY(min(1, high))
    let bottom = frame.dotY(max(0, low))
    guard top <= bottom else { return }
    for row in top...bottom where (row + column).isMultiple(of: 2) {
      raster.set(x: column, y: row, owner: owner)
    }
  }
}
