import Curriculum
import Localization
import Presentation
package import TerminalCanvas

/// Draws the tutor: the bar at the top, the shown screen, and the key bar.
package enum TutorView {
  /// What the terminal shows for a model, and where its cursor stands.
  package static func draw(_ model: TutorModel) -> (canvas: Canvas, cursor: Point?) {
    let context = model.context
    var canvas = Canvas(size: model.size, glyphs: context.glyphs)
    if model.isTooSmall {
      drawTooSmall(into: &canvas, model)
      return (canvas.transliterated(to: canvas.glyphs), nil)
    }
    let screen = model.screen
    drawTitle(screen.title(context), into: &canvas, context)
    canvas.clipped(to: model.area) { screen.draw(into: &$0, in: model.area, context) }
    drawKeys(into: &canvas, model)
    return (canvas.transliterated(to: canvas.glyphs), screen.cursor(in: model.area, context))
  }

  /// The key whose name in the key bar lies under a cell.
  package static func key(at point: Point, in model: TutorModel) -> Key? {
    guard point.y == model.size.height - 1, model.context.notice == nil else { return nil }
    let bar = keyBar(model)
    guard let item = bar.item(at: point, in: keyBarRect(model)) else { return nil }
    return barBindings(model).first { Self.item(for: $0, model) == item }?.keys.first
  }

  private static func drawTitle(_ title: String, into canvas: inout Canvas, _ context: TutorContext)
  {
    let bar = Rect(x: 0, y: 0, width: canvas.size.width, height: 1)
    canvas.fill(bar, style: Style(foreground: .role(.bar), background: .role(.bar)))
    let style = Style(foreground: .role(.text), background: .role(.bar), bold: true)
    let language = context.text(Phrase("en"))
    canvas.write(
      TextFitting.truncate(title, to: max(0, bar.width - 8)), at: Point(x: 1, y: 0), style: style,
      in: bar)
    canvas.write(
      language, at: Point(x: bar.width - 3, y: 0),
      style: Style(foreground: .role(.muted), background: .role(.bar)), in: bar)
  }

  private static func barBindings(_ model: TutorModel) -> [KeyBinding] {
    model.screen.bindings(model.context).filter(\.isInBar)
  }

  private static func keyBarRect(_ model: TutorModel) -> Rect {
    Rect(x: 0, y: model.size.height - 1, width: model.size.width, height: 1)
  }

  private static func keyBar(_ model: TutorModel) -> KeyBar {
    KeyBar(barBindings(model).map { item(for: $0, model) })
  }

  private static func item(for binding: KeyBinding, _ model: TutorModel) -> KeyBar.Item {
    KeyBar.Item(binding.keyName, binding.label(model.context.language))
  }

  private static func drawKeys(into canvas: inout Canvas, _ model: TutorModel) {
    let rect = keyBarRect(model)
    guard let notice = model.context.notice else {
      keyBar(model).render(into: &canvas, in: rect)
      return
    }
    canvas.fill(rect, style: Style(background: .role(.bar)))
    canvas.write(
      TextFitting.truncate(notice, to: max(0, rect.width - 2)), at: Point(x: 1, y: rect.y),
      style: Style(foreground: .role(.warning), background: .role(.bar), bold: true), in: rect)
  }

  private static func drawTooSmall(into canvas: inout Canvas, _ model: TutorModel) {
    let least = TutorModel.minSize
    let context = model.context
    let lines = [
      context.text(Phrases.windowTooSmall),
      context.text(
        Phrase("\(model.size.width)×\(model.size.height), needs \(least.width)×\(least.height)")),
      context.text(Phrase("Enlarge it, or q quits.")),
    ].flatMap { TextWrapping.wrap([StyledRun($0)], width: max(1, model.size.width)) }
    let top = max(0, (model.size.height - lines.count) / 2)
    for (row, line) in lines.enumerated() {
      let width = line.reduce(0) { $0 + TextWidth.width(of: $1.text) }
      canvas.write(line, at: Point(x: max(0, (model.size.width - width) / 2), y: top + row))
    }
  }
}
