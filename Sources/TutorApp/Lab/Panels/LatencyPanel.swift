import Compression
import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

/// The spread of the measured times by kernel, beside the uncompressed network's.
struct LatencyPanel: LabPanel {
  let name = "latency"
  let hiding = PanelHiding.allButReadings

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("latency, µs an image"))]
  }

  /// The processor, for a panel whose words below have no room.
  func readings(_ inputs: PanelInputs) -> [String] {
    inputs.measurement?.latencySpread.map { [$0.processor] } ?? []
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    Phrase("The times come after your guess.")
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    inputs.measurement?.latencySpread == nil
      ? Phrase("Timed as soon as nothing else is left to do …") : nil
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let measurement = inputs.measurement, let report = measurement.latencySpread else {
      return
    }
    let reading = LatencyReading(report: report, measurement: measurement, inputs: inputs)
    let words = reading.words(width: rect.width)
    let batches = report.batches.prefix(
      reading.batchCount(in: rect, words: reading.leastWords(rect.width)))
    let rows = batches.flatMap { reading.rows(batch: $0, hasHeading: batches.count > 1) }
    let markers = report.baselineMedian.map { [PlotMark($0, role: .grid)] } ?? []
    // With little room the axis keeps its numbers and gives up its line.
    let axisHeight = rect.height >= rows.count + 2 + words.count ? 2 : 1
    let (plot, below) = rect.splitTop(min(rect.height, rows.count + axisHeight))
    canvas.draw(
      BoxPlot(rows: rows, axis: PlotAxis(label: "µs"), markers: batches.count > 1 ? [] : markers),
      in: plot)
    canvas.write(words, in: below)
  }
}

/// Measured times as rows of a box plot and as sentences.
private struct LatencyReading {
  /// What was timed.
  let report: LatencyReport
  /// What the times belong to.
  let measurement: Measurement
  /// Language, glyphs, and the uncompressed network.
  let inputs: PanelInputs

  /// How many batch sizes have room above so many lines of words, at least one.
  func batchCount(in rect: Rect, words: Int) -> Int {
    let kernels = report.series.count { $0.batch == report.batches.first }
    // Each batch size has a heading and its kernels; the axis needs a row.
    return rect.height >= report.batches.count * (kernels + 1) + 1 + words
      ? report.batches.count : 1
  }

  /// The lines of words that no second batch size may take the place of.
  func leastWords(_ width: Int) -> Int {
    max(
      1, verdict.map { TextWrapping.wrap(inputs.text($0), width: max(1, width)).count } ?? 0)
  }

  /// The kernels at a batch size, the uncompressed network first.
  func rows(batch: Int, hasHeading: Bool) -> [BoxPlot.Row] {
    let series = report.series.filter { $0.batch == batch }
    let baseline = series.first { $0.subject == .baseline }
    let heading =
      batch == 1
      ? Phrase("one image at a time")
      : Phrase("\(batch) images at once")
    return (hasHeading ? [BoxPlot.Row(heading: inputs.text(heading))] : [])
      + series.map { series in
        let times = series.distribution
        var value = NumberText.fixed(times.median, decimals: times.median < 100 ? 1 : 0)
        if let baseline, series.subject == .recipe {
          let speed = baseline.distribution.median / max(times.median, 1e-9)
          let text = NumberText.fixed(speed, decimals: speed < 10 ? 1 : 0)
          value += TextFitting.pad("\(text)×", to: 6, alignment: .right)
        } else {
          value += "      "
        }
        return BoxPlot.Row(
          name(of: series),
          BoxPlot.Box(
            whiskers: times.lowerWhisker...times.upperWhisker,
            quartiles: times.lowerQuartile...times.upperQuartile, median: times.median,
            outliers: times.outliers), valueText: value, role: role(of: series, baseline))
      }
  }

  private func name(of series: LatencyReport.Series) -> String {
    if series.subject == .baseline { return inputs.text(Phrase("baseline", context: "latency")) }
    return series.kernel == "float32" ? "f32" : series.kernel
  }

  private func role(of series: LatencyReport.Series, _ baseline: LatencyReport.Series?) -> Role {
    guard series.subject == .recipe, let baseline else { return .muted }
    if series.isClearlyFaster(than: baseline) { return .good }
    return baseline.isClearlyFaster(than: series) ? .bad : .series1
  }

  /// What the times say, then what they were measured on; each wrapped to a width.
  func words(width: Int) -> [StyledLine] {
    let machine = "\(report.processor) · \(report.instructionSet)"
    let parts: [(String, Role)] =
      (verdict.map { [(inputs.text($0), .warning)] } ?? [])
      + [(machine, .muted), (inputs.text(conditions), .muted)]
    return parts.flatMap { TextWrapping.wrap($0, style: .role($1), width: max(1, width)) }
  }

  /// What a learner should see at once, where there is something to see.
  private var verdict: Phrase? {
    let recipe = measurement.recipe
    let single = report.series.filter { $0.batch == 1 }
    guard let baseline = single.first(where: { $0.subject == .baseline }),
      let float = single.first(where: { $0.subject == .recipe && $0.kernel == "float32" })
    else { return nil }
    let isFaster = float.isClearlyFaster(than: baseline)
    if measurement.size.macs < inputs.facts?.network.macs ?? 0 {
      return isFaster
        ? Phrase("Really smaller: fewer operations, and f32 itself is faster.")
        : Phrase("Fewer operations, yet f32 is no faster here.")
    }
    // Rounding leaves zeros as well, but nobody expects time from those.
    if !recipe.prune.isIdentity, !isFaster {
      let zeros = NumberText.fixed(measurement.size.sparsity * 100, decimals: 0)
      return Phrase("Masked, not smaller: \(zeros) % zeros, and f32 is no faster.")
    }
    let hasIntegers = report.series.contains { $0.kernel == "int8" }
    guard recipe.weights.bits < 32, !hasIntegers, !isFaster else { return nil }
    return Phrase("Rounded weights alone run in f32: no faster.")
  }

  private var conditions: Phrase {
    let rounds = report.series.map(\.distribution.times.count).max() ?? 0
    let images = report.series.first { $0.batch == 1 }?.imagesPerRound ?? 0
    var parts = [
      Phrase(
        "One thread. \(rounds) rounds, kernels in turn after a warm-up; at batch 1 \(images) images a round. "
          + "Box: quartiles; whiskers: within 1.5 of its length; • outliers.")
    ]
    if report.repeatedRounds > 0 {
      parts.append(Phrase(" \(report.repeatedRounds) rounds repeated: the tutor was drawing."))
    }
    if report.disturbedRounds > 0 {
      parts.append(Phrase(" \(report.disturbedRounds) rounds overlap drawing all the same."))
    }
    return Phrase.joined(parts)
  }
}
