extension LinePlot {
  /// Shades the area between the lower and the upper ends of neighbouring bands.
  ///
  /// Every second dot is set, so that curves are seen through it; a lone point's band is a stroke.
  func fillBand(
    of series: PlotSeries, owner: Int, frame: PlotFrame, into raster: inout BrailleRaster
  ) {
    var previous: (x: Int, low: Double, high: Double)?
    for point in series.points {
      guard let band = point.band, let share = frame.across(point.x), (0...1).contains(share),
        let low = frame.up(band.lowerBound), let high = frame.up(band.upperBound)
      else {
        previous = nil
        continue
      }
      let x = frame.dotX(share)
      let start = previous ?? (x, low, high)
      for column in min(start.x, x)...max(start.x, x) {
        let way = start.x == x ? 1 : Double(column - start.x) / Double(x - start.x)
        shade(
          column: column, from: start.low + way * (low - start.low),
          to: start.high + way * (high - start.high), owner: owner, frame: frame, into: &raster)
      }
      previous = (x, low, high)
    }
  }

  private func shade(
    column: Int, from low: Double, to high: Double, owner: Int, frame: PlotFrame,
    into raster: inout BrailleRaster
  ) {
    guard low <= 1, high >= 0 else { return }
    let top = frame.dotY(min(1, high))
    let bottom = frame.dotY(max(0, low))
    guard top <= bottom else { return }
    for row in top...bottom where (row + column).isMultiple(of: 2) {
      raster.set(x: column, y: row, owner: owner)
    }
  }
}
