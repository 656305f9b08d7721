import Compression
import Curriculum
import Localization
import Presentation
import TerminalCanvas

/// The lab's recipe as a Python program, or which settings a framework cannot do.
struct CodeScreen: DocumentScreen {
  /// The recipe.
  let recipe: Recipe
  /// What the program is written for.
  private(set) var dialect = CodeDialect.keras
  var scroll = ScrollState()

  /// Makes the screen for a recipe.
  init(recipe: Recipe) { self.recipe = recipe }

  private static func name(of dialect: CodeDialect) -> String {
    switch dialect {
    case .keras: "Keras"
    case .pytorch: "PyTorch"
    }
  }

  func title(_ context: TutorContext) -> String {
    context.text(Phrases.lab) + " · " + Self.name(of: dialect)
  }

  private var other: CodeDialect { dialect == .keras ? .pytorch : .keras }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      KeyBinding(
        .nextView, [.tab, .character("c")], Phrase(verbatim: "Keras/PyTorch"),
        Phrase("the program for the other framework"))
    ] + [CommonKeys.back] + CommonKeys.scrolling + [CommonKeys.help]
  }

  /// What the program is, in a few lines.
  private func introduction(width: Int, _ context: TutorContext) -> [StyledLine] {
    let command =
      "nibble show recipe --as \(dialect.rawValue)"
      + recipe.line.split(separator: " ").map { " --set \($0)" }.joined()
    let sentence = Phrase(
      "The same recipe as a program for \(Self.name(of: dialect)). This command prints it, to be "
        + "redirected into a file:")
    return TextWrapping.wrap(context.text(sentence), width: width)
      + TextWrapping.wrap(command, style: .role(.code), width: width, hangingIndent: 4) + [[]]
  }

  /// The settings that stand in the way, each with its reason.
  private func obstacles(_ code: RecipeCode, width: Int, _ context: TutorContext) -> [StyledLine] {
    let sentence = Phrase("\(Self.name(of: dialect)) cannot do this recipe:")
    var lines = TextWrapping.wrap(context.text(sentence), width: width) + [[]]
    for obstacle in code.obstacles {
      lines.append([StyledRun(obstacle.setting, .role(.code))])
      lines += TextWrapping.wrap(
        "  " + context.text(obstacle.reason), width: width, hangingIndent: 2)
    }
    let otherCode = try? RecipeCode(recipe, as: other)
    if otherCode?.program != nil {
      let name = Self.name(of: other)
      let hint = Phrase("\(name) can: press Tab.")
      lines += [[]] + TextWrapping.wrap(context.text(hint), style: .role(.good), width: width)
    }
    return lines
  }

  func document(in area: Rect, _ context: TutorContext) -> (Document, Rect) {
    // Programs have lines of up to 100 columns, wider than text is comfortable at.
    let width = min(area.width - 4, 104)
    let column = Rect(
      x: area.x + (area.width - width) / 2, y: area.y, width: width, height: area.height
    ).inset(vertically: 1)
    do throws(RecipeError) {
      let code = try RecipeCode(recipe, as: dialect)
      guard let program = code.program else {
        return (Document(lines: obstacles(code, width: width, context)), column)
      }
      let listing = context.typesetter.lines(
        for: [.code(language: "python", text: program)], width: width)
      return (Document(lines: introduction(width: width, context) + listing), column)
    } catch {
      let lines = TextWrapping.wrap(context.text(error.text), style: .role(.bad), width: width)
      return (Document(lines: lines), column)
    }
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    switch command {
    case .back: return [.pop]
    case .nextView:
      dialect = other
      scroll = ScrollState()
      return []
    default:
      _ = scroll(command, context)
      return []
    }
  }
}
