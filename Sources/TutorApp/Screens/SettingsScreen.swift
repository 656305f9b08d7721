import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// How the tutor looks, and how the learner wants to study.
struct SettingsScreen: TutorScreen {
  private enum Row: Hashable {
    case language, colors, glyphs
    case study(StudySetting)

    static let all: [Row] = [.language, .colors, .glyphs] + StudySetting.allCases.map(Row.study)
  }

  private var selection = SelectionState()
  /// The value being typed, if one is.
  private var field: TextFieldState?

  /// Makes the screen.
  init() {}

  private var row: Row { Row.all[selection.index] }

  var position: ScreenPosition? { .settings }

  func title(_ context: TutorContext) -> String { context.text(Phrases.settings) }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    if field != nil {
      return [
        KeyBinding(.submit, [.enter], Phrase("set"), Phrase("set the typed value")),
        KeyBinding(.skip, [.escape], Phrase("cancel"), Phrase("leave the value")),
      ]
    }
    var bindings = [
      CommonKeys.up,
      KeyBinding(
        .increase, [.right, .character(" "), .character("l")], Phrase("change"),
        Phrase("the next option, or one step more"), shown: "←→"),
      KeyBinding(
        .decrease, [.left, .character("h")], Phrase("change"),
        Phrase("the option before, or one step less"), inBar: false),
    ]
    if case .study(let setting) = row, setting != .confidence {
      bindings.append(
        KeyBinding(
          .enterValue, [.enter], Phrase("type"), Phrase("type the value; a digit starts it too")))
    } else {
      bindings.append(
        KeyBinding(.increase, [.enter], Phrase("change"), Phrase("the next option"), inBar: false))
    }
    return bindings + [
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.first, CommonKeys.last,
    ]
  }

  // MARK: Keys

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    if var field {
      guard field.handle(key) else { return nil }
      self.field = field
      return []
    }
    guard case .study(let setting) = row, setting != .confidence,
      case .character(let character) = key, character.isASCII, character.isNumber
    else { return nil }
    field = TextFieldState(String(character))
    return []
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    switch command {
    case .submit: return enter(&context)
    case .skip:
      field = nil
      return []
    case .back: return [.pop]
    case .increase: return change(by: 1, &context)
    case .decrease: return change(by: -1, &context)
    case .enterValue:
      if case .study(let setting) = row {
        field = setting.typed(context.study.settings).map { TextFieldState($0) }
      }
      return []
    default:
      _ = selection.perform(command, count: Row.all.count, visible: Row.all.count)
      return []
    }
  }

  private mutating func enter(_ context: inout TutorContext) -> [TutorEffect] {
    guard let text = field?.text, case .study(let setting) = row else { return [] }
    let today = context.study.day.date
    switch setting.entered(text, context.study.settings, today: today) {
    case .success(let settings):
      field = nil
      return store(settings, context)
    case .failure(let fault):
      context.notice = context.text(fault.reason)
      return []
    }
  }

  private func store(_ settings: StudySettings, _ context: TutorContext) -> [TutorEffect] {
    guard settings != context.study.settings else { return [] }
    return [.store(.setStudySettings(settings))]
  }

  private func change(by step: Int, _ context: inout TutorContext) -> [TutorEffect] {
    func other<Option: CaseIterable & Equatable>(_ option: Option) -> Option
    where Option.AllCases == [Option] {
      let all = Option.allCases
      let index = all.firstIndex(of: option) ?? 0
      return all[(index + step + all.count) % all.count]
    }
    switch row {
    case .language: context.preferences.language = other(context.preferences.language)
    case .colors: context.preferences.colors = other(context.preferences.colors)
    case .glyphs: context.preferences.glyphs = other(context.preferences.glyphs)
    case .study(let setting):
      let study = context.study
      return store(setting.stepped(study.settings, by: step, today: study.day.date), context)
    }
    return [.store(.keepSettings(context.preferences.settings))]
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard mouse.action == .press, field == nil else { return [] }
    for (index, row) in Row.all.enumerated() where mouse.point.y == y(of: row, in: area) {
      let wasThere = selection.index == index
      selection.index = index
      // A click on an option turns it; a number or date is chosen first, so that it is not changed
      // by accident.
      if case .study(let setting) = row, setting != .confidence {
        return wasThere ? perform(.enterValue, &context) : []
      }
      return change(by: 1, &context)
    }
    return []
  }

  // MARK: Drawing

  private static let labelWidth = 18

  private func y(of row: Row, in area: Rect) -> Int {
    let index = Row.all.firstIndex(of: row) ?? 0
    // A heading above each group, and a blank line between them.
    return area.y + 2 + index + (index >= 3 ? 2 : 0)
  }

  private func fieldRect(in area: Rect) -> Rect {
    let column = Document.column(in: area)
    return Rect(x: column.x + Self.labelWidth + 1, y: y(of: row, in: area), width: 16, height: 1)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    field.flatMap { TextField(state: $0).cursorPoint(in: fieldRect(in: area)) }
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area)
    let headings = [
      (y(of: .language, in: area) - 1, Phrase("Look")),
      (y(of: .study(.retention), in: area) - 1, Phrase("Study")),
    ]
    for (y, heading) in headings {
      canvas.write(
        context.text(heading), at: Point(x: column.x, y: y), style: .role(.heading, bold: true),
        in: column)
    }
    for row in Row.all {
      let line = Rect(x: column.x, y: y(of: row, in: area), width: column.width, height: 1)
      draw(row, into: &canvas, in: line, isSelected: row == self.row, context)
    }
    if let field {
      TextField(state: field).render(into: &canvas, in: fieldRect(in: area))
    }
    let top = y(of: .study(.confidence), in: area) + 2
    canvas.write(
      TextWrapping.wrap([StyledRun(context.text(hint), .role(.muted))], width: column.width),
      in: Rect(x: column.x, y: top, width: column.width, height: area.maxY - top))
  }

  private var hint: Phrase {
    if case .study(let setting) = row { return setting.explanation }
    return Phrase("Changes are kept at once. NO_COLOR and --ascii overrule them for one run.")
  }

  private func draw(
    _ row: Row, into canvas: inout Canvas, in line: Rect, isSelected: Bool, _ context: TutorContext
  ) {
    let preferences = context.preferences
    let label: Phrase
    let options: [String]
    let chosen: Int
    switch row {
    case .language:
      label = Phrase("Language")
      options = Language.allCases.map(\.ownName)
      chosen = Language.allCases.firstIndex(of: preferences.language) ?? 0
    case .colors:
      label = Phrase("Theme")
      options = [Phrase("dark"), Phrase("light"), Phrase("no colours")]
        .map(context.text)
      chosen = Preferences.Colors.allCases.firstIndex(of: preferences.colors) ?? 0
    case .glyphs:
      label = Phrase("Glyphs")
      options = [Phrase("automatic"), Phrase(verbatim: "Unicode"), Phrase(verbatim: "ASCII")]
        .map(context.text)
      chosen = Preferences.Glyphs.allCases.firstIndex(of: preferences.glyphs) ?? 0
    case .study(.confidence):
      label = StudySetting.confidence.name
      options = [Phrase("on"), Phrase("off")].map(context.text)
      chosen = context.study.settings.asksConfidence ? 0 : 1
    case .study(let setting):
      label = setting.name
      options = isSelected && field != nil ? [] : [setting.value(context.study.settings, context)]
      chosen = 0
    }
    ChoiceBar(
      label: context.text(label), options: options, selection: chosen, isFocused: isSelected,
      labelWidth: Self.labelWidth
    ).render(into: &canvas, in: line)
  }
}
