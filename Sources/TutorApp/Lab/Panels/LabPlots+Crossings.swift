import Compression
import Lab
import Localization
import TerminalCanvas

extension LabPlots {
  /// The bytes of every format against the moved knob, and where each crosses the dense one.
  func drawCrossings(into canvas: inout Canvas, in rect: Rect) {
    guard let key = Knob.named(screen.curve.key) else { return }
    let inner = panel(
      titles: [
        context.text(
          Phrase("bytes against \(key.name)", "字节数随 \(key.name) 的变化")),
        context.text(Phrase("bytes along the knob", "字节数随旋钮的变化")),
      ], rights: ["KB", ""], into: &canvas, in: rect)
    let weights = screen.pictures.weights
    let isThere = weights.belongs(to: screen.curve) && !weights.points.isEmpty
    if !isThere, !screen.sweepsByItself, !screen.prediction.isOpen {
      note(
        context.text(
          Phrase(
            "s measures it, training or optimising at every point.", "按 s 测量：每个点都要训练或优化。")),
        into: &canvas, in: inner)
      return
    }
    guard !waits(for: isThere, into: &canvas, in: inner) else { return }
    let axis = KnobAxis(key: key, recipe: screen.recipe)
    let points = weights.points.compactMap { value, bytes in
      axis.position(of: value).map { (x: $0, bytes: bytes) }
    }.sorted { $0.x < $1.x }
    let (legend, below) = inner.splitTop(1)
    var rest = below
    let plot = plot(points, axis: axis)
    canvas.write(names(of: plot, width: inner.width), row: 0, of: legend, glyphs: context.glyphs)
    let advantages = FormatAdvantage.find(points)
    if inner.height >= 7 {
      let rows = max(1, inner.height / 7)
      var lines = TextWrapping.wrap(
        sentence(advantages, axis: axis), style: .role(.text), width: inner.width)
      if lines.count > rows {
        // What crosses says more than what is shorter everywhere.
        let crossing = advantages.filter { !$0.startsShorter || !$0.endsShorter }
        let parts = (crossing.isEmpty ? advantages : crossing).map {
          words(for: $0, axis: axis, isShort: true)
        }
        lines = TextWrapping.wrap(
          "< dense: " + parts.joined(separator: ", "), style: .role(.text), width: inner.width)
      }
      let (above, bottom) = rest.splitBottom(min(lines.count, rows))
      for (row, line) in lines.enumerated() {
        canvas.write(line, row: row, of: bottom, glyphs: context.glyphs)
      }
      rest = above
    }
    canvas.draw(plot, in: rest, glyphs: context.glyphs)
  }

  /// The curves' names, shortened to three letters where there is little room.
  private func names(of plot: LinePlot, width: Int) -> StyledLine {
    func line(_ length: Int) -> StyledLine {
      plot.series.enumerated().flatMap { index, series -> StyledLine in
        [
          StyledRun(series.sample(index: index, glyphs: context.glyphs), .role(series.role)),
          StyledRun(
            String(series.name.prefix(length)) + (index + 1 < plot.series.count ? " " : ""),
            .role(.muted)),
        ]
      }
    }
    return fitting([line(10), line(3)], width: width)
  }

  private func plot(
    _ points: [(x: Double, bytes: [StorageFormat: Int])], axis: KnobAxis
  ) -> LinePlot {
    let roles: [Role] = [.series1, .series2, .series3]
    let strokes: [PlotSeries.Stroke] = [.dashed, .dotted, .solid]
    let marks: [Character] = ["c", "b", "r", "h", "g"]
    let others = StorageFormat.allCases.filter { $0 != .dense }
    func series(_ format: StorageFormat, role: Role, stroke: PlotSeries.Stroke) -> PlotSeries {
      PlotSeries(
        format.rawValue, role: role,
        points: points.compactMap { x, bytes in
          bytes[format].map { PlotPoint(x: x, y: Double($0) / 1_000) }
        }, stroke: stroke)
    }
    var all = [series(.dense, role: .warning, stroke: .solid)]
    all[0].asciiMark = "="
    for (index, format) in others.enumerated() {
      all.append(
        series(format, role: roles[index % 3], stroke: strokes[(index + index / 3) % 3]))
      all[all.count - 1].asciiMark = marks[index % marks.count]
    }
    let highest = points.flatMap { $0.bytes.values }.max() ?? 1
    var markers: [PlotMark] = []
    if let x = axis.position(of: axis.key.read(screen.recipe)) {
      markers = [PlotMark(x, role: .warning)]
    }
    return LinePlot(
      series: all, xAxis: axis.axis,
      yAxis: PlotAxis(range: 0...(Double(highest) / 1_000 * 1.05)), markers: markers,
      hasLegend: false)
  }

  private func sentence(_ advantages: [FormatAdvantage], axis: KnobAxis) -> String {
    guard !advantages.isEmpty else {
      return context.text(
        Phrase("No format is shorter than dense here.", "在此范围内没有格式比 dense 更短。"))
    }
    let parts = advantages.map { words(for: $0, axis: axis, isShort: false) }
    return context.text(Phrase("Shorter than dense: ", "比 dense 更短："))
      + parts.joined(separator: context.text(Phrase("; ", "；")))
  }

  /// A format and where it is the shorter one, in words or with signs.
  private func words(for advantage: FormatAdvantage, axis: KnobAxis, isShort: Bool) -> String {
    let format = advantage.format.rawValue
    if advantage.startsShorter, advantage.endsShorter {
      return format + (isShort ? "" : context.text(Phrase(" everywhere", " 处处如此")))
    }
    let lower = axis.isShare ? axis.percent(advantage.lower) : axis.name(at: advantage.first)
    let upper = axis.isShare ? axis.percent(advantage.upper) : axis.name(at: advantage.last)
    if lower == upper {
      return isShort
        ? "\(format): \(lower)" : format + context.text(Phrase(" at \(lower)", " 仅在 \(lower)"))
    }
    if axis.isShare, advantage.endsShorter {
      return isShort
        ? "\(format) > \(lower)" : format + context.text(Phrase(" from \(lower)", " 从 \(lower) 起"))
    }
    if axis.isShare, advantage.startsShorter {
      return isShort
        ? "\(format) < \(upper)"
        : format + context.text(Phrase(" up to \(upper)", " 到 \(upper) 为止"))
    }
    return isShort
      ? "\(format): \(lower)-\(upper)"
      : format + context.text(Phrase(" from \(lower) to \(upper)", " 从 \(lower) 到 \(upper)"))
  }
}
