import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

/// The lab's recipe as one line for a shell, and a field that takes such a line.
struct ShareScreen: TutorScreen {
  private let command: RecipeCommand
  private var field = TextFieldState()
  private var problem: String?

  /// Makes the screen for a recipe on a network and images.
  init(recipe: Recipe, source: LaboratorySource) {
    command = RecipeCommand(recipe, model: source.model, data: source.data)
  }

  func title(_ context: TutorContext) -> String {
    context.text(Phrases.lab) + " · " + context.text(Phrase("share a recipe"))
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      KeyBinding(
        .submit, [.enter], Phrase("use the line"), Phrase("set the lab to the recipe in the field")),
      KeyBinding(
        .copyLine, [.control("y")], Phrase("copy"),
        Phrase("hand the line to the terminal's clipboard")),
      KeyBinding(.back, [.escape], Phrase("back"), Phrase("back to the lab")),
    ]
  }

  /// What is said after a text was handed to the terminal, or could not be.
  static func notice(copied: Bool) -> Phrase {
    copied
      ? Phrase("Sent to the terminal's clipboard, if your terminal allows it (OSC 52).")
      : Phrase("This terminal has no clipboard for programs: select the line with the mouse.")
  }

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    if key == .control("y") { return nil }
    guard field.handle(key) else { return nil }
    problem = nil
    return []
  }

  /// Takes all lines of what is pasted: a shell's line may go on behind a backslash.
  mutating func paste(_ text: String, _ context: inout TutorContext) -> [TutorEffect] {
    field.insert(String(text.prefix(RecipeCommand.maxLength)))
    problem = nil
    return []
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    switch command {
    case .back: return [.pop]
    case .copyLine: return [.copy(self.command.line)]
    case .submit: return submit(context)
    default: return []
    }
  }

  private mutating func submit(_ context: TutorContext) -> [TutorEffect] {
    guard !field.text.allSatisfy(\.isWhitespace) else { return [.pop] }
    do throws(RecipeError) {
      let pasted = try RecipeCommand(parsing: field.text)
      if let problem = Self.mismatch(pasted, context) {
        self.problem = problem
        return []
      }
      return [.use(pasted.recipe)]
    } catch {
      problem = context.text(error.text)
      return []
    }
  }

  /// Why a line cannot be used here: it was made for another network.
  private static func mismatch(_ pasted: RecipeCommand, _ context: TutorContext) -> String? {
    let source = context.laboratorySource
    guard
      pasted.model != source.model && pasted.model != nil
        || pasted.data != source.data && pasted.data != nil
    else { return nil }
    return context.text(
      Phrase("The line is for other files (--model, --data). Open them with F in the lab first."))
  }

  // MARK: Drawing

  private func column(in area: Rect) -> Rect {
    let width = min(area.width - 4, 104)
    return Rect(
      x: area.x + (area.width - width) / 2, y: area.y + 1, width: width, height: area.height - 2)
  }

  /// The lines above the field.
  private func head(width: Int, _ context: TutorContext) -> [StyledLine] {
    let above = Phrase(
      "This line measures the same recipe in a shell. Select it with the mouse (in most terminals with Shift held), or press Ctrl-Y."
    )
    let below = Phrase(
      "Paste or type a line here and press Enter: the lab takes its recipe, and u undoes it.")
    var lines = TextWrapping.wrap(context.text(above), width: width) + [[]]
    // From the first column on, so that a selection of whole lines holds no indent.
    lines += command.lines(width: width).map { [StyledRun($0, .role(.code))] }
    return lines + [[]] + TextWrapping.wrap(context.text(below), width: width) + [[]]
  }

  private func fieldRect(in area: Rect, _ context: TutorContext) -> Rect {
    let column = column(in: area)
    let top = min(head(width: column.width, context).count, max(0, column.height - 3))
    return Rect(x: column.x, y: column.y + top, width: column.width, height: 1)
  }

  private var textField: TextField { TextField(state: field, prompt: "> ") }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    textField.cursorPoint(in: fieldRect(in: area, context))
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = column(in: area)
    let place = fieldRect(in: area, context)
    let lines = head(width: column.width, context).prefix(place.y - column.y)
    canvas.write(lines, in: column)
    canvas.draw(textField, in: place)
    let below = Rect(
      x: column.x, y: place.y + 2, width: column.width, height: column.maxY - place.y - 2)
    canvas.write(verdict(width: column.width, context).prefix(below.height), in: below)
  }

  /// What is wrong with the line, or the recipe that it stands for.
  private func verdict(width: Int, _ context: TutorContext) -> [StyledLine] {
    if let problem {
      return TextWrapping.wrap(problem, style: .role(.bad), width: width)
    }
    guard let pasted = try? RecipeCommand(parsing: field.text), !field.text.isEmpty else {
      return []
    }
    let line = pasted.recipe.line
    let text = line.isEmpty ? context.text(Phrase("no compression")) : line
    return TextWrapping.wrap("✓ \(text)", style: .role(.good), width: width, hangingIndent: 2)
  }
}
