import Foundation
import RandomNumbers
import Study
import Testing

/// A quiz that is killed at any moment, again and again, while another one uses the same store.
@Suite struct KilledQuizTests {
  // Each of the two quizzes is killed a hundred times.
  private static let kills = 100
  private static let items = 40

  @Test func everyAcknowledgedAnswerIsInTheStore() async throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let content = folder.appendingPathComponent("content")
    try writeLesson(in: content)
    let database = folder.appendingPathComponent("progress.sqlite").path

    let acknowledged = try await withThrowingTaskGroup(of: [Double].self) { group in
      for quiz in 0..<2 {
        group.addTask {
          var generator = SplitMix64(seed: UInt64(quiz) + 1)
          var answers: [Double] = []
          for run in 0..<Self.kills {
            answers += try Self.killedRun(
              number: quiz * Self.kills + run, after: generator.nextDouble() * 0.12,
              content: content.path, database: database, folder: folder)
          }
          return answers
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }

    let (store, notice) = try ProgressStore.open(path: database, now: 0, busyTimeout: 60)
    #expect(notice == nil)
    let kept = try store.reviews().compactMap { Double($0.review.response) }
    #expect(Set(acknowledged).subtracting(kept).isEmpty)
    // Kills came early and late: there are answers, and never a whole session's.
    #expect(acknowledged.count > Self.kills)
    #expect(Set(kept).count == kept.count)
    // Each run may have kept one answer more than it could acknowledge.
    #expect(kept.count - acknowledged.count <= 2 * Self.kills)
    let cards = try store.cards()
    #expect(cards.map(\.reviews).reduce(0, +) == kept.count)
    try store.rebuildCards()
    #expect(try store.cards() == cards)
    let verdict = try SQLiteDatabase(path: database).firstRow("PRAGMA integrity_check") {
      $0.text(0)
    }
    #expect(verdict == "ok")
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(!left.contains { $0.contains("corrupt") }, "\(left)")
  }

  /// Runs a quiz on a pipe full of answers, kills it, and returns the answers it acknowledged.
  ///
  /// The answers are numbers that no other run gives.
  private static func killedRun(
    number: Int, after seconds: Double, content: String, database: String, folder: URL
  ) throws -> [Double] {
    let answers = (0..<items).map { Double(number * 1000 + $0 + 1) }
    var ends: [Int32] = [0, 0]
    // A started program gets its three streams and nothing else, so no other keeps an end.
    guard pipe(&ends) == 0 else { throw POSIXError(.EMFILE) }
    // Kept open until the end, so that the quiz never comes to the end of its input.
    defer { for end in ends { close(end) } }
    let text = Array(answers.map { "\(Int($0))\n" }.joined().utf8)
    guard write(ends[1], text, text.count) == text.count else { throw POSIXError(.EIO) }

    let stem = folder.appendingPathComponent("run-\(number)").path
    let start = ContinuousClock.now
    let process = try Subprocess.start(
      ProgramUnderTest.path,
      ["quiz", "steady", "--content", content, "--db", database, "--seed", "\(number)"],
      environment: ProgramUnderTest.cleanEnvironment(home: folder), output: stem + ".out",
      errors: stem + ".err"
    ) { posix_spawn_file_actions_adddup2(&$0, ends[0], 0) }
    // Half of the kills come at a moment of the start, the others once the first answer is there, so
    // that a slow machine does not kill a program that has not begun.
    if number % 2 == 1 {
      while ContinuousClock.now - start < .seconds(60), try verdicts(in: stem + ".out") == 0 {
        usleep(1000)
      }
    }
    usleep(UInt32(seconds * 1e6))
    kill(process, SIGKILL)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 && errno == EINTR { continue }
    #expect(status & 0x7F == SIGKILL, "the quiz of run \(number) ended by itself")
    return Array(answers.prefix(try verdicts(in: stem + ".out")))
  }

  /// How many answers were acknowledged on an output: a whole verdict stands there.
  private static func verdicts(in file: String) throws -> Int {
    guard let data = FileManager.default.contents(atPath: file) else { return 0 }
    return String(decoding: data, as: UTF8.self).components(separatedBy: "Not right.").count - 1
  }

  /// A lesson with items that no answer of the test gets right.
  private func writeLesson(in content: URL) throws {
    let folder = content.appendingPathComponent("en")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var lesson = "# Steady\n<!-- chapter: steady -->\n\nNumbers.\n\n## Quiz\n"
    for item in 0..<Self.items {
      lesson += """

        ### Item \(item)
        <!-- item: steady.q.\(item); kind: numeric -->
        What is half of one?

        ```numeric
        answer: 0.5
        tolerance: 0
        ```

        Half of one is a half.

        """
    }
    try Data(lesson.utf8).write(to: folder.appendingPathComponent("01-steady.md"))
  }
}
