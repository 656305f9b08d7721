import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

/// Recipes to choose from: the experiment's own, and those that practice and literature know.
struct PresetsScreen: TutorScreen {
  private let presets: [RecipePreset]
  private let ownCount: Int
  private let hidesResults: Bool
  private var selection = SelectionState()
  private var offset = 0

  /// Makes the list.
  ///
  /// - Parameters:
  ///   - own: The recipes of the experiment or challenge.
  ///   - hidesResults: Whether a guess is open, so that no measured figure may be shown.
  init(own: [RecipePreset], hidesResults: Bool) {
    presets = own + RecipePreset.known
    ownCount = own.count
    self.hidesResults = hidesResults
  }

  func title(_ context: TutorContext) -> String {
    context.text(Phrases.lab) + " · " + context.text(Phrase("presets", context: "title"))
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      CommonKeys.up,
      KeyBinding(
        .open, [.enter], Phrase("use"), Phrase("set the lab to the selected recipe; u undoes it")),
      CommonKeys.back, CommonKeys.help, CommonKeys.down, CommonKeys.pageUp, CommonKeys.pageDown,
      CommonKeys.first, CommonKeys.last,
    ]
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let list = listRect(in: area)
    if selection.perform(command, count: presets.count, visible: list.height) {
      offset = ListView.offset(
        nearest: offset, showing: selection.index, count: presets.count, height: list.height)
      return []
    }
    switch command {
    case .back: return [.pop]
    case .open: return choose(&context)
    default: return []
    }
  }

  /// Uses the selected recipe, unless the network does not allow it.
  private func choose(_ context: inout TutorContext) -> [TutorEffect] {
    let recipe = presets[selection.index].recipe
    if let obstacle = obstacle(recipe, context) {
      context.notice = obstacle
      return []
    }
    return [.use(recipe)]
  }

  /// Why the network cannot do a recipe.
  private func obstacle(_ recipe: Recipe, _ context: TutorContext) -> String? {
    guard case .ready(let facts) = context.laboratory else { return nil }
    do throws(RecipeError) {
      try recipe.checkSupport(by: facts.network)
      return nil
    } catch {
      return context.text(error.text)
    }
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    switch mouse.action {
    case .scrollUp: return perform(.up, &context)
    case .scrollDown: return perform(.down, &context)
    case .press:
      let list = listRect(in: area)
      guard let row = listView(context, width: list.width).row(at: mouse.point, in: list) else {
        return []
      }
      return selection.press(row) ? choose(&context) : []
    default: return []
    }
  }

  // MARK: Drawing

  private static let detailHeight = 6

  private func column(in area: Rect) -> Rect {
    let width = min(area.width - 4, 110)
    return Rect(x: area.x + (area.width - width) / 2, y: area.y, width: width, height: area.height)
  }

  private func listRect(in area: Rect) -> Rect {
    let room = column(in: area).inset(vertically: 1)
    let height = min(presets.count, max(3, room.height - Self.detailHeight - 1))
    return Rect(x: room.x, y: room.y, width: room.width, height: height)
  }

  private func listView(_ context: TutorContext, width: Int) -> ListView {
    ListView(
      rows: presets.indices.map { row(of: $0, width: width - 1, context) },
      selection: selection.index, offset: offset)
  }

  private func row(of index: Int, width: Int, _ context: TutorContext) -> StyledLine {
    let preset = presets[index]
    let isOwn = index < ownCount
    let name: StyledLine = [
      StyledRun(isOwn ? "▸ " : "  ", .role(.accent)),
      StyledRun(context.text(preset.name), .role(isOwn ? .accent : .text)),
    ]
    let result = figures(of: preset.recipe, context)
    let room = max(0, width - TextWidth.width(of: result) - 1)
    return TextFitting.align(name, to: room, alignment: .left) + [StyledRun(" ")] + result
  }

  /// What this session measured of a recipe, or that the network cannot do it.
  private func figures(of recipe: Recipe, _ context: TutorContext) -> StyledLine {
    if obstacle(recipe, context) != nil {
      return [StyledRun(context.text(Phrase("not for this network")), .role(.muted))]
    }
    guard !hidesResults, let known = context.workbench.visited.find(recipe) else {
      let isTraining = recipe.finetune.epochs > 0
      return isTraining
        ? [StyledRun(context.text(Phrase("trains for some seconds")), .role(.muted))] : []
    }
    return [
      StyledRun(QuantityFormat.percent(known.accuracy), .role(.good)),
      StyledRun("  \(NumberText.grouped(known.bytes)) B \(known.format.rawValue)", .role(.muted)),
    ]
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let list = listRect(in: area)
    canvas.draw(listView(context, width: list.width), in: list)
    let detail = Rect(
      x: list.x + 2, y: list.maxY + 1, width: list.width - 3, height: area.maxY - list.maxY - 1)
    let preset = presets[selection.index]
    let line = preset.recipe.line
    var lines = TextWrapping.wrap(context.text(preset.sentence), width: detail.width)
    lines += TextWrapping.wrap(
      line.isEmpty ? context.text(Phrase("no setting")) : line, style: .role(.code),
      width: detail.width)
    for (row, text) in lines.prefix(detail.height).enumerated() {
      canvas.write(text, row: row, of: detail)
    }
  }
}
