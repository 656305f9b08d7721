package import Localization
package import TerminalCanvas

/// Everything that a key can ask for, on whichever screen.
package enum Command: Sendable, Hashable {
  // Everywhere.
  case quit, back, help, settings, suspend, redraw
  // Lists and texts.
  case up, down, pageUp, pageDown, first, last, open
  // Places to go.
  case openLab, openQuiz, openExperiment, openLesson, search
  // Questions.
  case reveal, next, previous, bookmark, nextUnread
  // The lab.
  case decrease, increase, decreaseCoarsely, increaseCoarsely, enterValue, resetKnob, resetRecipe
  case predict, sweep, nextView, previousView, nextLayer, nextPicture, previousPicture, toggleText
  case undo, redo, showCode, compareSeeds, endTraining, cancelTraining
  case pin, unpin, openPresets, share, openFiles, switchLesson, copyLine, useBuiltIn
  // The step inspector and the search for a fault.
  case openInspector, nextChannel, previousChannel, strongestOutput, sortTerms
  case openFaultHunt, accuse, newCase
  // The quiz.
  case submit, toggle, moveItemUp, moveItemDown, skip
  // Interview, challenges and statistics.
  case openInterview, openChallenges, openStatistics, refresh, finish, export, hint, submitAttempt
  // Quiz sessions.
  case submitSure, submitThinkSo, submitGuess, flag, gradeAgain, gradeHard, gradeGood, gradeEasy
}

/// Keys that ask for one command, with what the key bar and the help say of them.
package struct KeyBinding: Sendable, Hashable {
  /// What is asked for.
  package let command: Command
  /// The keys, the one to show first.
  package let keys: [Key]
  /// What it does, in one or two words for the key bar.
  package let label: Phrase
  /// What it does, in a sentence for the help screen.
  package let explanation: Phrase
  /// Whether the key bar shows it.
  package let isInBar: Bool
  /// What is shown instead of the first key's name, for pairs such as ←→.
  package let shownKeys: String?

  /// Makes a binding.
  package init(
    _ command: Command, _ keys: [Key], _ label: Phrase, _ explanation: Phrase,
    inBar: Bool = true, shown: String? = nil
  ) {
    self.command = command
    self.keys = keys
    self.label = label
    self.explanation = explanation
    self.isInBar = inBar
    self.shownKeys = shown
  }

  /// The same binding with another look in the key bar.
  package func shown(inBar: Bool, as keys: String, label: Phrase) -> KeyBinding {
    KeyBinding(command, self.keys, label, explanation, inBar: inBar, shown: keys)
  }

  /// The name of the key to show.
  package var keyName: String { shownKeys ?? keys.first.map(Self.name(of:)) ?? "" }

  /// The names of all its keys.
  package var allKeyNames: String { keys.map(Self.name(of:)).joined(separator: " ") }

  /// What is printed on a key.
  package static func name(of key: Key) -> String {
    switch key {
    case .character(" "): "Space"
    case .character(let character): String(character)
    case .control(let character): "^\(character.uppercased())"
    case .enter: "Enter"
    case .escape: "Esc"
    case .tab: "Tab"
    case .backTab: "Shift-Tab"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .up: "↑"
    case .down: "↓"
    case .left: "←"
    case .right: "→"
    case .shiftLeft: "Shift-←"
    case .shiftRight: "Shift-→"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .function(let number): "F\(number)"
    case .wordLeft: "Ctrl-←"
    case .wordRight: "Ctrl-→"
    case .deleteWordLeft: "Alt-Backspace"
    case .deleteWordRight: "Alt-D"
    }
  }
}

/// Keys that mean the same on many screens.
package enum CommonKeys {
  /// Up in a list or text.
  package static let up = KeyBinding(
    .up, [.up, .character("k")], Phrase("choose"), Phrase("one up"), shown: "↑↓")
  /// Down in a list or text.
  package static let down = KeyBinding(
    .down, [.down, .character("j")], Phrase("down"), Phrase("one down"), inBar: false)
  /// A page up.
  package static let pageUp = KeyBinding(
    .pageUp, [.pageUp, .control("b")], Phrase("page up"), Phrase("one page up"), inBar: false)
  /// A page down.
  package static let pageDown = KeyBinding(
    .pageDown, [.pageDown, .control("f")], Phrase("page down"), Phrase("one page down"),
    inBar: false)
  /// The first row.
  package static let first = KeyBinding(
    .first, [.home, .character("g")], Phrase("top"), Phrase("to the top"), inBar: false)
  /// The last row.
  package static let last = KeyBinding(
    .last, [.end, .character("G")], Phrase("end"), Phrase("to the end"), inBar: false)
  /// Opens what is selected.
  package static let open = KeyBinding(
    .open, [.enter], Phrase("open"), Phrase("open what is selected"))
  /// Leaves the screen.
  package static let back = KeyBinding(
    .back, [.character("q"), .escape], Phrase("back"), Phrase("back to where you came from"))
  /// Ends the program.
  package static let quit = KeyBinding(
    .quit, [.control("c"), .character("Q")], Phrase("quit"),
    Phrase("end Nibble; your place is kept"), inBar: false)
  /// Shows the keys.
  package static let help = KeyBinding(
    .help, [.character("?"), .function(1)], Phrase("help"), Phrase("all keys of this screen"))
  /// Opens the settings.
  package static let settings = KeyBinding(
    .settings, [.character("S")], Phrase("settings"),
    Phrase("language, theme, daily limits, interview date"), inBar: false)
  /// Stops the program for a while.
  package static let suspend = KeyBinding(
    .suspend, [.control("z")], Phrase("suspend"), Phrase("to the shell; fg comes back"),
    inBar: false)
  /// Goes to the next question whose answer was not seen.
  package static let nextUnread = KeyBinding(
    .nextUnread, [.character("U")], Phrase("next unread"),
    Phrase("the next question you have not read, in any chapter"), inBar: false)
  /// Draws the screen anew.
  package static let redraw = KeyBinding(
    .redraw, [.control("l")], Phrase("redraw"), Phrase("draw the screen anew"), inBar: false)

  /// The keys that every screen has besides its own.
  package static let everywhere = [help, settings, quit, suspend, redraw]
  /// The keys of everything that scrolls.
  package static let scrolling = [up, down, pageUp, pageDown, first, last]
}
