import Curriculum
import Localization
import Presentation
import TerminalCanvas

/// All keys of the screen it was opened from, made from the table that dispatches them.
struct HelpScreen: DocumentScreen {
  private let subject: String
  private let explained: [KeyBinding]
  /// Whether text is typed on that screen.
  private let isTyped: Bool
  var scroll = ScrollState()

  /// Makes the help for a screen.
  init(explaining screen: any TutorScreen, _ context: TutorContext) {
    subject = screen.title(context)
    explained = screen.bindings(context)
    // Any window will do: the question is only whether there is a text cursor.
    isTyped =
      screen.cursor(in: Rect(TutorModel.minSize), context) != nil
  }

  /// What keys do in a line of text, by their names.
  private static let editing: [(keys: String, explanation: Phrase)] = [
    ("← → ^B ^F", Phrase("a character to the left, to the right")),
    ("Ctrl-← → Alt-B F", Phrase("a word to the left, to the right")),
    ("Home End ^A ^E", Phrase("to the start, to the end")),
    ("^W Alt-Backspace", Phrase("delete the word to the left")),
    ("Alt-D", Phrase("delete the word to the right")),
    ("^U ^K", Phrase("delete all to the left, to the right")),
  ]

  func title(_ context: TutorContext) -> String { context.text(Phrases.help) }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [CommonKeys.back] + CommonKeys.scrolling
  }

  func document(in area: Rect, _ context: TutorContext) -> (Document, Rect) {
    let column = Document.column(in: area).inset(vertically: 1)
    let typesetter = context.typesetter
    var lines = typesetter.sectionTitle(
      context.text(Phrase("Keys: ")) + subject, width: column.width)
    let everywhere = CommonKeys.everywhere.filter { common in
      !explained.contains { $0.command == common.command }
    }
    for (title, bindings) in [
      (nil, explained), (Phrase("On every screen"), everywhere),
    ] {
      if let title {
        lines += [[]] + typesetter.sectionTitle(context.text(title), width: column.width)
      }
      for binding in bindings {
        let keys = binding.allKeyNames
        let padding = String(repeating: " ", count: max(1, 20 - TextWidth.width(of: keys)))
        lines += TextWrapping.wrap(
          [
            StyledRun("  " + keys + padding, .role(.accent)),
            StyledRun(context.text(binding.explanation)),
          ], width: column.width, hangingIndent: 22)
      }
    }
    if isTyped {
      let title = Phrase("Where text is typed")
      lines += [[]] + typesetter.sectionTitle(context.text(title), width: column.width)
      for (keys, explanation) in Self.editing {
        lines.append([
          StyledRun("  " + TextFitting.pad(keys, to: 20), .role(.accent)),
          StyledRun(context.text(explanation)),
        ])
      }
    }
    let mouse = Phrase(
      "The mouse works too: click rows, choices and key names, drag sliders, turn the wheel.")
    lines +=
      [[]] + TextWrapping.wrap([StyledRun(context.text(mouse), .role(.muted))], width: column.width)
    return (Document(lines: lines), column)
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    if scroll(command, context) { return [] }
    return command == .back ? [.pop] : []
  }

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    key == .character("?") || key == .function(1) ? [.pop] : nil
  }
}
