import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

extension LabPlots {
  /// How the recipe's training goes: loss and accuracy by step, as long as it lasts and afterwards.
  func drawTraining(into canvas: inout Canvas, in rect: Rect) {
    let curve = screen.live.training
    let inner = panel(
      context.text(Phrase("training", "训练")), right: curve.map(trainingTitle) ?? "",
      into: &canvas, in: rect)
    guard !screen.prediction.isOpen, !isHidden else {
      note(
        context.text(Phrase("The training is shown after your guess.", "猜过之后才显示训练过程。")),
        into: &canvas, in: inner)
      return
    }
    guard let curve else {
      note(trainingAbsence, into: &canvas, in: inner)
      return
    }
    let words = trainingWords(curve).flatMap {
      TextWrapping.wrap($0, width: max(1, inner.width))
    }
    let (plots, below) = inner.splitBottom(min(words.count, max(1, inner.height - 5)))
    for (row, line) in words.prefix(below.height).enumerated() {
      canvas.write(line, row: row, of: below, glyphs: context.glyphs)
    }
    var kinds = [accuracyPlot(curve), lossPlot(curve)]
    if plots.width >= 90 || plots.height >= 27 { kinds += extraPlots(curve) }
    let isStacked = plots.width < 60 && plots.height >= 16
    for (index, plot) in kinds.enumerated() {
      let part =
        isStacked
        ? Rect(
          x: plots.x, y: plots.y + plots.height * index / kinds.count, width: plots.width,
          height: plots.height * (index + 1) / kinds.count - plots.height * index / kinds.count)
        : Rect(
          x: plots.x + plots.width * index / kinds.count, y: plots.y,
          width: plots.width * (index + 1) / kinds.count - plots.width * index / kinds.count
            - (index + 1 < kinds.count ? 1 : 0), height: plots.height)
      canvas.draw(plot, in: part, glyphs: context.glyphs)
    }
  }

  private func trainingTitle(_ curve: TrainingCurve) -> String {
    isEnglish
      ? "epoch \(curve.epoch)/\(curve.epochs)  step \(curve.step)/\(curve.steps)"
      : "轮次 \(curve.epoch)/\(curve.epochs)  步 \(curve.step)/\(curve.steps)"
  }

  /// Why there is no curve.
  private var trainingAbsence: String {
    if screen.recipe.finetune.epochs == 0 {
      return context.text(
        Phrase(
          "Nothing is trained: finetune.epochs is 0. Turn it up to watch a training.",
          "没有训练：finetune.epochs 为 0。调大它就能看到训练过程。"))
    }
    if screen.measurement != nil || screen.estimate != nil {
      return context.text(
        Phrase(
          "This network was trained before, while nobody looked on; its result is known.",
          "这个网络之前已经训练过，当时没有记录过程；结果是已知的。"))
    }
    return context.text(
      Phrase("The training images are being read …", "正在读取训练图像…"))
  }

  private func steps(of curve: TrainingCurve) -> PlotAxis {
    PlotAxis(range: 0...Double(max(1, curve.steps)))
  }

  private func accuracyPlot(_ curve: TrainingCurve) -> LinePlot {
    let points = curve.looks.map {
      PlotPoint(x: Double($0.step), y: $0.accuracy * 100)
    }
    var baselines: [PlotMark] = []
    if case .ready(let facts) = context.laboratory {
      baselines = [PlotMark(facts.baselineAccuracy * 100, role: .good)]
    }
    let values = points.map(\.y) + baselines.map(\.value)
    let least = ((values.min() ?? 0) / 10).rounded(.down) * 10
    return LinePlot(
      series: [PlotSeries(role: .series1, points: points, marksPoints: points.count < 30)],
      xAxis: steps(of: curve),
      yAxis: PlotAxis(
        label: context.text(Phrase("accuracy, %", "精度，%")), range: min(least, 90)...100),
      baselines: baselines, hasLegend: false)
  }

  private func lossPlot(_ curve: TrainingCurve) -> LinePlot {
    let points = curve.losses.map { PlotPoint(x: Double($0.step), y: $0.value) }
    let most = points.map(\.y).max() ?? 1
    return LinePlot(
      series: [PlotSeries(role: .series2, points: points)], xAxis: steps(of: curve),
      yAxis: PlotAxis(
        label: context.text(Phrase("loss, nats", "损失，nat")), range: 0...max(most * 1.05, 0.1)),
      hasLegend: false)
  }

  /// Sparsity where it grows, and codes where they change.
  private func extraPlots(_ curve: TrainingCurve) -> [LinePlot] {
    var plots: [LinePlot] = []
    let sparsities = Set(curve.looks.map(\.sparsity))
    if sparsities.count > 1 {
      plots.append(
        LinePlot(
          series: [
            PlotSeries(
              role: .series3,
              points: curve.looks.map { PlotPoint(x: Double($0.step), y: $0.sparsity * 100) })
          ], xAxis: steps(of: curve),
          yAxis: PlotAxis(label: context.text(Phrase("zeros, %", "零，%")), range: 0...100),
          hasLegend: false))
    }
    let changes = curve.looks.compactMap { look in
      look.changedCodes.map { PlotPoint(x: Double(look.step), y: $0 * 100) }
    }
    if !changes.isEmpty {
      plots.append(
        LinePlot(
          series: [PlotSeries(role: .series3, points: changes)], xAxis: steps(of: curve),
          yAxis: PlotAxis(
            label: context.text(Phrase("changed codes, %", "改变的码，%")),
            range: 0...max(1, (changes.map(\.y).max() ?? 1) * 1.05)), hasLegend: false))
    }
    return plots
  }

  /// What goes on, in figures.
  private func trainingWords(_ curve: TrainingCurve) -> [StyledLine] {
    var lines: [StyledLine] = []
    if let stopped = screen.live.stopped {
      lines.append([
        StyledRun(LiveProgress.stoppedText(stopped, isEnglish), .role(.warning, bold: true))
      ])
    } else if !curve.isOver {
      let seconds = Int((curve.secondsLeft ?? 0).rounded(.up))
      let left = isEnglish ? "\(seconds) s left" : "还剩 \(seconds) 秒"
      lines.append([
        StyledRun(curve.secondsLeft == nil ? "…" : left, .role(.accent, bold: true)),
        StyledRun(
          isEnglish ? "  e end here  z cancel" : "  e 到此为止  z 取消", .role(.muted)),
      ])
    }
    if let look = curve.looks.last {
      let images = NumberText.grouped(look.images)
      var text =
        isEnglish
        ? "\(QuantityFormat.percent(look.accuracy)) of the first \(images) test images"
        : "前 \(images) 张测试图像：\(QuantityFormat.percent(look.accuracy))"
      if look.sparsity >= 0.001 {
        text +=
          (isEnglish ? ", zeros " : "，零 ")
          + NumberText.fixed(look.sparsity * 100, decimals: 1) + " %"
      }
      if let changed = look.changedCodes {
        text +=
          (isEnglish ? ", codes changed " : "，码改变 ")
          + NumberText.fixed(changed * 100, decimals: 2) + " %"
      }
      lines.append([StyledRun(text, .role(.muted))])
    }
    return lines
  }
}
