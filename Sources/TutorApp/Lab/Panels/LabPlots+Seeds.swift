import Compression
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

extension LabPlots {
  /// The recipe and its control with three seeds each, beside the uncompressed network.
  func drawSeeds(into canvas: inout Canvas, in rect: Rect) {
    let runs = screen.seedRuns
    let all = 2 * SeedComparison.seeds.count
    let inner = panel(
      context.text(Phrase("three seeds and a control", "三个种子与对照")),
      right: runs.map { "\($0.comparison.runs.count)/\(all)" } ?? "", into: &canvas, in: rect)
    guard !screen.prediction.isOpen, !isHidden else {
      note(
        context.text(Phrase("The runs come after your guess.", "猜过之后才会运行。")), into: &canvas,
        in: inner)
      return
    }
    guard !SeedComparison(of: screen.recipe).isItsOwnControl else {
      note(
        context.text(
          Phrase(
            "Nothing is compressed here: the recipe is its own control. Prune or quantize something first.",
            "这里什么都没有压缩：配方就是它自己的对照。请先剪枝或量化。")), into: &canvas, in: inner)
      return
    }
    guard let runs, case .ready(let facts) = context.laboratory else {
      note(context.text(seedsInvitation), into: &canvas, in: inner)
      return
    }
    let (top, bottom) = inner.splitTop(min(4, inner.height))
    SeedStrips(comparison: runs.comparison, facts: facts, context: context)
      .draw(into: &canvas, in: top)
    let (text, role) = seedsSentence(runs)
    let lines = TextWrapping.wrap(
      context.text(text), style: .role(role), width: max(1, bottom.width))
    for (row, line) in lines.prefix(max(0, bottom.height)).enumerated() {
      canvas.write(line, row: row, of: bottom, glyphs: context.glyphs)
    }
  }

  /// What the panel says before anything ran.
  private var seedsInvitation: Phrase {
    let epochs = screen.recipe.finetune.epochs
    if epochs > 0 {
      return Phrase(
        "n trains this recipe and its control, the same training without compression, with the seeds 1, 2 "
          + "and 3: six runs of \(epochs) \(epochs == 1 ? "epoch" : "epochs").",
        "按 n 用种子 1、2、3 各训练一次这个配方及其对照（同样的训练，但不压缩）：共六次，每次 \(epochs) 轮。")
    }
    return Phrase(
      "n measures this recipe with the seeds 1, 2 and 3 beside the uncompressed network.",
      "按 n 用种子 1、2、3 各测一次这个配方，并与未压缩的网络对照。")
  }

  /// Whether the difference is larger than the noise, or what is going on.
  private func seedsSentence(_ runs: SeedRuns) -> (Phrase, Role) {
    let comparison = runs.comparison
    guard let verdict = comparison.verdict else { return (seedsProgress(runs), .muted) }
    let sign = verdict.difference < 0 ? "−" : "+"
    let difference = sign + QuantityFormat.points(verdict.difference.magnitude)
    let noise = "±" + QuantityFormat.points(verdict.noise)
    let isRandom = comparison.recipe.drawsAtRandom
    let source =
      isRandom
      ? Phrase("", "")
      : Phrase(
        " Nothing in this recipe is random: the noise is that of the test images alone.",
        "这个配方没有随机性：噪声只来自测试图像的抽样。")
    if verdict.isSignificant {
      return (
        Phrase(
          "Recipe minus control: \(difference) points, more than the noise of \(noise)."
            + source(.english),
          "配方减对照：\(difference) 个百分点，超出噪声 \(noise)。" + source(.simplifiedChinese)),
        verdict.difference < 0 ? .bad : .good
      )
    }
    return (
      Phrase(
        "Recipe minus control: \(difference) points, within the noise of \(noise): three seeds do not tell "
          + "them apart." + source(.english),
        "配方减对照：\(difference) 个百分点，在噪声 \(noise) 之内：三个种子还分不出高下。" + source(.simplifiedChinese)),
      .text
    )
  }

  private func seedsProgress(_ runs: SeedRuns) -> Phrase {
    let done = runs.comparison.runs.count
    let seed = SeedComparison.seeds[min(done / 2, SeedComparison.seeds.count - 1)]
    guard runs.isRunning else {
      return Phrase("Stopped. n begins again.", "已停止。按 n 重新开始。")
    }
    let isControl = done % 2 == 0
    let percent = runs.share > 0 ? " · \(Int((runs.share * 100).rounded(.down))) %" : ""
    return Phrase(
      "Seed \(seed), the \(isControl ? "control" : "recipe")\(percent). n stops.",
      "种子 \(seed)，\(isControl ? "对照" : "配方")\(percent)。按 n 停止。")
  }
}

