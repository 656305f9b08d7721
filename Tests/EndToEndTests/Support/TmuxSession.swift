import Foundation

/// A program in a terminal of its own, which a test types into and looks at.
///
/// Each session is a private tmux server with its socket, home and data folders in a temporary
/// folder, so sessions of parallel tests know nothing of one another. The server is ended and the
/// folder removed with `close()`, or when the session is no longer used.
final class TmuxSession {
  /// What a terminal is like and what runs in it.
  struct Configuration {
    /// The program and its arguments.
    var command: [String] = []
    /// The window's columns.
    var columns = 80
    /// The window's rows.
    var rows = 24
    /// The value of TERM that the program sees.
    var terminalType = "tmux-256color"
    /// Variables on top of the clean environment; nil takes one away.
    var environment: [String: String?] = [:]
  }

  /// What the terminal's modes and the program's fate are.
  struct State: Equatable {
    /// Whether the alternate screen is shown.
    var showsAlternateScreen: Bool
    /// Whether any kind of mouse report is on.
    var reportsMouse: Bool
    /// Whether dragging is reported.
    var reportsDragging: Bool
    /// Whether the cursor is visible; tmux hides it itself when the program has ended.
    var showsCursor: Bool
    /// Whether the cursor keys are in their application mode.
    var usesApplicationKeys: Bool
    /// The exit status, or 128 and the signal's number as a shell has it; nil while it runs.
    var exitStatus: Int?

    /// A terminal as a shell has it.
    static let plain = State(
      showsAlternateScreen: false, reportsMouse: false, reportsDragging: false, showsCursor: true,
      usesApplicationKeys: false, exitStatus: nil)
  }

  /// The session's temporary folder, which is the program's home and current folder.
  let folder: URL
  private let socket: String
  private let environment: [String: String]
  private var isOpen = true

  private static let pollInterval: UInt32 = 50_000

  /// Starts a program in a terminal.
  init(_ configuration: Configuration) throws {
    folder = try ProgramUnderTest.temporaryFolder()
    socket = folder.appendingPathComponent("tmux").path
    var environment = ProgramUnderTest.cleanEnvironment(home: folder)
    for (name, value) in configuration.environment { environment[name] = value }
    self.environment = environment

    try run(
      ["-u", "-f", "/dev/null", "start-server", ";"]
        + ["set-option", "-g", "remain-on-exit", "on", ";"]
        + ["set-option", "-g", "status", "off", ";"]
        + ["set-option", "-g", "default-terminal", configuration.terminalType, ";"]
        + ["new-session", "-d", "-s", "main", "-c", folder.path]
        + ["-x", String(configuration.columns), "-y", String(configuration.rows), "--"]
        // The server marks its panes by variables that a program outside of it does not see.
        + ["/usr/bin/env", "-u", "TMUX", "-u", "TMUX_PANE"] + configuration.command)
  }

  /// Starts a shell with job control, from which a test runs the program by typing.
  ///
  /// Only a shell shows what the program leaves behind: it goes on in the same terminal. Its prompt
  /// is `ready> `, and `waitForPrompt()` waits for it.
  convenience init(shell configuration: Configuration) throws {
    var configuration = configuration
    configuration.command = ["/bin/sh", "-i"]
    configuration.environment["PS1"] = "ready> "
    try self.init(configuration)
    try waitForPrompt()
  }

  deinit {
    close()
  }

  /// Waits until the shell asks for a command and nothing follows its prompt.
  @discardableResult
  func waitForPrompt() throws -> [String] {
    try waitForScreen("the shell's prompt") { rows in
      rows.last { !$0.isEmpty } == "ready>"
    }
  }

  /// Ends the program and its terminal and removes the temporary folder.
  func close() {
    guard isOpen else { return }
    isOpen = false
    _ = try? run(["kill-server"])
    try? FileManager.default.removeItem(at: folder)
  }

  // MARK: - Clipboard

