package import TerminalCanvas

/// A screen to show canvases on and a source of input events.
package protocol Terminal: AnyObject {
  /// The size of the window in cells.
  var size: Size { get }

  /// What the terminal can show.
  var capabilities: TerminalCapabilities { get }

  /// Shows a canvas, writing only what changed since the last one.
  ///
  /// The cursor is hidden without a position. Input methods for Chinese place their window at the
  /// real cursor, so a text field has to give its own.
  func present(_ canvas: Canvas, theme: Theme, cursor: Point?)

  /// Waits for input and returns all that is there, in order.
  ///
  /// - Parameter milliseconds: How long to wait at most; nil waits without a limit. The result may
  ///   be empty before the time has passed.
  func events(timeout milliseconds: Int?) -> [InputEvent]

  /// Draws every cell of the last canvas anew, for a screen that something else wrote on.
  func redraw()

  /// Gives the terminal back to the shell, stops the process group, and redraws when it goes on.
  func suspend()

  /// Hands a text to the terminal's clipboard; false where the terminal's type promises no such thing.
  ///
  /// Whether the terminal takes it is its own decision, of which nothing comes back.
  func copy(_ text: String) -> Bool

  /// Leaves the terminal exactly as it was found; further calls do nothing.
  func close()
}

extension Terminal {
  /// Hands nothing on: a terminal without a clipboard.
  package func copy(_ text: String) -> Bool { false }
}

/// What a terminal can show.
package nonisolated struct TerminalCapabilities: Sendable, Hashable {
  /// The number of usable colours: 256, 8 or 0.
  package var colors: Int
  /// Whether characters beyond ASCII come out right.
  package var unicode: Bool
  /// The terminal's type, as in the environment variable TERM.
  package var name: String

  /// Makes a set of capabilities.
  package init(colors: Int, unicode: Bool, name: String) {
    self.colors = colors
    self.unicode = unicode
    self.name = name
  }
}

/// How a terminal is to be used.
package nonisolated struct TerminalOptions: Sendable, Hashable {
  /// Whether to do without colours; a non-empty NO_COLOR in the environment asks for the same.
  package var noColor: Bool
  /// Whether to keep to ASCII; nil leaves it to the locale.
  package var ascii: Bool?
  /// Whether to ask the terminal for mouse reports.
  package var mouse: Bool

  /// Makes a set of options.
  package init(noColor: Bool = false, ascii: Bool? = nil, mouse: Bool = true) {
    self.noColor = noColor
    self.ascii = ascii
    self.mouse = mouse
  }
}
