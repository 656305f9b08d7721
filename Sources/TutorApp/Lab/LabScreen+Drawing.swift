import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

extension LabScreen {
  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let layout = LabLayout(area: area, knobCount: knobs.count)
    drawKnobs(into: &canvas, layout, context)
    LabGauges(screen: self, context: context).draw(into: &canvas, in: layout.gauges)
    drawStatus(into: &canvas, layout, context)
    let plots = LabPlots(screen: self, context: context)
    if layout.hasSidePane {
      let separator = Rect(x: layout.text.x - 2, y: area.y, width: 1, height: area.height)
      canvas.fill(separator, with: context.glyphs.vertical, style: .role(.border))
      drawPane(into: &canvas, in: layout.text, context)
    }
    guard !showsText(in: layout) else {
      drawPane(into: &canvas, in: layout.text, context)
      return
    }
    for place in pages(in: layout).page(page) {
      plots.draw(place.panel, into: &canvas, in: place.rect)
    }
  }

  /// Whether the text takes the place of the panels.
  private func showsText(in layout: LabLayout) -> Bool { showsText && !layout.hasSidePane }

  /// The line of a knob.
  func knobRow(_ row: Int, _ context: TutorContext) -> KnobRow {
    KnobRow(
      key: knobs[row], recipe: recipe, isFocused: row == focus.index, context: context,
      labelWidth: KnobRow.labelWidth(for: knobs, context),
      valueWidth: KnobRow.valueWidth(for: knobs))
  }

  private func drawKnobs(into canvas: inout Canvas, _ layout: LabLayout, _ context: TutorContext) {
    let first = layout.firstKnob(focus: focus.index)
    for row in first..<min(knobs.count, first + layout.knobs.height) {
      knobRow(row, context)
        .draw(into: &canvas, in: layout.knobRect(row: row, focus: focus.index))
    }
    drawHelp(into: &canvas, layout, context)
    if first > 0 || first + layout.knobs.height < knobs.count {
      ScrollBar(total: knobs.count, visible: layout.knobs.height, offset: first).render(
        into: &canvas,
        in: Rect(x: layout.knobs.maxX, y: layout.knobs.y, width: 1, height: layout.knobs.height),
        glyphs: context.glyphs)
    }
  }

  /// What the focused knob does, where the sliders leave room.
  private func drawHelp(into canvas: inout Canvas, _ layout: LabLayout, _ context: TutorContext) {
    let room = Rect(
      x: layout.knobs.x, y: layout.knobs.y + knobs.count + 1, width: layout.knobs.width - 1,
      height: layout.knobs.height - knobs.count - 1)
    guard !room.isEmpty else { return }
    var line: StyledLine = [StyledRun("\(focusedKey.name)  ", .role(.code))]
    line.append(StyledRun(context.text(focusedKey.help), .role(.muted)))
    for (row, text) in TextWrapping.wrap(line, width: room.width).enumerated() {
      canvas.write(text, row: row, of: room, glyphs: context.glyphs)
    }
  }

  /// What the status line says before the field, if a field is open.
  private func fieldPrompt(_ context: TutorContext) -> (prompt: String, field: TextFieldState)? {
    if let valueField { return ("\(focusedKey.name) = ", valueField) }
    if case .asking(let target, let field) = prediction {
      let line = target.line.isEmpty ? context.text(Phrase("no compression", "不压缩")) : target.line
      let prompt =
        context.language == .english
        ? "\(guessed.title(.english)) with \(line)?  \(guessed.unit.prompt)"
        : "\(line)：\(guessed.title(.simplifiedChinese))是多少？ \(guessed.unit.prompt)"
      return (prompt, field)
    }
    return nil
  }

  private func fieldRect(in status: Rect, prompt: String) -> Rect {
    status.splitLeft(min(TextWidth.width(of: prompt), max(0, status.width - 8))).rest
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    guard let (prompt, field) = fieldPrompt(context) else { return nil }
    let status = LabLayout(area: area, knobCount: knobs.count).status
    return TextField(state: field).cursorPoint(in: fieldRect(in: status, prompt: prompt))
  }

  private func drawStatus(into canvas: inout Canvas, _ layout: LabLayout, _ context: TutorContext) {
    let rect = layout.status
    if let (prompt, field) = fieldPrompt(context) {
      let fieldRect = fieldRect(in: rect, prompt: prompt)
      canvas.write(
        [StyledRun(prompt, .role(.accent, bold: true))], row: 0,
        of: rect.splitLeft(fieldRect.x - rect.x).left, glyphs: context.glyphs)
      TextField(state: field).render(into: &canvas, in: fieldRect, glyphs: context.glyphs)
      return
    }
    let pages = pages(in: layout).pages.count
    let number = " \(min(page, pages - 1) + 1)/\(pages)"
    let (line, right) = rect.splitRight(TextWidth.width(of: number))
    canvas.write(statusLine(context), row: 0, of: line, glyphs: context.glyphs)
    canvas.write(
      [StyledRun(number, .role(.muted))], row: 0, of: right, glyphs: context.glyphs)
  }

  private func statusLine(_ context: TutorContext) -> StyledLine {
    let isEnglish = context.language == .english
    if let stopped = live.stopped {
      return [
        StyledRun(LiveProgress.stoppedText(stopped, isEnglish), .role(.warning, bold: true))
      ]
    }
    if let refusal { return [StyledRun(refusal, .role(.bad, bold: true))] }
    switch prediction {
    case .arming:
      return [
        StyledRun(
          isEnglish
            ? "Predicting: set the knobs, then Enter to type your guess (p cancels)"
            : "预测模式：先调好旋钮，再按回车输入猜测（p 取消）", .role(.warning, bold: true))
      ]
    case .waiting(_, let guess):
      return [
        StyledRun(isEnglish ? "your guess " : "你的猜测 ", .role(.muted)),
        StyledRun(guessed.unit.text(guess), .role(.accent, bold: true)),
      ]
    case .resolved(_, let guess, let truth):
      return [
        StyledRun(isEnglish ? "your guess " : "你的猜测 ", .role(.muted)),
        StyledRun(guessed.unit.text(guess), .role(.accent, bold: true)),
        StyledRun(isEnglish ? "  ·  truth " : "  ·  实测 ", .role(.muted)),
        StyledRun(guessed.unit.text(truth), .role(.good, bold: true)),
        StyledRun(
          "  ·  " + context.text(guessed.unit.distance(guess, truth)),
          .role(guessed.unit.isClose(guess, truth) ? .good : .warning)),
      ]
        + (experimentID == nil
          ? [] : [StyledRun(isEnglish ? "  (t: why)" : "（t：看解释）", .role(.muted))])
    case .none, .asking:
      if let challenge = challenge(context) { return challengeLine(challenge, context) }
      return recipe.line.isEmpty ? [] : [StyledRun(recipe.line, .role(.code))]
    }
  }

  /// The experiment's text: what to do, and once something was guessed or measured, what it shows.
  func textLines(width: Int, _ context: TutorContext) -> [StyledLine] {
    guard width > 0 else { return [] }
    let typesetter = context.typesetter
    if let challenge = challenge(context) {
      return challengeText(challenge, width: width, context)
    }
    guard let experiment = experiment(context) else {
      let invitation = Phrase(
        "The free lab: every knob of the recipe. Whatever you set is measured on all test images.",
        "自由实验室：配方的每个旋钮都在这里。你设的任何组合，都会在全部测试图像上实测。")
      var lines = TextWrapping.wrap(context.text(invitation), width: width) + [[]]
      lines.append([StyledRun("nibble measure --set …", .role(.code))])
      lines += TextWrapping.wrap(
        recipe.line.isEmpty ? "(no --set needed)" : recipe.line, style: .role(.code), width: width)
      return lines + curveReadingLines(width: width, context)
    }
    var lines = typesetter.sectionTitle(experiment.title, width: width) + [[]]
    lines += typesetter.lines(for: experiment.introduction, width: width)
    guard !prediction.isOpen else { return lines }
    lines += [[]] + typesetter.sectionTitle(context.text(Phrases.explanation), width: width) + [[]]
    return lines + typesetter.lines(for: experiment.explanation, width: width)
      + curveReadingLines(width: width, context)
  }

  /// The line of the text at which the explanation begins.
  func explanationLine(width: Int, _ context: TutorContext) -> Int {
    guard let experiment = experiment(context), width > 0 else { return 0 }
    // The title with an empty line below it, the introduction, and an empty line.
    return context.typesetter.lines(for: experiment.introduction, width: width).count + 3
  }

  /// The columns of the text in its pane.
  static func textWidth(in rect: Rect) -> Int {
    min(rect.width - 2, LessonTypesetter.comfortableMeasure)
  }
}
