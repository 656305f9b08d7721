import Compression
import Lab
import TerminalCanvas

extension LabPlots {
  /// The bytes of every format against the moved knob, and where each crosses the dense one.
  func drawCrossings(into canvas: inout Canvas, in rect: Rect) {
    guard let key = RecipeKey.named(screen.curve.key) else { return }
    let inner = panel(
      titles: [
        context.text(
          Phrase("bytes against \(key.name)", "字节数随 \(key.name) 的变化")),
        context.text(Phrase("bytes along the knob", "字节数随旋钮的变化")),
      ], rights: [""], into: &canvas, in: rect)
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
    let crossings = FormatCrossing.find(points)
    var rest = inner
    if inner.height >= 7 {
      let lines = TextWrapping.wrap(
        sentence(of: crossings, axis: axis), style: .role(.text), width: inner.width)
      let (above, bottom) = inner.splitBottom(min(lines.count, inner.height / 4))
      for (row, line) in lines.enumerated() {
        canvas.write(line, row: row, of: bottom, glyphs: context.glyphs)
      }
      rest = above
    }
    canvas.draw(plot(points, axis: axis), in: rest, glyphs: context.glyphs)
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
      yAxis: PlotAxis(label: "KB", range: 0...(Double(highest) / 1_000 * 1.05)), markers: markers)
  }

  private func sentence(of crossings: [FormatCrossing], axis: KnobAxis) -> String {
    guard !crossings.isEmpty else {
      return context.text(
        Phrase("No format crosses the dense one here.", "在此范围内没有格式与 dense 相交。"))
    }
    let parts = crossings.map { crossing in
      let place = axis.text(at: crossing.x, after: crossing.before)
      let format = crossing.format.rawValue
      return crossing.becomesShorter
        ? context.text(Phrase("\(format) shorter beyond \(place)", "\(format) 过 \(place) 后更短"))
        : context.text(Phrase("\(format) longer beyond \(place)", "\(format) 过 \(place) 后更长"))
    }
    return context.text(Phrase("Against dense: ", "与 dense 相比："))
      + parts.joined(separator: context.text(Phrase("; ", "；")))
  }
}

/// A place at which a format becomes shorter or longer than the dense one.
struct FormatCrossing: Hashable {
  /// The format.
  let format: StorageFormat
  /// Where the lines between measured points meet.
  let x: Double
  /// The measured place before it.
  let before: Double
  /// Whether the format is the shorter one from there on.
  let becomesShorter: Bool

  /// Finds all crossings, by format and then from left to right, on straight lines between the points.
  static func find(_ points: [(x: Double, bytes: [StorageFormat: Int])]) -> [FormatCrossing] {
    StorageFormat.allCases.filter { $0 != .dense }.flatMap { format in
      let gaps = points.compactMap { point -> (x: Double, gap: Double)? in
        guard let bytes = point.bytes[format], let dense = point.bytes[.dense] else { return nil }
        return (point.x, Double(bytes - dense))
      }
      return zip(gaps, gaps.dropFirst()).compactMap { left, right -> FormatCrossing? in
        guard left.gap * right.gap < 0 || (left.gap == 0 && right.gap != 0) else { return nil }
        let share = left.gap / (left.gap - right.gap)
        return FormatCrossing(
          format: format, x: left.x + share * (right.x - left.x), before: left.x,
          becomesShorter: right.gap < 0)
      }
    }
  }
}