  /// Lets programs fill the terminal's clipboard.
  func acceptClipboard() throws {
    try run(["set-option", "-s", "set-clipboard", "on"])
  }

  /// What a program put on the terminal's clipboard last.
  func clipboard() throws -> String {
    try run(["show-buffer"])
  }

  // MARK: - Typing

  /// Presses keys by tmux's names, such as `Down`, `Enter`, `C-c`, `S-Left`, `F1` or a character.
  func press(_ keys: String...) throws {
    try run(["send-keys", "-t", "main"] + keys)
  }

  /// Presses a key many times, as one that is held down.
  func press(repeating key: String, _ count: Int) throws {
    try run(["send-keys", "-t", "main", "-N", String(count), key])
  }

  /// Types text, or sends an escape sequence, as it is.
  func type(_ text: String) throws {
    try run(["send-keys", "-t", "main", "-l", text])
  }

  /// Moves the mouse as its report says; columns and rows count from 0.
  func mouse(_ action: MouseAction, column: Int, row: Int) throws {
    let final = action == .release ? "m" : "M"
    try type("\u{1B}[<\(action.code);\(column + 1);\(row + 1)\(final)")
  }

  /// What a mouse can do.
  enum MouseAction {
    /// The left button goes down.
    case press
    /// The mouse moves with the left button down.
    case drag
    /// The left button goes up.
    case release
    /// The wheel turns away from the user.
    case scrollUp
    /// The wheel turns towards the user.
    case scrollDown

    /// The number in an SGR report, where a release differs in the last letter only.
    fileprivate var code: Int {
      switch self {
      case .press, .release: 0
      case .drag: 32
      case .scrollUp: 64
      case .scrollDown: 65
      }
    }
  }

  // MARK: - Looking

