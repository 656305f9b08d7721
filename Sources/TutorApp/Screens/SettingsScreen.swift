import Curriculum
import TerminalCanvas

/// Language, theme and glyphs.
struct SettingsScreen: TutorScreen {
  private enum Row: Int, CaseIterable {
    case language, colors, glyphs
  }

  private var selection = SelectionState()

  /// Makes the screen.
  init() {}

  var position: ScreenPosition? { .settings }

  func title(_ context: TutorContext) -> String { context.text(Phrases.settings) }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      CommonKeys.up,
      KeyBinding(
        .increase, [.right, .enter, .character(" "), .character("l")], Phrase("change", "更改"),
        Phrase("the next option", "切换到下一个选项"), shown: "←→"),
      KeyBinding(
        .decrease, [.left, .character("h")], Phrase("change", "更改"),
        Phrase("the option before", "切换到上一个选项"), inBar: false),
      CommonKeys.back, CommonKeys.help, CommonKeys.down,
    ]
  }

  mutating func perform(
    _ command: Command, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    if selection.perform(command, count: Row.allCases.count, visible: Row.allCases.count) {
      return []
    }
    switch command {
    case .back: return [.pop]
    case .increase: return change(by: 1, &context)
    case .decrease: return change(by: -1, &context)
    default: return []
    }
  }

  private func change(by step: Int, _ context: inout TutorContext) -> [TutorEffect] {
    func other<Option: CaseIterable & Equatable>(_ option: Option) -> Option
    where Option.AllCases == [Option] {
      let all = Option.allCases
      let index = all.firstIndex(of: option) ?? 0
      return all[(index + step + all.count) % all.count]
    }
    switch Row(rawValue: selection.index) {
    case .language: context.preferences.language = other(context.preferences.language)
    case .colors: context.preferences.colors = other(context.preferences.colors)
    case .glyphs: context.preferences.glyphs = other(context.preferences.glyphs)
    case nil: return []
    }
    return [.storePreferences(context.preferences)]
  }

  mutating func point(
    _ mouse: MouseEvent, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    guard mouse.action == .press else { return [] }
    for row in Row.allCases where mouse.point.y == y(of: row, in: area) {
      selection.index = row.rawValue
      return change(by: 1, &context)
    }
    return []
  }

  private func y(of row: Row, in area: Rect) -> Int { area.y + 2 + 2 * row.rawValue }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area)
    let preferences = context.preferences
    let rows: [(Row, Phrase, [String], Int)] = [
      (
        .language, Phrase("Language", "语言"), Language.allCases.map(Phrases.name(of:)),
        Language.allCases.firstIndex(of: preferences.language) ?? 0
      ),
      (
        .colors, Phrase("Theme", "主题"),
        [Phrase("dark", "深色"), Phrase("light", "浅色"), Phrase("no colours", "无彩色")]
          .map(context.text),
        Preferences.Colors.allCases.firstIndex(of: preferences.colors) ?? 0
      ),
      (
        .glyphs, Phrase("Glyphs", "字符"),
        [Phrase("automatic", "自动"), Phrase("Unicode", "Unicode"), Phrase("ASCII", "ASCII")]
          .map(context.text),
        Preferences.Glyphs.allCases.firstIndex(of: preferences.glyphs) ?? 0
      ),
    ]
    for (row, label, options, chosen) in rows {
      let y = y(of: row, in: area)
      let isSelected = row.rawValue == selection.index
      ChoiceBar(
        label: context.text(label), options: options, selection: chosen, isFocused: isSelected
      ).render(
        into: &canvas, in: Rect(x: column.x, y: y, width: column.width, height: 1),
        glyphs: context.glyphs)
    }
    let hint = Phrase(
      "Changes are kept at once. NO_COLOR and --ascii overrule them for one run.",
      "更改立即保存。环境变量 NO_COLOR 和选项 --ascii 只对当次运行优先。")
    for (row, line) in TextWrapping.wrap(
      [StyledRun(context.text(hint), .role(.muted))], width: column.width
    ).enumerated() {
      canvas.write(line, at: Point(x: column.x, y: area.y + 9 + row), in: column)
    }
  }
}
