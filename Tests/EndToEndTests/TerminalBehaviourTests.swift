import Foundation
import Testing

/// What the tutor does to a terminal, whatever is on its screen.
@Suite(.enabled(if: TmuxSession.isAvailable, "tmux is not installed"))
struct TerminalBehaviourTests {
  /// A shell in which the tutor was started and has opened its screen.
  private func openTutor(
    terminalType: String = "tmux-256color", environment: [String: String?] = [:]
  ) throws -> TmuxSession {
    let session = try TmuxSession(
      shell: TmuxSession.Configuration(
        columns: 100, rows: 30, terminalType: terminalType, environment: environment))
    try session.type("stty -a > before; '\(ProgramUnderTest.path)'")
    try session.press("Enter")
    try waitForScreen(of: session)
    return session
  }

  private func waitForScreen(of session: TmuxSession) throws {
    try session.waitForState("the tutor's screen") { $0.reportsDragging }
    try session.waitForScreen("something on the screen") { rows in
      rows.contains { !$0.isEmpty && !$0.hasPrefix("ready>") }
    }
  }

  /// Expects a terminal as it was before, and gives the exit status of the last command.
  private func expectSaneShell(_ session: TmuxSession) throws -> Int {
    try session.waitForState("a terminal as it was") { $0 == .plain }
    try session.waitForPrompt()
    // The quotes tell the answer from the question.
    try session.type("echo status=$?; stty -a | diff before - && echo un'changed'")
    try session.press("Enter")
    let screen = try session.waitForText("unchanged")
    let line = screen.last { $0.hasPrefix("status=") }
    return Int(line?.dropFirst("status=".count) ?? "") ?? -1
  }

  /// The tutor's process: the youngest child of the shell.
  private func tutorProcess(of session: TmuxSession) throws -> pid_t {
    let shell = try session.processIdentifier()
    let children = try String(
      contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    let child = children.split(separator: " ").last.flatMap { pid_t($0) }
    return try #require(child)
  }

  private func waitForEnd(of process: pid_t) {
    for _ in 0..<300 where isRunning(process) { usleep(50_000) }
    #expect(!isRunning(process), "The process must be gone.")
  }

  /// Whether a process has not ended; one that ended may wait for its parent to notice.
  private func isRunning(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    else { return false }
    // The name in parentheses may hold anything; the state follows it.
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func signalsEndItCleanly(signal: Int32) throws {
    let session = try openTutor()
    let process = try tutorProcess(of: session)
    kill(process, signal)
    #expect(try expectSaneShell(session) == 128 + Int(signal))
    waitForEnd(of: process)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGQUIT])
  func fatalSignalsRestoreTheTerminal(signal: Int32) throws {
    let session = try openTutor()
    let process = try tutorProcess(of: session)
    kill(process, signal)
    #expect(try expectSaneShell(session) == 128 + Int(signal))
    waitForEnd(of: process)
  }

  @Test func itStopsAndGoesOn() throws {
    let session = try openTutor()
    let before = try session.screen()
    for _ in 1...2 {
      try session.press("C-z")
      try session.waitForState("the shell's terminal") { $0 == .plain }
      try session.waitForPrompt()
      try session.type("stty -a | diff before - && echo un'changed'")
      try session.press("Enter")
      try session.waitForText("unchanged")
      try session.type("clear; fg")
      try session.press("Enter")
      try waitForScreen(of: session)
      try session.waitForScreen("the screen of before") { $0.first == before.first }
    }
    kill(try tutorProcess(of: session), SIGTERM)
    #expect(try expectSaneShell(session) == 143)
  }

  @Test func aStopFromOutsideIsAStopToo() throws {
    let session = try openTutor()
    kill(try tutorProcess(of: session), SIGTSTP)
    try session.waitForState("the shell's terminal") { $0 == .plain }
    try session.waitForPrompt()
    try session.type("fg")
    try session.press("Enter")
    try waitForScreen(of: session)
    kill(try tutorProcess(of: session), SIGTERM)
    #expect(try expectSaneShell(session) == 143)
  }

  @Test func itGoesWithItsTerminal() throws {
    let session = try openTutor()
    let process = try tutorProcess(of: session)
    try session.hangUp()
    waitForEnd(of: process)
  }

  @Test func itSurvivesEverySize() throws {
    let session = try openTutor()
    let before = try session.screen()
    for (columns, rows) in [(1, 1), (300, 90), (2, 50), (10, 3), (200, 1), (100, 30)] {
      try session.resize(columns: columns, rows: rows)
      try session.waitForState("a running program") { $0.exitStatus == nil && $0.reportsMouse }
    }
    try session.waitForScreen("the screen of before") { rows in
      rows.first == before.first
    }
    kill(try tutorProcess(of: session), SIGTERM)
    _ = try session.waitForState("a terminal as it was") { $0 == .plain }
  }

  @Test(arguments: ["xterm-256color", "screen-256color", "linux", "vt100"])
  func itRunsOnTerminals(ofType type: String) throws {
    let session = try openTutor(terminalType: type)
    try session.mouse(.press, column: 3, row: 3)
    try session.mouse(.release, column: 3, row: 3)
    kill(try tutorProcess(of: session), SIGTERM)
    #expect(try expectSaneShell(session) == 143)
  }

  @Test func itKeepsToASCIIWhereThatIsAllThereIs() throws {
    let session = try openTutor(environment: ["LC_ALL": "C", "NO_COLOR": "1"])
    let screen = try session.styledScreen()
    #expect(screen.unicodeScalars.allSatisfy { $0.isASCII })
    #expect(!screen.contains("\u{1B}[38;"))
  }

  @Test(arguments: [
    ("TERM=dumb", "of type 'dumb' cannot place its cursor"),
    ("TERM=no-such-type", "the terminal type 'no-such-type' is unknown"),
    ("TERM=", "TERM is not set"),
  ])
  func itRefusesTerminalsThatCannotWork(setting: String, message: String) throws {
    let session = try TmuxSession(shell: TmuxSession.Configuration(columns: 120))
    try session.type("stty -a > before; \(setting) '\(ProgramUnderTest.path)'")
    try session.press("Enter")
    try session.waitForText(message)
    #expect(try expectSaneShell(session) == 2)
  }
}
