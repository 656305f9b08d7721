import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

/// How the recipe's training goes: loss and accuracy by step, as long as it lasts and afterwards.
struct TrainingPanel: LabPanel {
  let name = "training"
  let hiding = PanelHiding.allButReadings

  func titles(_ inputs: PanelInputs) -> [String] { [inputs.text(Phrase("training"))] }

  func readings(_ inputs: PanelInputs) -> [String] {
    guard let curve = inputs.session.results.training else { return [] }
    let (epochs, steps) = ("\(curve.epoch)/\(curve.epochs)", "\(curve.step)/\(curve.steps)")
    return [inputs.text(Phrase("epoch \(epochs)  step \(steps)"))]
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    Phrase("The training is shown after your guess.")
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    let session = inputs.session
    guard session.results.training == nil else { return nil }
    if session.recipe.finetune.epochs == 0 {
      return Phrase("Nothing is trained: finetune.epochs is 0. Turn it up to watch a training.")
    }
    if session.results.measurement != nil || session.results.estimate != nil {
      return Phrase("This network was trained before, while nobody looked on; its result is known.")
    }
    return Phrase("The training images are being read …")
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let curve = inputs.session.results.training else { return }
    let words = Self.words(curve, inputs).flatMap {
      TextWrapping.wrap($0, width: max(1, rect.width))
    }
    let area = canvas.writeFooter(words, atMost: max(1, rect.height - 5), in: rect)
    var plots = [Self.accuracyPlot(curve, inputs), Self.lossPlot(curve, inputs)]
    if area.width >= 90 || area.height >= 27 { plots += Self.extraPlots(curve, inputs) }
    let isStacked = area.width < 60 && area.height >= 16
    for (index, plot) in plots.enumerated() {
      func share(_ extent: Int, _ index: Int) -> Int { extent * index / plots.count }
      let (x, y) = (share(area.width, index), share(area.height, index))
      let part =
        isStacked
        ? Rect(
          x: area.x, y: area.y + y, width: area.width, height: share(area.height, index + 1) - y)
        : Rect(
          x: area.x + x, y: area.y,
          width: share(area.width, index + 1) - x - (index + 1 < plots.count ? 1 : 0),
          height: area.height)
      canvas.draw(plot, in: part)
    }
  }

  /// A plot over the steps of the training.
  private static func plot(
    _ curve: TrainingCurve, _ label: Phrase, _ series: PlotSeries, _ range: ClosedRange<Double>,
    baselines: [PlotMark] = [], _ inputs: PanelInputs
  ) -> LinePlot {
    LinePlot(
      series: [series], xAxis: PlotAxis(range: 0...Double(max(1, curve.steps))),
      yAxis: PlotAxis(label: inputs.text(label), range: range), baselines: baselines,
      hasLegend: false)
  }

  private static func accuracyPlot(_ curve: TrainingCurve, _ inputs: PanelInputs) -> LinePlot {
    let points = curve.looks.map { PlotPoint(x: Double($0.step), y: $0.accuracy * 100) }
    let baselines = inputs.baselineMarks()
    let values = points.map(\.y) + baselines.map(\.value)
    let least = ((values.min() ?? 0) / 10).rounded(.down) * 10
    return plot(
      curve, Phrase("accuracy, %"),
      PlotSeries(role: .series1, points: points, marksPoints: points.count < 30),
      min(least, 90)...100, baselines: baselines, inputs)
  }

  private static func lossPlot(_ curve: TrainingCurve, _ inputs: PanelInputs) -> LinePlot {
    let points = curve.losses.map { PlotPoint(x: Double($0.step), y: $0.value) }
    let most = points.map(\.y).max() ?? 1
    return plot(
      curve, Phrase("loss, nats"), PlotSeries(role: .series2, points: points),
      0...max(most * 1.05, 0.1), inputs)
  }

  /// Sparsity where it grows, and codes where they change.
  private static func extraPlots(_ curve: TrainingCurve, _ inputs: PanelInputs) -> [LinePlot] {
    var plots: [LinePlot] = []
    if Set(curve.looks.map(\.sparsity)).count > 1 {
      let points = curve.looks.map { PlotPoint(x: Double($0.step), y: $0.sparsity * 100) }
      plots.append(
        plot(curve, Phrase("zeros, %"), PlotSeries(role: .series3, points: points), 0...100, inputs)
      )
    }
    let changes = curve.looks.compactMap { look in
      look.changedCodes.map { PlotPoint(x: Double(look.step), y: $0 * 100) }
    }
    if !changes.isEmpty {
      plots.append(
        plot(
          curve, Phrase("changed codes, %"), PlotSeries(role: .series3, points: changes),
          0...max(1, (changes.map(\.y).max() ?? 1) * 1.05), inputs))
    }
    return plots
  }

  /// What goes on, in figures.
  private static func words(_ curve: TrainingCurve, _ inputs: PanelInputs) -> [StyledLine] {
    var lines: [StyledLine] = []
    if let stopped = inputs.session.results.stopped {
      lines.append([StyledRun(inputs.text(stopped.notice), .role(.warning, bold: true))])
    } else if !curve.isOver {
      let left = curve.secondsLeft.map { seconds in
        let seconds = Int(seconds.rounded(.up))
        return inputs.text(Phrase("\(seconds) s left"))
      }
      lines.append([
        StyledRun(left ?? "…", .role(.accent, bold: true)),
        inputs.muted(Phrase("  e end here  z cancel")),
      ])
    }
    if let look = curve.looks.last {
      let (images, accuracy) = (
        NumberText.grouped(look.images), QuantityFormat.percent(look.accuracy)
      )
      var text = inputs.text(Phrase("\(accuracy) of the first \(images) test images"))
      if look.sparsity >= 0.001 {
        let zeros = NumberText.fixed(look.sparsity * 100, decimals: 1)
        text += inputs.text(Phrase(", zeros \(zeros) %"))
      }
      if let changed = look.changedCodes {
        let codes = NumberText.fixed(changed * 100, decimals: 2)
        text += inputs.text(Phrase(", codes changed \(codes) %"))
      }
      lines.append([StyledRun(text, .role(.muted))])
    }
    return lines
  }
}

extension StoppedTraining {
  /// What an ended training may be called: never the recipe's result.
  var notice: Phrase {
    Phrase("stopped after \(step) of \(steps) steps: not the recipe's result; e trains anew")
  }
}
