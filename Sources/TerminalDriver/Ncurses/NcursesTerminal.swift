import CNcurses
import CTerminalSupport
import Glibc
package import TerminalCanvas

/// The terminal of this process, through ncurses.
///
/// The library is not safe for threads and has one current screen, so there may be only one of
/// these at a time, on the main actor.
package final class NcursesTerminal: Terminal {
  /// What the terminal can show.
  package let capabilities: TerminalCapabilities

  /// What other threads and signal handlers interrupt the wait for events with.
  let wake: WakeSignal
  /// A window that is never shown: reading keys from a visible one would refresh it.
  let inputWindow: UnsafeMutablePointer<WINDOW>
  /// What turns the library's key codes into events; it keeps what a read left unfinished.
  var decoder = InputDecoder()
  /// What turns canvases into calls of the library.
  var painter: NcursesPainter
  /// Whether the screen is open, which it is until `close()`.
  private(set) var isOpen = true

  private let screen: OpaquePointer
  private let usesMouse: Bool
  private let marksPastes: Bool

  /// Opens the screen.
  ///
  /// - Parameters:
  ///   - options: How to use the terminal.
  ///   - wake: What other threads use to interrupt the wait for events.
  package init(options: TerminalOptions, wake: WakeSignal) throws(TerminalError) {
    let capabilities = try TerminalCapabilities.inspect(options: options)
    guard wake.readDescriptor >= 0 else { throw .noPipe }
    guard nibble_terminal_save(STDIN_FILENO) else { throw .notATerminal(.input) }

    // The library leaves alone what already has a handler, so ours go first.
    nibble_signals_install(wake.writeDescriptor)
    guard let screen = nibble_curses_open(capabilities.name), let pad = newpad(1, 1) else {
      nibble_terminal_restore_modes()
      nibble_signals_remove()
      throw .refused(name: capabilities.name)
    }
    nibble_signals_chain_resize()

    self.capabilities = capabilities
    self.wake = wake
    self.screen = screen
    inputWindow = pad
    usesMouse = options.mouse && Self.understandsPrivateModes
    marksPastes = Self.understandsPrivateModes
    var hasDefaultColors = true
    var pairs = 0
    if capabilities.colors > 0 {
      start_color()
      hasDefaultColors = use_default_colors() == OK
      pairs = Int(nibble_curses_color_pairs())
    }
    painter = NcursesPainter(
      capabilities: capabilities, pairs: ColorPairs(limit: pairs),
      hasDefaultColors: hasDefaultColors)

    arm()
    // Ctrl-C, Ctrl-Z and Ctrl-S are keys like others: the program decides what they do.
    raw()
    noecho()
    nonl()
    keypad(inputWindow, true)
    nodelay(inputWindow, true)
    set_escdelay(25)
    // Otherwise a refresh would stop half way whenever keys are waiting.
    typeahead(-1)
    curs_set(0)
    NcursesKeys.define()
    setReports(true)
    nibble_errors_divert()
  }

  isolated deinit {
    close()
  }

  /// The size of the window in cells.
  package var size: Size {
    guard isOpen, let window = nibble_curses_screen_window() else {
      return Size(width: 0, height: 0)
    }
    return Size(width: Int(getmaxx(window)), height: Int(getmaxy(window)))
  }

  /// Shows a canvas, writing only what changed since the last one.
  package func present(_ canvas: Canvas, theme: Theme, cursor: Point?) {
    guard isOpen, let window = nibble_curses_screen_window() else { return }
    painter.paint(canvas, theme: theme, cursor: cursor, on: window)
  }

  /// Draws every cell of the last canvas anew, for a screen that something else wrote on.
  package func redraw() {
    guard isOpen else { return }
    clearok(nibble_curses_current_window(), true)
    painter.reshow()
  }

  /// Gives the terminal back to the shell, stops the process group, and redraws when it goes on.
  package func suspend() {
    guard isOpen else { return }
    setReports(false)
    endwin()
    nibble_terminal_disarm()
    nibble_terminal_restore_modes()
    nibble_signals_stop()
    resume()
  }

  /// Takes the terminal back after the process was stopped, and shows again what was there.
  func resume() {
    guard isOpen else { return }
    arm()
    reset_prog_mode()
    // Whoever changed the window's size meanwhile told another process group.
    adoptWindowSize()
    clearok(nibble_curses_current_window(), true)
    painter.reshow()
    setReports(true)
  }

  /// Gives the library the window's size of now, which then reports it as a key.
  ///
  /// The library is told not to believe LINES and COLUMNS, and then looks at the window itself only
  /// when it opens.
  func adoptWindowSize() {
    var columns: Int32 = 0
    var rows: Int32 = 0
    guard nibble_terminal_size(STDOUT_FILENO, &columns, &rows) else { return }
    if Size(width: Int(columns), height: Int(rows)) != size {
      resizeterm(rows, columns)
      painter.forget()
    }
  }

  /// Leaves the terminal exactly as it was found; further calls do nothing.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    setReports(false)
    // Without an alternate screen the last picture would stay, with the shell's prompt written over it.
    if TerminalDescription.string("rmcup") == nil, let window = nibble_curses_screen_window() {
      werase(window)
      wrefresh(window)
    }
    endwin()
    nibble_terminal_disarm()
    nibble_terminal_restore_modes()
    nibble_signals_remove()
    delwin(inputWindow)
    delscreen(screen)
    nibble_errors_restore()
  }

  // MARK: - Modes

  /// Whether the terminal is of the family that skips control sequences it does not know.
  private static var understandsPrivateModes: Bool {
    TerminalDescription.string("cup")?.hasPrefix("\u{1B}[") ?? false
  }

  /// Asks for marks around what is pasted, and for reports of presses, releases, the wheel and
  /// dragging in SGR encoding; or for neither.
  private func setReports(_ isOn: Bool) {
    guard isOn else {
      writeDirectly(reportsOff)
      return
    }
    if marksPastes { writeDirectly("\u{1B}[?2004h") }
    if usesMouse { writeDirectly("\u{1B}[?1002h\u{1B}[?1006h") }
  }

  private var reportsOff: String {
    (usesMouse ? "\u{1B}[?1006l\u{1B}[?1002l" : "") + (marksPastes ? "\u{1B}[?2004l" : "")
  }

  /// Prepares what a dying process writes to leave the screen.
  private func arm() {
    var sequence = reportsOff
    for name in ["sgr0", "op", "cnorm", "rmkx"] {
      sequence += TerminalDescription.string(name) ?? ""
    }
    // Without an alternate screen the shell continues on a new line below what was drawn.
    sequence += TerminalDescription.string("rmcup") ?? "\r\n"
    let bytes = Array(sequence.utf8)
    bytes.withUnsafeBytes { buffer in
      nibble_terminal_arm(
        STDOUT_FILENO, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
    }
  }

  /// Writes a text to the terminal itself, beside what the library draws.
  func writeDirectly(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}
