import Glibc
package import TerminalCanvas

/// A terminal without a screen, for tests: it plays prepared events and keeps what is presented.
package final class MemoryTerminal: Terminal {
  /// The size of the window in cells; an event `.resize` that is played changes it.
  package private(set) var size: Size
  /// What the terminal is said to be able to show.
  package let capabilities: TerminalCapabilities
  /// The canvas presented last.
  package private(set) var canvas: Canvas?
  /// The theme presented last.
  package private(set) var theme: Theme?
  /// The cursor presented last.
  package private(set) var cursor: Point?
  /// How many canvases were presented.
  package private(set) var presentations = 0
  /// How many times the program asked to be suspended.
  package private(set) var suspensions = 0
  /// How many times the program asked for every cell to be drawn anew.
  package private(set) var redraws = 0
  /// The texts that were handed to the clipboard.
  package private(set) var copies: [String] = []
  /// Whether `close()` was called.
  package private(set) var isClosed = false

  private var script: [[InputEvent]]
  private let wake: WakeSignal?

  /// How long a wait without a limit goes on before the script counts as over, in milliseconds.
  private static let maxWait = 10_000

  /// Makes a terminal.
  ///
  /// - Parameters:
  ///   - size: The size of the window.
  ///   - capabilities: What the terminal can show.
  ///   - script: What each wait for events returns, in order.
  ///   - wake: A signal to wait for when the script is over.
  package init(
    size: Size,
    capabilities: TerminalCapabilities = TerminalCapabilities(
      colors: 256, unicode: true, name: "memory"),
    script: [[InputEvent]] = [],
    wake: WakeSignal? = nil
  ) {
    self.size = size
    self.capabilities = capabilities
    self.script = script
    self.wake = wake
  }

  /// Adds a batch of events behind the ones that wait.
  package func enqueue(_ events: [InputEvent]) {
    script.append(events)
  }

  /// Remembers what would be shown.
  package func present(_ canvas: Canvas, theme: Theme, cursor: Point?) {
    self.canvas = canvas
    self.theme = theme
    self.cursor = cursor
    presentations += 1
  }

  /// Returns the next batch of the script.
  ///
  /// After the script a wake-up is waited for, if there is a signal; a wait without a limit that
  /// nothing can end returns a hang-up, as from a terminal that is gone.
  package func events(timeout milliseconds: Int?) -> [InputEvent] {
    if !script.isEmpty {
      let batch = script.removeFirst()
      for case .resize(let newSize) in batch { size = newSize }
      return batch + (wake?.take() == true ? [.wake] : [])
    }
    if let wake {
      var descriptor = pollfd(fd: wake.readDescriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&descriptor, 1, Int32(clamping: max(0, milliseconds ?? Self.maxWait)))
      if wake.take() { return [.wake] }
    }
    return milliseconds == nil ? [.terminate(signal: SIGHUP)] : []
  }

  /// Counts the request.
  package func redraw() {
    redraws += 1
  }

  /// Counts the request.
  package func suspend() {
    suspensions += 1
  }

  /// Remembers the text.
  package func copy(_ text: String) -> Bool {
    copies.append(text)
    return true
  }

  /// Remembers that the terminal was closed.
  package func close() {
    isClosed = true
  }
}
