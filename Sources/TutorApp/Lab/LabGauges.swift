import Compression
import Curriculum
import Foundation
import Lab
import Localization
import Presentation
import TerminalCanvas

/// Accuracy with its error band, bytes by format, and latency.
struct LabGauges {
  /// The lab's state.
  let screen: LabScreen
  /// What all screens share.
  let context: TutorContext

  private var isEnglish: Bool { context.language == .english }

  /// Draws the gauges below one another.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    guard case .ready(let facts) = context.laboratory else {
      drawUnavailable(into: &canvas, in: rect)
      return
    }
    let (top, rest) = rect.splitTop(3)
    canvas.draw(accuracy(facts), in: top, glyphs: context.glyphs)
    let (bytesRect, below) = rest.splitTop(1 + StorageFormat.allCases.count)
    drawBytes(into: &canvas, in: bytesRect)
    drawLatency(into: &canvas, in: below)
  }

  private func drawUnavailable(into canvas: inout Canvas, in rect: Rect) {
    let (text, role): (String, Role) =
      if case .failed(let reason) = context.laboratory {
        (reason, .bad)
      } else {
        (context.text(Phrases.loadingNetwork), .muted)
      }
    for (row, line) in TextWrapping.wrap(text, style: .role(role), width: rect.width).enumerated() {
      canvas.write(line, row: row, of: rect, glyphs: context.glyphs)
    }
  }

  private func accuracy(_ facts: LaboratoryFacts) -> Gauge {
    let title = context.text(Phrase("accuracy", "精度"))
    let baseline = facts.baselineAccuracy
    let baselineText =
      (isEnglish ? "baseline " : "基线 ") + QuantityFormat.percent(baseline)
    if screen.prediction.hidesResults(of: screen.recipe) {
      return Gauge(
        title: title, valueText: "?", value: 0, baseline: baseline,
        caption: [StyledRun(baselineText, .role(.muted))])
    }
    if let measurement = screen.measurement {
      let change = measurement.accuracy - baseline
      let band = measurement.band
      return Gauge(
        title: title, valueText: QuantityFormat.percent(measurement.accuracy),
        value: measurement.accuracy, band: band.lower...band.upper, baseline: baseline,
        detail: [changeRun(change)] + [
          StyledRun(
            "  ±\(QuantityFormat.points(band.halfWidth))", .role(.muted))
        ],
        caption: [
          StyledRun(baselineText, .role(.muted))
        ]
          + (pinnedAccuracy(measurement) ?? [
            StyledRun(
              isEnglish
                ? "  flips \(measurement.evaluation.flips.count)"
                : "  翻转 \(measurement.evaluation.flips.count)", .role(.muted))
          ]), role: change < -0.05 ? .bad : .series1)
    }
    if let stopped = screen.live.stopped {
      let measurement = stopped.measurement
      let band = measurement.band
      return Gauge(
        title: title, valueText: "(\(QuantityFormat.percent(measurement.accuracy)))",
        value: measurement.accuracy, band: band.lower...band.upper, baseline: baseline,
        caption: [
          StyledRun(
            isEnglish
              ? "stopped at step \(stopped.step)/\(stopped.steps)"
              : "停在第 \(stopped.step)/\(stopped.steps) 步", .role(.warning, bold: true))
        ], role: .series2)
    }
    if let estimate = screen.estimate {
      let band = estimate.band
      let images = estimate.evaluation.images
      return Gauge(
        title: title, valueText: "≈ \(QuantityFormat.percent(band.estimate))", value: band.estimate,
        band: band.lower...band.upper, baseline: baseline,
        detail: [
          StyledRun(
            "±\(QuantityFormat.points(band.halfWidth))"
              + (isEnglish ? " of \(images)" : " 前 \(images) 张"), .role(.warning))
        ], caption: [StyledRun(baselineText, .role(.muted))], role: .series2)
    }
    // Nothing is known of these settings yet; older figures are not theirs and stay hidden.
    let working =
      screen.live.isTraining
      ? trainingText
      : screen.takesSeconds
        ? context.text(Phrase("… training, some seconds", "… 训练中，需数秒")) : "…"
    return Gauge(
      title: title, valueText: working, value: 0, baseline: baseline,
      caption: [StyledRun(baselineText, .role(.muted))])
  }

  /// How far the training is.
  private var trainingText: String {
    guard let curve = screen.live.training else { return "…" }
    let percent = 100 * curve.step / max(1, curve.steps)
    let seconds = Int((curve.secondsLeft ?? 0).rounded(.up))
    return isEnglish
      ? "… training \(percent) %, \(seconds) s" : "… 训练 \(percent) %，剩 \(seconds) 秒"
  }

  /// A difference of accuracies in points, with its direction.
  func changeRun(_ change: Double) -> StyledRun {
    let glyphs = context.glyphs
    if abs(change) < 0.00005 { return StyledRun("= 0.00", .role(.muted)) }
    return change < 0
      ? StyledRun("\(glyphs.arrowDown)\(QuantityFormat.points(-change))", .role(.bad))
      : StyledRun("\(glyphs.arrowUp)\(QuantityFormat.points(change))", .role(.good))
  }

  private func drawBytes(into canvas: inout Canvas, in rect: Rect) {
    let (head, list) = rect.splitTop(1)
    let title = TextFitting.pad(context.text(Phrase("bytes", "字节")), to: 11)
    guard let measurement = screen.measurement,
      !screen.prediction.hidesResults(of: screen.recipe),
      let dense = measurement.size.bytes[.dense],
      case .ready(let facts) = context.laboratory
    else {
      canvas.write([StyledRun(title), StyledRun("…", .role(.muted))], row: 0, of: head)
      return
    }
    let float = facts.baselineBytes
    canvas.write(
      [
        StyledRun(title), StyledRun(NumberText.grouped(dense), .role(.text, bold: true)),
        StyledRun(pinnedBytes(dense) ?? Self.ratio(float, dense, isEnglish), .role(.muted)),
      ], row: 0, of: head, glyphs: context.glyphs)
    let smallest = measurement.size.bytes.values.min() ?? 0
    let items = StorageFormat.allCases.compactMap { format in
      measurement.size.bytes[format].map { bytes in
        BarList.Item(
          format.rawValue, value: Double(bytes), valueText: NumberText.grouped(bytes),
          role: bytes == smallest ? .good : bytes > float ? .bad : .series1)
      }
    }
    canvas.draw(
      BarList(
        items, maximum: Double(max(float, measurement.size.bytes.values.max() ?? 1))), in: list,
      glyphs: context.glyphs)
  }

  private static func ratio(_ float: Int, _ bytes: Int, _ isEnglish: Bool) -> String {
    guard bytes > 0 else { return "" }
    let ratio = String(format: "%.1f", Double(float) / Double(bytes))
    return isEnglish ? "  \(ratio)× smaller" : "  缩小到 1/\(ratio)"
  }

  private func drawLatency(into canvas: inout Canvas, in rect: Rect) {
    guard let measurement = screen.measurement, !measurement.latency.isEmpty,
      !screen.prediction.hidesResults(of: screen.recipe)
    else { return }
    let parts = measurement.latency.sorted { $0.key < $1.key }.map {
      ($0.key == "float32" ? "f32" : $0.key) + String(format: " %.1f µs", $0.value)
    }
    canvas.write(
      [
        StyledRun(TextFitting.pad(context.text(Phrase("an image", "单图延迟")), to: 11)),
        StyledRun(parts.joined(separator: "  "), .role(.text, bold: true)),
      ], row: 0, of: rect, glyphs: context.glyphs)
  }
}