  /// The rows of the screen as text, without the blanks at their ends.
  func screen() throws -> [String] {
    try run(["capture-pane", "-p", "-t", "main"]).components(separatedBy: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// The screen with its colours and attributes as escape sequences.
  func styledScreen() throws -> String {
    try run(["capture-pane", "-p", "-e", "-t", "main"])
  }

  /// Waits until the screen contains a text and returns the screen.
  @discardableResult
  func waitForText(_ text: String, seconds: Double = 15) throws -> [String] {
    try waitForScreen("the text '\(text)'", seconds: seconds) { rows in
      rows.contains { $0.contains(text) }
    }
  }

  /// Waits until the screen is as wished and returns it; `wish` describes it for the failure.
  @discardableResult
  func waitForScreen(
    _ wish: String, seconds: Double = 15, until isAsWished: ([String]) -> Bool
  ) throws -> [String] {
    let end = Date().addingTimeInterval(seconds)
    while true {
      let rows = try screen()
      if isAsWished(rows) { return rows }
      guard Date() < end else { throw TmuxError.timedOut(waitingFor: wish, screen: rows) }
      usleep(Self.pollInterval)
    }
  }

  /// The terminal's modes and the program's fate now.
  func state() throws -> State {
    let fields = try query([
      "alternate_on", "mouse_any_flag", "mouse_button_flag", "cursor_flag", "keypad_cursor_flag",
      "pane_dead", "pane_dead_status", "pane_dead_signal",
    ])
    let status = Int(fields[6]) ?? Int(fields[7]).map { 128 + $0 }
    return State(
      showsAlternateScreen: fields[0] == "1", reportsMouse: fields[1] == "1",
      reportsDragging: fields[2] == "1", showsCursor: fields[3] == "1",
      usesApplicationKeys: fields[4] == "1", exitStatus: fields[5] == "1" ? status : nil)
  }

  /// Waits until the terminal's state is as wished and returns it.
  @discardableResult
  func waitForState(
    _ wish: String, seconds: Double = 15, until isAsWished: (State) -> Bool
  ) throws -> State {
    let end = Date().addingTimeInterval(seconds)
    while true {
      let state = try state()
      if isAsWished(state) { return state }
      guard Date() < end else {
        throw TmuxError.timedOut(waitingFor: "\(wish), not \(state)", screen: try screen())
      }
      usleep(Self.pollInterval)
    }
  }

  /// Waits until the program has ended and returns its exit status.
  func waitForExit(seconds: Double = 15) throws -> Int {
    let process = try processIdentifier()
    let state = try waitForState("the program's end", seconds: seconds) {
      $0.exitStatus != nil || Self.exitStatus(ofEnded: process) != nil
    }
    // tmux sometimes misses the signal that its child has ended; the system never does.
    return state.exitStatus ?? Self.exitStatus(ofEnded: process) ?? -1
  }

  /// The exit status of a process that ended and that its parent has not asked about yet.
  private static func exitStatus(ofEnded process: pid_t) -> Int? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      // The name in parentheses may hold anything; the state is the first field behind it.
      let fields = text.split(separator: ")").last?.split(whereSeparator: \.isWhitespace),
      fields.first == "Z", let status = fields.last.flatMap({ Int($0) })
    else { return nil }
    return status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
  }

  /// The cursor's column and row, from 0.
  func cursor() throws -> (column: Int, row: Int) {
    let fields = try query(["cursor_x", "cursor_y"])
    return (Int(fields[0]) ?? -1, Int(fields[1]) ?? -1)
  }

  /// Values of tmux's variables.
  func query(_ variables: [String]) throws -> [String] {
    let format = variables.map { "#{\($0)}" }.joined(separator: "|")
    let fields = try run(["display-message", "-p", "-t", "main", format])
      .trimmingCharacters(in: .newlines).components(separatedBy: "|")
    guard fields.count == variables.count else {
      throw TmuxError.failed(command: "display-message", message: fields.joined(separator: "|"))
    }
    return fields
  }

  // MARK: - Events from outside

  /// Changes the window's size.
  func resize(columns: Int, rows: Int) throws {
    try run(["resize-window", "-t", "main", "-x", String(columns), "-y", String(rows)])
  }

  /// The process that was started in the terminal.
  func processIdentifier() throws -> pid_t {
    guard let identifier = pid_t(try query(["pane_pid"])[0]), identifier > 1 else {
      throw TmuxError.failed(command: "display-message", message: "no pane_pid")
    }
    return identifier
  }

  /// Sends a signal to the process that was started in the terminal.
  func signal(_ number: Int32) throws {
    kill(try processIdentifier(), number)
  }

  /// Takes the terminal away, as closing its window does, but leaves the folder.
  func hangUp() throws {
    try run(["kill-server"])
  }

  // MARK: - tmux

  /// The path of tmux; nil where it is not installed.
  private static let program: String? = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin")
    .components(separatedBy: ":").map { $0 + "/tmux" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Whether tmux is installed.
  static var isAvailable: Bool { program != nil }

  @discardableResult
  private func run(_ arguments: [String]) throws -> String {
    guard let program = Self.program else {
      throw TmuxError.failed(command: "-V", message: "tmux is not installed")
    }
    let result = try Subprocess.run(
      program, ["-S", socket] + arguments, environment: environment, folder: folder)
    guard result.status == 0 else {
      throw TmuxError.failed(command: arguments.joined(separator: " "), message: result.errors)
    }
    return result.output
  }
}

/// What went wrong with a terminal of a test.
enum TmuxError: Error, CustomStringConvertible {
  /// A command of tmux failed.
  case failed(command: String, message: String)
  /// Something did not come about in time; the screen shows what was there instead.
  case timedOut(waitingFor: String, screen: [String])

  /// The failure, with the screen where there is one.
  var description: String {
    switch self {
    case .failed(let command, let message):
      "tmux \(command): \(message)"
    case .timedOut(let wish, let screen):
      "timed out waiting for \(wish); the screen was:\n" + screen.joined(separator: "\n")
    }
  }
}
