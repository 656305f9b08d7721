import Foundation
import Testing

/// What the tutor does to a terminal, whatever is on its screen.
@Suite(.enabled(if: TmuxSession.isAvailable, "tmux is not installed"))
struct TerminalBehaviourTests {
  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func signalsEndItCleanly(signal: Int32) throws {
    let session = try TmuxSession.tutor()
    let process = try session.tutorProcess()
    kill(process, signal)
    #expect(try session.expectSaneShell() == 128 + Int(signal))
    TmuxSession.waitForEnd(of: process)
  }

  @Test(arguments: [SIGSEGV, SIGABRT, SIGQUIT])
  func fatalSignalsRestoreTheTerminal(signal: Int32) throws {
    let session = try TmuxSession.tutor()
    let process = try session.tutorProcess()
    kill(process, signal)
    #expect(try session.expectSaneShell() == 128 + Int(signal))
    TmuxSession.waitForEnd(of: process)
  }

  @Test func itStopsAndGoesOn() throws {
    let session = try TmuxSession.tutor()
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
      try session.waitForTutor()
      try session.waitForScreen("the screen of before") { $0.first == before.first }
    }
    kill(try session.tutorProcess(), SIGTERM)
    #expect(try session.expectSaneShell() == 143)
  }

  @Test func aStopFromOutsideIsAStopToo() throws {
    let session = try TmuxSession.tutor()
    kill(try session.tutorProcess(), SIGTSTP)
    try session.waitForState("the shell's terminal") { $0 == .plain }
    try session.waitForPrompt()
    try session.type("fg")
    try session.press("Enter")
    try session.waitForTutor()
    kill(try session.tutorProcess(), SIGTERM)
    #expect(try session.expectSaneShell() == 143)
  }

  @Test func itGoesWithItsTerminal() throws {
    let session = try TmuxSession.tutor()
    let process = try session.tutorProcess()
    try session.hangUp()
    TmuxSession.waitForEnd(of: process)
  }

  @Test func itSurvivesEverySize() throws {
    let session = try TmuxSession.tutor()
    let before = try session.screen()
    for (columns, rows) in [(1, 1), (300, 90), (2, 50), (10, 3), (200, 1), (100, 30)] {
      try session.resize(columns: columns, rows: rows)
      try session.waitForState("a running program") { $0.exitStatus == nil && $0.reportsMouse }
    }
    try session.waitForScreen("the screen of before") { rows in
      rows.first == before.first
    }
    kill(try session.tutorProcess(), SIGTERM)
    _ = try session.waitForState("a terminal as it was") { $0 == .plain }
  }

  @Test(arguments: ["xterm-256color", "screen-256color", "linux", "vt100"])
  func itRunsOnTerminals(ofType type: String) throws {
    let session = try TmuxSession.tutor(terminalType: type)
    try session.mouse(.press, column: 3, row: 3)
    try session.mouse(.release, column: 3, row: 3)
    kill(try session.tutorProcess(), SIGTERM)
    #expect(try session.expectSaneShell() == 143)
  }

  @Test func itKeepsToASCIIWhereThatIsAllThereIs() throws {
    let session = try TmuxSession.tutor(environment: ["LC_ALL": "C", "NO_COLOR": "1"])
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
    #expect(try session.expectSaneShell() == 2)
  }
}
