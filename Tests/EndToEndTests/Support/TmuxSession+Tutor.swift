import Foundation
import Testing

extension TmuxSession {
  /// A shell in which the tutor was started and has opened its screen.
  ///
  /// The program is started from a shell because only a shell shows what it leaves behind, and
  /// tells its exit status without fail.
  static func tutor(
    _ arguments: [String] = [], columns: Int = 100, rows: Int = 30,
    terminalType: String = "tmux-256color", environment: [String: String?] = [:]
  ) throws -> TmuxSession {
    let session = try TmuxSession(
      shell: Configuration(
        columns: columns, rows: rows, terminalType: terminalType, environment: environment))
    let words = ([ProgramUnderTest.path] + arguments).map { "'\($0)'" }.joined(separator: " ")
    try session.type("stty -a > before; \(words)")
    try session.press("Enter")
    try session.waitForTutor()
    return session
  }

  /// Waits until the tutor has drawn its screen.
  func waitForTutor() throws {
    try waitForState("the tutor's screen") { $0.reportsDragging }
    try waitForScreen("something on the screen") { rows in
      rows.contains { !$0.isEmpty && !$0.hasPrefix("ready>") }
    }
  }

  /// Expects a terminal as it was before, and gives the exit status of the last command.
  func expectSaneShell() throws -> Int {
    try waitForState("a terminal as it was") { $0 == .plain }
    try waitForPrompt()
    // The quotes tell the answer from the question.
    try type("echo status=$?; stty -a | diff before - && echo un'changed'")
    try press("Enter")
    let screen = try waitForText("unchanged")
    let line = screen.last { $0.hasPrefix("status=") }
    return Int(line?.dropFirst("status=".count) ?? "") ?? -1
  }

  /// The tutor's process: the youngest child of the shell.
  func tutorProcess() throws -> pid_t {
    let shell = try processIdentifier()
    let children = try String(
      contentsOfFile: "/proc/\(shell)/task/\(shell)/children", encoding: .utf8)
    let child = children.split(separator: " ").last.flatMap { pid_t($0) }
    return try #require(child)
  }

  /// Waits until a process is gone.
  static func waitForEnd(of process: pid_t) {
    for _ in 0..<300 where isRunning(process) { usleep(50_000) }
    #expect(!isRunning(process), "The process must be gone.")
  }

  /// Whether a process has not ended; one that ended may wait for its parent to notice.
  private static func isRunning(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    else { return false }
    // The name in parentheses may hold anything; the state follows it.
    return status.split(separator: ")").last?.split(separator: " ").first != "Z"
  }
}
