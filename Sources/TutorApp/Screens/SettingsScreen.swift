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
        KeyBinding(
          .submit, [.enter], Phrase("set", "确定"), Phrase("set the typed value", "设为输入的值")),
        KeyBinding(
          .skip, [.escape], Phrase("cancel", "取消"), Phrase("leave the value", "保留原值")),
      ]
    }
    var bindings = [
      CommonKeys.up,
      KeyBinding(
        .increase, [.right, .character(" "), .character("l")], Phrase("change", "更改"),
        Phrase("the next option, or one step more", "切换到下一个选项，或增加一档"), shown: "←→"),
      KeyBinding(
        .decrease, [.left, .character("h")], Phrase("change", "更改"),
        Phrase("the option before, or one step less", "切换到上一个选项，或减少一档"), inBar: false),
    ]
    if case .study(let setting) = row, setting != .confidence {
      bindings.append(
        KeyBinding(
          .enterValue, [.enter], Phrase("type", "输入"),
          Phrase("type the value; a digit starts it too", "输入数值；直接按数字键也可")))
    } else {
      bindings.append(
        KeyBinding(
          .increase, [.enter], Phrase("change", "更改"), Phrase("the next option", "切换到下一个选项"),
          inBar: false))
    }
    return bindings + [
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.first, CommonKeys.last,
    ]
  }

  // MARK: Keys

  mutating func type(
    _ key: Key, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect]? {
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

  mutating func perform(
    _ command: Command, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
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
      return store(
        setting.stepped(study.settings, by: step, today: study.day.date), context)
    }
    return [.store(.keepSettings(context.preferences.settings))]
  }

  mutating func point(
    _ mouse: MouseEvent, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    guard mouse.action == .press, field == nil else { return [] }
    for (index, row) in Row.all.enumerated() where mouse.point.y == y(of: row, in: area) {
      let wasThere = selection.index == index
      selection.index = index
      // A click on an option turns it; a number or date is chosen first, so that it is not changed
      // by accident.
      if case .study(let setting) = row, setting != .confidence {
        return wasThere ? perform(.enterValue, in: area, &context) : []
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
    return Rect(
      x: column.x + Self.labelWidth + 1, y: y(of: row, in: area), width: 16, height: 1)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    field.flatMap { TextField(state: $0).cursorPoint(in: fieldRect(in: area)) }
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area)
    let headings = [
      (y(of: .language, in: area) - 1, Phrase("Look", "外观")),
      (y(of: .study(.retention), in: area) - 1, Phrase("Study", "学习")),
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
      TextField(state: field).render(
        into: &canvas, in: fieldRect(in: area), glyphs: context.glyphs)
    }
    let top = y(of: .study(.confidence), in: area) + 2
    for (index, line) in TextWrapping.wrap(
      [StyledRun(context.text(hint), .role(.muted))], width: column.width
    ).enumerated() {
      canvas.write(line, at: Point(x: column.x, y: top + index), in: column)
    }
  }

  private var hint: Phrase {
    if case .study(let setting) = row { return setting.explanation }
    return Phrase(
      "Changes are kept at once. NO_COLOR and --ascii overrule them for one run.",
      "更改立即保存。环境变量 NO_COLOR 和选项 --ascii 只对当次运行优先。")
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
      label = Phrase("Language", "语言")
      options = Language.allCases.map(\.ownName)
      chosen = Language.allCases.firstIndex(of: preferences.language) ?? 0
    case .colors:
      label = Phrase("Theme", "主题")
      options = [Phrase("dark", "深色"), Phrase("light", "浅色"), Phrase("no colours", "无彩色")]
        .map(context.text)
      chosen = Preferences.Colors.allCases.firstIndex(of: preferences.colors) ?? 0
    case .glyphs:
      label = Phrase("Glyphs", "字符")
      options = [Phrase("automatic", "自动"), Phrase("Unicode", "Unicode"), Phrase("ASCII", "ASCII")]
        .map(context.text)
      chosen = Preferences.Glyphs.allCases.firstIndex(of: preferences.glyphs) ?? 0
    case .study(.confidence):
      label = StudySetting.confidence.name
      options = [Phrase("on", "开"), Phrase("off", "关")].map(context.text)
      chosen = context.study.settings.asksConfidence ? 0 : 1
    case .study(let setting):
      label = setting.name
      options = isSelected && field != nil ? [] : [setting.value(context.study.settings, context)]
      chosen = 0
    }
    ChoiceBar(
      label: context.text(label), options: options, selection: chosen, isFocused: isSelected,
      labelWidth: Self.labelWidth
    ).render(into: &canvas, in: line, glyphs: context.glyphs)
  }
}
