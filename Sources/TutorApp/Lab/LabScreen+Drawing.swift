import Compression
import Curriculum
import Lab
import Localization
import TerminalCanvas

extension LabScreen {
  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let layout = LabLayout(area: area, knobCount: session.knobs.count)
    let inputs = inputs(context)
    drawKnobs(into: &canvas, layout, context)
    LabGauges(inputs: inputs, status: context.laboratory).draw(into: &canvas, in: layout.gauges)
    drawStatus(into: &canvas, layout, context)
    if layout.hasSidePane {
      let separator = Rect(x: layout.text.x - 2, y: area.y, width: 1, height: area.height)
      canvas.fill(separator, with: "│", style: .role(.border))
    }
    if layout.hasSidePane || lesson.isShown { drawPane(into: &canvas, in: layout.text, context) }
    guard !isTextInPanelsPlace(layout) else { return }
    for place in pages(in: layout).page(page) {
      PanelFrame(panel: place.panel, inputs: inputs).draw(into: &canvas, in: place.rect)
    }
  }

  // MARK: Knobs

  /// The line of a knob.
  func knobRow(_ row: Int, _ context: TutorContext) -> KnobRow {
    KnobRow(
      key: session.knobs[row], recipe: session.recipe, isFocused: row == focus.index,
      context: context, labelWidth: KnobRow.labelWidth(for: session.knobs, context),
      valueWidth: KnobRow.valueWidth(for: session.knobs))
  }

  private func drawKnobs(into canvas: inout Canvas, _ layout: LabLayout, _ context: TutorContext) {
    let (first, count) = (layout.firstKnob(focus: focus.index), session.knobs.count)
    for row in first..<min(count, first + layout.knobs.height) {
      knobRow(row, context)
        .draw(into: &canvas, in: layout.knobRect(row: row, focus: focus.index))
    }
    drawHelp(into: &canvas, layout, context)
    if first > 0 || first + layout.knobs.height < count {
      ScrollBar(total: count, visible: layout.knobs.height, offset: first).render(
        into: &canvas,
        in: Rect(x: layout.knobs.maxX, y: layout.knobs.y, width: 1, height: layout.knobs.height))
    }
  }

  /// What the focused knob does, where the sliders leave room.
  private func drawHelp(into canvas: inout Canvas, _ layout: LabLayout, _ context: TutorContext) {
    let used = session.knobs.count + 1
    let room = Rect(
      x: layout.knobs.x, y: layout.knobs.y + used, width: layout.knobs.width - 1,
      height: layout.knobs.height - used)
    guard !room.isEmpty else { return }
    let line: StyledLine = [
      StyledRun("\(focusedKnob.name)  ", .role(.code)),
      StyledRun(context.text(focusedKnob.help), .role(.muted)),
    ]
    for (row, text) in TextWrapping.wrap(line, width: room.width).enumerated() {
      canvas.write(text, row: row, of: room)
    }
  }

  // MARK: Status line

  /// What the status line says before the field, if a field is open.
  private func fieldPrompt(_ context: TutorContext) -> (prompt: String, field: TextFieldState)? {
    guard let field else { return nil }
    guard case .asking(let target) = session.prediction else {
      return ("\(focusedKnob.name) = ", field)
    }
    let line = target.line.isEmpty ? context.text(Phrase("no compression")) : target.line
    let prompt = Phrase("\(guessed.title) with \(line)?  \(guessed.unit.prompt)")
    return (context.text(prompt), field)
  }

  private func fieldRect(in status: Rect, prompt: String) -> Rect {
    status.splitLeft(min(TextWidth.width(of: prompt), max(0, status.width - 8))).rest
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    guard let (prompt, field) = fieldPrompt(context) else { return nil }
    let status = LabLayout(area: area, knobCount: session.knobs.count).status
    return TextField(state: field).cursorPoint(in: fieldRect(in: status, prompt: prompt))
  }

  private func drawStatus(into canvas: inout Canvas, _ layout: LabLayout, _ context: TutorContext) {
    let rect = layout.status
    if let (prompt, field) = fieldPrompt(context) {
      let fieldRect = fieldRect(in: rect, prompt: prompt)
      canvas.write(
        [StyledRun(prompt, .role(.accent, bold: true))], row: 0,
        of: rect.splitLeft(fieldRect.x - rect.x).left)
      TextField(state: field).render(into: &canvas, in: fieldRect)
      return
    }
    let pages = pages(in: layout).pages.count
    let number = " \(min(page, pages - 1) + 1)/\(pages)"
    let (line, right) = rect.splitRight(TextWidth.width(of: number))
    canvas.write(statusLine(context), row: 0, of: line)
    canvas.write([StyledRun(number, .role(.muted))], row: 0, of: right)
  }

  private func statusLine(_ context: TutorContext) -> StyledLine {
    func run(_ phrase: Phrase, _ role: Role, bold: Bool = false) -> StyledRun {
      StyledRun(context.text(phrase), .role(role, bold: bold))
    }
    func guessRuns(_ guess: Double) -> StyledLine {
      [
        run(Phrase("your guess "), .muted),
        StyledRun(guessed.unit.text(guess), .role(.accent, bold: true)),
      ]
    }
    if let stopped = session.results.stopped { return [run(stopped.notice, .warning, bold: true)] }
    if let refusal = session.results.refusal {
      return [StyledRun(context.text(refusal), .role(.bad, bold: true))]
    }
    switch session.prediction {
    case .arming:
      return [
        run(
          Phrase("Predicting: set the knobs, then Enter to type your guess (p cancels)"), .warning,
          bold: true)
      ]
    case .waiting(_, let guess): return guessRuns(guess)
    case .resolved(_, let guess, let truth):
      return guessRuns(guess) + [
        run(Phrase("  ·  truth "), .muted),
        StyledRun(guessed.unit.text(truth), .role(.good, bold: true)),
        StyledRun(
          "  ·  " + context.text(guessed.unit.distance(guess, truth)),
          .role(guessed.unit.isClose(guess, truth) ? .good : .warning)),
      ] + (experimentID == nil ? [] : [run(Phrase("  (t: why)"), .muted)])
    case .none, .asking:
      if let challenge = challenge(context) { return challengeLine(challenge, context) }
      let line = session.recipe.line
      return line.isEmpty ? [] : [StyledRun(line, .role(.code))]
    }
  }
}
