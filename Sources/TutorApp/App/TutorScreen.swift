package import Compression
package import Lab
package import Study
package import TerminalCanvas

/// One screen of the tutor: its state, how keys change it, and how it is drawn.
///
/// A value without side effects; what must happen outside is returned as effects.
package protocol TutorScreen: Sendable {
  /// What the bar at the top says.
  func title(_ context: TutorContext) -> String

  /// The screen's own keys; the key bar, the help and the dispatch all come from here.
  func bindings(_ context: TutorContext) -> [KeyBinding]

  /// Draws the screen into an area.
  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext)

  /// Where the terminal's cursor stands, for screens with a text field.
  func cursor(in area: Rect, _ context: TutorContext) -> Point?

  /// Carries out a command of one of its bindings.
  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect]

  /// Takes a key before the bindings do, or leaves it to them by returning nil.
  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]?

  /// Takes text that was pasted as a whole.
  mutating func paste(_ text: String, _ context: inout TutorContext) -> [TutorEffect]

  /// Reacts to the mouse.
  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect]

  /// Begins when the screen has come onto the stack; what it asks for is asked in its own name.
  mutating func opened(_ context: inout TutorContext) -> [TutorEffect]

  /// Goes on when the screen above was left.
  mutating func uncovered(_ context: inout TutorContext) -> [TutorEffect]

  /// Takes what the store replies to a request of the screen.
  mutating func receive(_ reply: StoreReply, _ context: inout TutorContext) -> [TutorEffect]

  /// Takes a reply to the newest request that the screen made in its slot.
  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect]

  /// Reacts to a network that can be measured from now on, the first one or another.
  mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect]

  /// Takes a recipe that was chosen on a screen above.
  mutating func use(_ recipe: Recipe, _ context: inout TutorContext) -> [TutorEffect]

  /// Reacts to a window of another size; the context has the new area.
  mutating func resized(_ context: inout TutorContext) -> [TutorEffect]

  /// Whether the screen shows a clock, so that it is drawn and ticked every second.
  var hasClock: Bool { get }

  /// Lets a screen with a clock react to the time, which is in the context.
  mutating func tick(_ context: inout TutorContext) -> [TutorEffect]

  /// What must be known to come back to this screen, or nil for a screen that is not come back to.
  var position: ScreenPosition? { get }
}

extension TutorScreen {
  package func cursor(in area: Rect, _ context: TutorContext) -> Point? { nil }

  package mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? { nil }

  /// Types the first line's characters, where there is a text cursor.
  package mutating func paste(_ text: String, _ context: inout TutorContext) -> [TutorEffect] {
    guard cursor(in: context.screenArea, context) != nil else { return [] }
    return text.prefix { !$0.isNewline }.prefix(1000).flatMap {
      type(.character($0), &context) ?? []
    }
  }

  package mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    []
  }

  package mutating func opened(_ context: inout TutorContext) -> [TutorEffect] { [] }

  package mutating func uncovered(_ context: inout TutorContext) -> [TutorEffect] { [] }

  package mutating func receive(
    _ reply: StoreReply, _ context: inout TutorContext
  ) -> [TutorEffect] { [] }

  package mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    []
  }

  package mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect] { [] }

  package mutating func use(_ recipe: Recipe, _ context: inout TutorContext) -> [TutorEffect] { [] }

  package mutating func resized(_ context: inout TutorContext) -> [TutorEffect] { [] }

  package var hasClock: Bool { false }

  package mutating func tick(_ context: inout TutorContext) -> [TutorEffect] { [] }

  package var position: ScreenPosition? { nil }
}

/// A screen in the form in which it is stored between two runs.
package enum ScreenPosition: Sendable, Hashable, Codable {
  /// The home screen with the selected row.
  case home(selection: Int)
  /// A chapter's contents with the selected row.
  case chapter(id: String, selection: Int)
  /// A chapter's introduction.
  case introduction(chapterID: String)
  /// A question, its answer shown or not.
  case question(id: String, revealed: Bool, scroll: Int)
  /// The lab with its recipe, for an experiment or free.
  case lab(experimentID: String?, settings: [String: String])
  /// A session of the quiz menu's kinds that is under way or just over.
  case quizSession(StoredQuiz)
  /// The quiz menu, with the row and the choices made there.
  case quizMenu(selection: Int, setups: [QuizSetup])
  /// The settings.
  case settings
  /// The mock interview that goes on.
  case interview
  /// The challenges with the selected row.
  case challenges(selection: Int)
  /// The lab with its recipe, for a challenge.
  case challenge(id: String, settings: [String: String])
  /// The statistics.
  case statistics
}
