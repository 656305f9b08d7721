import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// The kinds of session, each with what it does and how many items wait.
struct QuizMenuScreen: TutorScreen {
  private var selection: SelectionState
  /// What is chosen for each kind, in the order of the menu.
  private var setups: [QuizSetup]
  /// The choice that ← and → turn, of the selected kind.
  private var knob = 0

  /// Makes the menu with a kind selected and the choices made before.
  init(selection: Int = 0, setups: [QuizSetup] = []) {
    self.selection = SelectionState(selection)
    self.setups = QuizSetup.Kind.allCases.map { kind in
      setups.first { $0.kind == kind } ?? QuizSetup(kind)
    }
    self.selection.clamp(count: self.setups.count)
  }

  var position: ScreenPosition? { .quizMenu(selection: selection.index, setups: setups) }

  func title(_ context: TutorContext) -> String { context.text(Phrases.quiz) }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    var bindings = [
      CommonKeys.up,
      KeyBinding(
        .open, [.enter, .character(" ")], Phrase("start"),
        Phrase("start the selected session; its number does so too")),
    ]
    let knobs = QuizKnob.knobs(of: setups[selection.index].kind)
    if !knobs.isEmpty {
      bindings += [
        KeyBinding(
          .increase, [.right, .character("l")], Phrase("change"),
          Phrase("more items or minutes, the next chapter"), shown: "←→"),
        KeyBinding(
          .decrease, [.left, .character("h")], Phrase("change"),
          Phrase("fewer items or minutes, the chapter before"), inBar: false),
      ]
    }
    if knobs.count > 1 {
      bindings.append(
        KeyBinding(
          .next, [.tab], Phrase("other choice"), Phrase("the next thing to choose for this session")
        ))
    }
    return bindings + [
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.first, CommonKeys.last,
    ]
  }

  // MARK: Keys

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    guard case .character(let character) = key, let digit = character.wholeNumberValue,
      setups.indices.contains(digit - 1)
    else { return nil }
    select(digit - 1)
    return start(&context)
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let before = selection.index
    if selection.perform(command, count: setups.count, visible: setups.count) {
      if selection.index != before { knob = 0 }
      return []
    }
    let knobs = QuizKnob.knobs(of: setups[selection.index].kind)
    switch command {
    case .back: return [.pop]
    case .open: return start(&context)
    case .next: knob = knobs.isEmpty ? 0 : (knob + 1) % knobs.count
    case .increase, .decrease:
      guard knobs.indices.contains(knob) else { return [] }
      setups[selection.index] = knobs[knob].turned(
        setups[selection.index], by: command == .increase ? 1 : -1, context)
    default: break
    }
    return []
  }

  private mutating func select(_ row: Int) {
    if selection.index != row { knob = 0 }
    selection.index = row
  }

  private func start(_ context: inout TutorContext) -> [TutorEffect] {
    let setup = QuizKnob.completed(setups[selection.index], context)
    guard QuizWaiting.count(setup, context) > 0 else {
      context.notice = QuizWaiting.whyEmpty(setup, context)
      return []
    }
    return QuizScreen.opening(setup, context)
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard mouse.action == .press else { return [] }
    let row = (mouse.point.y - Self.firstRow(in: area)) / Self.rowHeight
    guard mouse.point.y >= Self.firstRow(in: area), setups.indices.contains(row) else { return [] }
    if selection.index == row { return start(&context) }
    select(row)
    return []
  }

  // MARK: Drawing

  private static let rowHeight = 2

  private static func firstRow(in area: Rect) -> Int { area.y + 3 }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area)
    canvas.write(
      [StyledRun(QuizWaiting.today(context), .role(.heading, bold: true))],
      at: Point(x: column.x, y: area.y + 1), in: column)
    for (row, setup) in setups.enumerated() {
      let y = Self.firstRow(in: area) + row * Self.rowHeight
      let isSelected = row == selection.index
      let line = Rect(x: column.x, y: y, width: column.width, height: 1)
      let note = QuizWaiting.note(QuizKnob.completed(setup, context), context)
      let noteWidth = TextWidth.width(of: note)
      let mark = isSelected ? "▸" : " "
      canvas.write(
        [
          StyledRun("\(mark) \(row + 1)  ", .role(.accent)),
          StyledRun(context.text(setup.kind.name), .role(.text, bold: true)),
        ], at: Point(x: line.x, y: y), in: line)
      canvas.write(
        note, at: Point(x: line.maxX - noteWidth - 1, y: y), style: .role(.accent), in: line)
      canvas.write(
        context.text(setup.kind.purpose), at: Point(x: line.x + 5, y: y + 1), style: .role(.muted),
        in: Rect(x: line.x, y: y + 1, width: line.width, height: 1))
      if isSelected { canvas.restyle(line) { $0.background = .role(.selection) } }
    }
    drawFoot(into: &canvas, in: area, column: column, context)
  }

  /// What can be chosen for the selected kind, and what today's limits hold back.
  private func drawFoot(
    into canvas: inout Canvas, in area: Rect, column: Rect, _ context: TutorContext
  ) {
    let setup = QuizKnob.completed(setups[selection.index], context)
    let y = Self.firstRow(in: area) + setups.count * Self.rowHeight + 1
    var line: StyledLine = []
    for (index, knob) in QuizKnob.knobs(of: setup.kind).enumerated() {
      let isFocused = index == self.knob
      let style = Style.role(isFocused ? .accent : .text, bold: isFocused)
      line.append(
        StyledRun((index == 0 ? "" : "   ") + context.text(knob.name) + " ", .role(.muted)))
      line.append(StyledRun("◀ \(knob.value(of: setup, context)) ▶", style))
    }
    if line.isEmpty { line = [StyledRun(QuizWaiting.detail(setup, context), .role(.muted))] }
    for (row, wrapped) in TextWrapping.wrap(line, width: column.width).enumerated() {
      canvas.write(wrapped, at: Point(x: column.x, y: y + row), in: column)
    }
  }
}
