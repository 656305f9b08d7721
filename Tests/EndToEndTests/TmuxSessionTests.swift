import Foundation
import Testing

/// The support for the tests of the real program, tried on a shell.
@Suite(.enabled(if: TmuxSession.isAvailable, "tmux is not installed"))
struct TmuxSessionTests {
  private func shell(_ script: String) throws -> TmuxSession {
    try TmuxSession(TmuxSession.Configuration(command: ["/bin/sh", "-c", script]))
  }

  @Test func showsTheScreenAndTakesKeys() throws {
    let session = try shell("read line; echo \"got $line\"; cat")
    try session.type("漢字 é")
    try session.press("Enter")
    let screen = try session.waitForText("got 漢字 é")
    #expect(screen[0] == "漢字 é")
    #expect(try session.cursor().row == 2)
    session.close()
    #expect(!FileManager.default.fileExists(atPath: session.folder.path))
  }

  @Test func seesModesSizesAndExitStatuses() throws {
    let session = try shell(
      "stty -echo; printf '\\033[?1049h\\033[?25l\\033[?1002h'; read x; stty size; read x; "
        + "printf '\\033[?1049l\\033[?25h\\033[?1002l'; exit 7")
    let state = try session.waitForState("the alternate screen") {
      $0.showsAlternateScreen && $0.reportsDragging
    }
    #expect(state.reportsMouse && !state.showsCursor && state.exitStatus == nil)
    try session.resize(columns: 61, rows: 17)
    try session.press("Enter")
    try session.waitForText("17 61")
    try session.press("Enter")
    #expect(try session.waitForExit() == 7)
    // The cursor is not looked at: tmux hides it when it notices the end, sooner or later.
    try session.waitForState("the modes of before") {
      !$0.showsAlternateScreen && !$0.reportsMouse && !$0.reportsDragging
    }
  }

  @Test func signalsReachTheProgram() throws {
    let session = try shell(
      "trap 'echo resized' WINCH; trap 'exit 5' TERM; echo ready; while :; do sleep 0.05; done")
    try session.waitForText("ready")
    try session.resize(columns: 50, rows: 10)
    try session.waitForText("resized")
    try session.signal(SIGTERM)
    #expect(try session.waitForExit() == 5)
    let killed = try shell("echo ready; sleep 60")
    try killed.waitForText("ready")
    try killed.signal(SIGKILL)
    #expect(try killed.waitForExit() == 128 + Int(SIGKILL))
  }

  @Test func aShellControlsItsJobs() throws {
    let session = try TmuxSession(shell: TmuxSession.Configuration(columns: 60, rows: 10))
    #expect(try session.state() == .plain)
    try session.type("cat")
    try session.press("Enter", "o", "n", "e", "Enter")
    try session.waitForScreen("the echoed line") { $0.count { $0 == "one" } == 2 }
    try session.press("C-z")
    try session.waitForPrompt()
    try session.type("fg")
    try session.press("Enter", "C-d")
    try session.waitForPrompt()
  }

  @Test func theEnvironmentIsClean() throws {
    var configuration = TmuxSession.Configuration(command: [
      "/bin/sh", "-c", "env; echo end; read x",
    ])
    configuration.rows = 60
    configuration.terminalType = "xterm-256color"
    configuration.environment = ["NO_COLOR": "1", "LANG": nil]
    let session = try TmuxSession(configuration)
    let screen = try session.waitForText("end")
    #expect(screen.contains("TERM=xterm-256color"))
    #expect(screen.contains("NO_COLOR=1"))
    #expect(!screen.contains { $0.hasPrefix("LANG=") || $0.hasPrefix("TMUX") })
  }

  @Test func aFailedWaitShowsTheScreen() throws {
    let session = try shell("echo something else; cat")
    try session.waitForText("something else")
    let error = #expect(throws: TmuxError.self) {
      try session.waitForText("never", seconds: 0.1)
    }
    #expect(error?.description.contains("'never'") == true)
    #expect(error?.description.contains("something else") == true)
  }

  @Test func theProgramIsFound() throws {
    #expect(ProgramUnderTest.path.hasSuffix("/nibble"))
    #expect(FileManager.default.isExecutableFile(atPath: ProgramUnderTest.path))
  }
}