/// Three lines of points over one axis of accuracies.
private struct SeedStrips {
  let comparison: SeedComparison
  let facts: LaboratoryFacts
  let context: TutorContext

  private struct Strip {
    let name: Phrase
    let values: [Double]
    /// What the line covers: mean ± one standard deviation, or the baseline's band.
    let span: ClosedRange<Double>?
    let text: String
    let role: Role
  }

  private var strips: [Strip] {
    func strip(_ name: Phrase, isControl: Bool, _ role: Role) -> Strip {
      let values = comparison.accuracies(isControl: isControl)
      guard !values.isEmpty else {
        return Strip(name: name, values: [], span: nil, text: "…", role: role)
      }
      let mean = SeedVerdict.mean(values)
      let deviation = SeedVerdict.variance(values).squareRoot()
      return Strip(
        name: name, values: values, span: mean - deviation...mean + deviation,
        text: QuantityFormat.points(mean)
          + (values.count > 1 ? " ±" + QuantityFormat.points(deviation) : ""), role: role)
    }
    let band = AccuracyBand.wilson(
      correct: facts.baselineCorrect, images: facts.testSet.count)
    return [
      strip(Phrase("recipe", "配方"), isControl: false, .series1),
      strip(Phrase("control", "对照"), isControl: true, .series2),
      Strip(
        name: Phrase("baseline", "基线"), values: [facts.baselineAccuracy],
        span: band.lower...band.upper,
        text: QuantityFormat.points(facts.baselineAccuracy) + " ±"
          + QuantityFormat.points(band.halfWidth),
        role: .muted),
    ]
  }

  /// Draws the lines, and below them the ends of the axis.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    let strips = strips
    let labels = strips.map { context.text($0.name) }
    let labelWidth = (labels.map(TextWidth.width(of:)).max() ?? 0) + 1
    let valueWidth = 13
    let track = Rect(
      x: rect.x + labelWidth, y: rect.y, width: max(0, rect.width - labelWidth - valueWidth),
      height: rect.height)
    let ends = ends(of: strips)
    for (row, strip) in strips.enumerated() where row < rect.height {
      canvas.write(
        [StyledRun(labels[row], .role(strip.role))], row: row,
        of: Rect(x: rect.x, y: rect.y, width: labelWidth, height: rect.height),
        glyphs: context.glyphs)
      canvas.write(
        [StyledRun(strip.text, .role(.text))], row: row,
        of: Rect(
          x: rect.maxX - valueWidth + 1, y: rect.y, width: valueWidth - 1, height: rect.height),
        glyphs: context.glyphs)
      draw(strip, over: ends, into: &canvas, y: rect.y + row, track: track)
    }
    guard rect.height > strips.count else { return }
    let upper = QuantityFormat.percent(ends.upperBound)
    let width = TextWidth.width(of: upper)
    let axis = Rect(x: track.x, y: rect.y + strips.count, width: track.width, height: 1)
    let lower = String(QuantityFormat.points(ends.lowerBound))
    guard axis.width > width + lower.count else { return }
    canvas.write([StyledRun(lower, .role(.muted))], row: 0, of: axis, glyphs: context.glyphs)
    canvas.write(
      [StyledRun(upper, .role(.muted))], row: 0,
      of: Rect(x: axis.maxX - width, y: axis.y, width: width, height: 1), glyphs: context.glyphs)
  }

  /// The ends of the axis: everything that is drawn, rounded outwards to half a point.
  private func ends(of strips: [Strip]) -> ClosedRange<Double> {
    let values = strips.flatMap { strip in
      strip.values + (strip.span.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    return max(0, (least * 200).rounded(.down) / 200)...min(1, (greatest * 200).rounded(.up) / 200)
  }

  private func draw(
    _ strip: Strip, over ends: ClosedRange<Double>, into canvas: inout Canvas, y: Int,
    track: Rect
  ) {
    guard track.width > 1, ends.upperBound > ends.lowerBound else { return }
    func column(_ value: Double) -> Int {
      let share = (value - ends.lowerBound) / (ends.upperBound - ends.lowerBound)
      return track.x + Int((share * Double(track.width - 1)).rounded())
    }
    let glyphs = context.glyphs
    if let span = strip.span {
      let (left, right) = (column(span.lowerBound), column(span.upperBound))
      canvas.fill(
        Rect(x: left, y: y, width: right - left + 1, height: 1), with: glyphs.horizontal,
        style: .role(strip.role))
    }
    // Points that share a cell are counted, so that none seems to be missing.
    let places = Dictionary(grouping: strip.values, by: column)
    for (x, values) in places {
      let mark = values.count == 1 ? glyphs.radioOn : Character(String(values.count))
      canvas.fill(
        Rect(x: x, y: y, width: 1, height: 1), with: mark, style: .role(strip.role, bold: true))
    }
  }
}
