import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

/// Accuracy with its error band, bytes by format, and latency.
struct LabGauges {
  /// What was set, guessed and measured.
  let inputs: PanelInputs
  /// Whether the network can be measured.
  let status: LaboratoryStatus

  private var session: LabSession { inputs.session }

  /// The recipe's exact figures, unless they must stay unseen for now.
  private var measurement: Measurement? {
    session.prediction.hidesResults(of: session.recipe) ? nil : session.results.measurement
  }

  /// Draws the gauges below one another.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    guard let facts = inputs.facts else {
      let (text, role): (String, Role) =
        if case .failed(let reason) = status {
          (reason, .bad)
        } else {
          (inputs.text(Phrases.loadingNetwork), .muted)
        }
      canvas.write(TextWrapping.wrap(text, style: .role(role), width: rect.width), in: rect)
      return
    }
    let (top, rest) = rect.splitTop(3)
    canvas.draw(accuracy(facts), in: top)
    let (bytesRect, below) = rest.splitTop(1 + StorageFormat.allCases.count)
    drawBytes(facts, into: &canvas, in: bytesRect)
    drawLatency(into: &canvas, in: below)
  }

  // MARK: Accuracy

  private func accuracy(_ facts: LaboratoryFacts) -> Gauge {
    let baseline = inputs.text(Phrase("baseline "))
    var gauge = Gauge(
      title: inputs.text(Phrase("accuracy")), valueText: "?", value: 0,
      baseline: facts.baselineAccuracy,
      caption: [
        StyledRun(baseline + QuantityFormat.percent(facts.baselineAccuracy), .role(.muted))
      ])
    if session.prediction.hidesResults(of: session.recipe) { return gauge }
    if let measurement {
      show(measurement, facts, in: &gauge)
    } else if let stopped = session.results.stopped {
      show(stopped, in: &gauge)
    } else if let estimate = session.results.estimate {
      show(estimate, in: &gauge)
    } else {
      // Nothing is known of these settings yet; older figures are not theirs and stay hidden.
      gauge.valueText = inputs.text(working)
    }
    return gauge
  }

  private func show(_ measurement: Measurement, _ facts: LaboratoryFacts, in gauge: inout Gauge) {
    let change = measurement.accuracy - facts.baselineAccuracy
    let flips = measurement.evaluation.flips.count
    gauge.show(measurement.accuracy, measurement.band)
    gauge.valueText = QuantityFormat.percent(measurement.accuracy)
    gauge.detail = [
      changeRun(change),
      StyledRun("  ±\(QuantityFormat.points(measurement.band.halfWidth))", .role(.muted)),
    ]
    gauge.caption +=
      pinned.map { pin in
        [
          StyledRun("  A \(QuantityFormat.percent(pin.accuracy)) ", .role(.muted)),
          changeRun(measurement.accuracy - pin.accuracy),
        ]
      } ?? [inputs.muted(Phrase("  flips \(flips)"))]
    gauge.role = change < -0.05 ? .bad : .series1
  }

  private func show(_ stopped: StoppedTraining, in gauge: inout Gauge) {
    let (measurement, steps) = (stopped.measurement, "\(stopped.step)/\(stopped.steps)")
    gauge.show(measurement.accuracy, measurement.band)
    gauge.valueText = "(\(QuantityFormat.percent(measurement.accuracy)))"
    gauge.caption = [
      StyledRun(inputs.text(Phrase("stopped at step \(steps)")), .role(.warning, bold: true))
    ]
    gauge.role = .series2
  }

  private func show(_ estimate: Estimate, in gauge: inout Gauge) {
    let (band, images) = (estimate.band, estimate.evaluation.images)
    gauge.show(band.estimate, band)
    gauge.valueText = "≈ \(QuantityFormat.percent(band.estimate))"
    gauge.detail = [
      StyledRun(
        "±\(QuantityFormat.points(band.halfWidth))"
          + inputs.text(Phrase(" of \(images)")), .role(.warning))
    ]
    gauge.role = .series2
  }

  /// What goes on while there is no figure yet.
  private var working: Phrase {
    guard session.results.isTraining, let curve = session.results.training else {
      return session.takesSeconds ? Phrase("… training, some seconds") : .waiting
    }
    let percent = 100 * curve.step / max(1, curve.steps)
    let seconds = Int((curve.secondsLeft ?? 0).rounded(.up))
    return Phrase("… training \(percent) %, \(seconds) s")
  }

  /// A difference of accuracies in points, with its direction.
  private func changeRun(_ change: Double) -> StyledRun {
    if abs(change) < 0.00005 { return StyledRun("= 0.00", .role(.muted)) }
    let arrow = change < 0 ? "▼" : "▲"
    return StyledRun(
      "\(arrow)\(QuantityFormat.points(abs(change)))", .role(change < 0 ? .bad : .good))
  }

  /// The pinned recipe's measurement, if it is another one than the lab shows.
  private var pinned: Measurement? {
    inputs.workbench.pin.flatMap { $0.recipe == session.recipe ? nil : $0 }
  }

  // MARK: Bytes and latency

  private func title(_ phrase: Phrase) -> StyledRun {
    StyledRun(TextFitting.pad(inputs.text(phrase), to: 11))
  }

  private func drawBytes(_ facts: LaboratoryFacts, into canvas: inout Canvas, in rect: Rect) {
    let (head, list) = rect.splitTop(1)
    let title = title(Phrase("bytes"))
    guard let bytes = measurement?.size.bytes, let dense = bytes[.dense] else {
      canvas.write([title, inputs.muted(.waiting)], row: 0, of: head)
      return
    }
    let float = facts.baselineBytes
    canvas.write(
      [
        title, StyledRun(NumberText.grouped(dense), .role(.text, bold: true)),
        StyledRun(comparison(of: dense, float: float), .role(.muted)),
      ], row: 0, of: head)
    let smallest = bytes.values.min() ?? 0
    let items = StorageFormat.allCases.compactMap { format in
      bytes[format].map { length in
        BarList.Item(
          format.rawValue, value: Double(length), valueText: NumberText.grouped(length),
          role: length == smallest ? .good : length > float ? .bad : .series1)
      }
    }
    canvas.draw(BarList(items, maximum: Double(max(float, bytes.values.max() ?? 1))), in: list)
  }

  /// How many bytes more or fewer than the pinned recipe's, or than the float network's without a pin.
  private func comparison(of dense: Int, float: Int) -> String {
    if let before = pinned?.size.bytes[.dense], before > 0 {
      let change = Double(dense - before) / Double(before) * 100
      return "  A \(change < 0 ? "" : "+")\(NumberText.fixed(change, decimals: 1)) %"
    }
    guard dense > 0 else { return "" }
    let ratio = NumberText.fixed(Double(float) / Double(dense), decimals: 1)
    return inputs.text(Phrase("  \(ratio)× smaller"))
  }

  private func drawLatency(into canvas: inout Canvas, in rect: Rect) {
    guard let measurement, !measurement.latency.isEmpty else { return }
    let parts = measurement.latency.sorted { $0.key < $1.key }.map {
      "\($0.key == "float32" ? "f32" : $0.key) \(NumberText.fixed($0.value, decimals: 1)) µs"
    }
    canvas.write(
      [
        title(Phrase("an image")),
        StyledRun(parts.joined(separator: "  "), .role(.text, bold: true)),
      ], row: 0, of: rect)
  }
}

extension Gauge {
  /// Shows a share with its band.
  fileprivate mutating func show(_ value: Double, _ band: AccuracyBand) {
    self.value = value
    self.band = band.lower...band.upper
  }
}
