import Compression
import Curriculum
import Lab
import Localization
import TerminalCanvas

/// What keys and the mouse do in the lab.
extension LabScreen {
  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    if field != nil { return field?.handle(key) == true ? [] : nil }
    guard case .character(let character) = key, character.isASCII,
      character.isNumber || character == ".", focusedKnob.takesNumbers
    else { return nil }
    field = TextFieldState(String(character))
    return []
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    switch command {
    case .back: return session.prediction.isOpen ? ask { $0.endPrediction() } : [.pop]
    case .up where session.prediction.isAsking, .down where session.prediction.isAsking,
      .pageUp, .pageDown:
      scrollPane(command, in: area, context)
      return []
    case .up, .down:
      moveFocus(command)
      return []
    case .increase, .decrease, .increaseCoarsely, .decreaseCoarsely, .first, .last, .resetKnob,
      .resetRecipe:
      return set(command, at: context.now)
    case .enterValue:
      if focusedKnob.takesNumbers { field = TextFieldState() }
      return []
    case .submit: return submit(&context)
    case .skip: return skip()
    case .predict:
      guessed = .accuracy
      return ask { $0.togglePrediction() }
    case .sweep: return isMeasured(&context) ? ask { $0.sweep() } : []
    case .submitAttempt: return submitAttempt(&context)
    case .hint: return showHint(&context)
    case .endTraining:
      if session.results.isTraining { return [.endTraining] }
      return session.results.stopped == nil ? [] : ask { $0.measure() }
    case .cancelTraining: return ask { $0.cancelTraining() }
    case .nextView: return turnPage(by: 1, context)
    case .previousView: return turnPage(by: -1, context)
    case .toggleText: return toggleText(in: area, context)
    case .openInspector: return openInspector(&context)
    case .openFaultHunt: return [.push(FaultHuntScreen())]
    case .compareSeeds: return toggleSeeds(&context)
    case .showCode: return [.push(CodeScreen(recipe: session.recipe))]
    case .nextLayer:
      session.showNextKernel()
      return panelRequests(context)
    case .nextPicture: return browse(by: 1, context)
    case .previousPicture: return browse(by: -1, context)
    default: return performWorkflow(command, &context)
    }
  }

  /// Moves the focus among the knobs.
  mutating func moveFocus(_ command: Command) {
    let count = session.knobs.count
    _ = focus.perform(command, count: count, visible: count)
  }

  // MARK: Knobs

  private mutating func set(_ command: Command, at now: Double) -> [TutorEffect] {
    let knob = focusedKnob
    let scale = KnobScale(knob, for: session.recipe)
    return ask { session in
      switch command {
      case .increase: session.turn(knob, by: 1, at: now)
      case .decrease: session.turn(knob, by: -1, at: now)
      case .increaseCoarsely: session.turn(knob, by: 1, coarsely: true, at: now)
      case .decreaseCoarsely: session.turn(knob, by: -1, coarsely: true, at: now)
      case .first: session.set(knob, to: scale.value(at: 0), at: now)
      case .last: session.set(knob, to: scale.value(at: 1), at: now)
      case .resetKnob: session.set(knob, to: knob.defaultValue, at: now)
      default: session.change(to: session.startingRecipe, at: now)
      }
    }
  }

  // MARK: The field

  private mutating func submit(_ context: inout TutorContext) -> [TutorEffect] {
    guard let field else {
      session.askForGuess()
      if session.prediction.isAsking { self.field = TextFieldState() }
      return []
    }
    return session.prediction.isAsking
      ? submitGuess(field.text, &context) : submitValue(field.text, &context)
  }

  private mutating func submitGuess(
    _ text: String, _ context: inout TutorContext
  ) -> [TutorEffect] {
    guard let guess = guessed.unit.value(from: text) else {
      context.notice = context.text(guessed.unit.example)
      return []
    }
    field = nil
    lesson.isShown = false
    lesson.page = .experiment
    return ask { $0.guess(guess, at: context.now) }
  }

  private mutating func submitValue(
    _ text: String, _ context: inout TutorContext
  ) -> [TutorEffect] {
    let (knob, text) = (focusedKnob, text.filter { !$0.isWhitespace })
    let percent = text.hasSuffix("%") ? Double(text.dropLast()) : nil
    var changed = session.recipe
    guard knob.write(&changed, percent.map { String($0 / 100) } ?? text) else {
      context.notice = context.text(RecipeError.notAllowed(key: knob.name, value: text).text)
      return []
    }
    field = nil
    return ask { $0.change(to: changed, moving: knob, at: context.now) }
  }

  private mutating func skip() -> [TutorEffect] {
    field = nil
    guard session.prediction.isAsking else { return [] }
    lesson.isShown = false
    return ask { $0.endPrediction() }
  }

  // MARK: The mouse

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let layout = LabLayout(area: area, knobCount: session.knobs.count)
    switch mouse.action {
    case .press:
      guard field == nil, let row = layout.knobRow(at: mouse.point, focus: focus.index)
      else { return [] }
      focus.index = row
      dragged = row
      session.takeHold()
      return slide(to: mouse.point, row: row, layout, context)
    case .drag:
      guard let row = dragged else { return [] }
      return slide(to: mouse.point, row: row, layout, context)
    case .release:
      dragged = nil
      session.letGo()
      return []
    case .scrollUp, .scrollDown: return scroll(mouse, in: area, layout, context)
    }
  }

  private mutating func slide(
    to point: Point, row: Int, _ layout: LabLayout, _ context: TutorContext
  ) -> [TutorEffect] {
    let knob = session.knobs[row]
    let rect = layout.knobRect(row: row, focus: focus.index)
    // A press on the title only chooses the knob.
    guard let fraction = knobRow(row, context).fraction(at: point.x, in: rect)
    else { return [] }
    let value = KnobScale(knob, for: session.recipe).value(at: fraction)
    return ask { $0.set(knob, to: value, at: context.now) }
  }
}

extension Knob {
  /// Whether a value is typed as a number.
  fileprivate var takesNumbers: Bool { if case .name = kind { false } else { true } }
}
