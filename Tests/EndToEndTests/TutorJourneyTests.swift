import Foundation
import Testing

/// The real program in a real terminal, as a learner uses it.
@Suite(.enabled(if: TmuxSession.isAvailable))
struct TutorJourneyTests {
  @Test func openReadRevealMoveASliderSeeTheAccuracyChangeAnswerAQuizItemQuit() throws {
    let session = try TmuxSession.tutor()
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    try session.press("Enter")
    try session.waitForText("Introduction")
    try session.press("Down", "Enter")
    try session.waitForText("Say your answer aloud first")
    try session.press("Space")
    try session.waitForText("▌ Answer")

    try session.press("e")
    try session.waitForText("Accuracy with")
    try session.press("Escape")
    try session.waitForText("flips", seconds: 60)
    let before = try accuracy(in: session)
    try session.press("Left", "Left", "Left", "Left", "Left", "Left")
    let after = try session.waitForScreen("another exact accuracy", seconds: 60) { rows in
      Self.accuracy(in: rows).map { $0 != before && rows.joined().contains("flips") } ?? false
    }
    // Two bits with one scale for a whole tensor ruin what eight bits keep.
    let ruined = try #require(Self.accuracy(in: after))
    #expect(before > 85)
    #expect(ruined < 50)

    try session.press("q", "z")
    try session.waitForText("Quiz · 1 Quantization principles · 1/")
    try session.press("Escape", "q", "q")
    try session.waitForText("one measured bit at a time")
    try session.press("q")
    #expect(try session.expectSaneShell() == 0)
  }

  /// The accuracy in percent as the gauge shows it.
  private static func accuracy(in rows: [String]) -> Double? {
    for row in rows {
      guard let title = row.range(of: "accuracy   ") else { continue }
      return Double(
        row[title.upperBound...].drop { $0 == " " }.prefix { $0.isNumber || $0 == "." })
    }
    return nil
  }

  private func accuracy(in session: TmuxSession) throws -> Double {
    let screen = try session.screen()
    return try #require(Self.accuracy(in: screen))
  }

  @Test func anAnswerIsOnDiskAndTheTutorOpensWhereItWasLeft() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("nibble-resume-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = folder.appendingPathComponent("progress.sqlite").path
    let first = try TmuxSession.tutor(["--db", database])
    try first.waitForText("1   Quantization principles")
    try first.press("Down", "Enter", "Down", "Enter", "Space")
    try first.waitForText("▌ Answer")
    try first.press("C-c")
    #expect(try first.expectSaneShell() == 0)
    first.close()

    let second = try TmuxSession.tutor(["--db", database])
    defer { second.close() }
    try second.waitForText("▌ Answer")
    try second.waitForText("2 Pruning principles")
    try second.press("q", "q")
    try second.waitForText("1/10")
    let stats = try ProgramUnderTest.run(["stats", "--json", "--db", database])
    #expect(stats.status == 0)
    #expect(stats.output.contains("\"questionsSeen\":1"))
  }

  @Test func aKilledTutorLosesNoAnswerThatWasGradedOnTheScreen() throws {
    let session = try TmuxSession.tutor()
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    try session.press("Enter", "z")
    try session.waitForText("· 1/")
    var graded = 0
    for _ in 0..<3 {
      // Enough for every kind of item: a choice or a number takes one, a text with blanks one each.
      for _ in 0..<6 {
        try session.press("1", "Enter")
        let isGraded = try? session.waitForScreen("a graded item", seconds: 4) {
          $0.joined().contains("Right.") || $0.joined().contains("Not right.")
        }
        if isGraded != nil { break }
      }
      graded += 1
      try session.press("Enter")
      try session.waitForScreen("the next item") { $0.joined().contains("· \(graded + 1)/") }
    }
    let process = try session.tutorProcess()
    kill(process, SIGKILL)
    TmuxSession.waitForEnd(of: process)
    let data = session.folder.appendingPathComponent("data").path
    let stats = try ProgramUnderTest.run(
      ["stats", "--json"], environment: ["XDG_DATA_HOME": data])
    #expect(stats.output.contains("\"answers\":3"), "\(stats.errors)\(stats.output)")
  }

  @Test func aKilledExamGoesOnWithItsItemsAndItsClockAndItsAnswerCanBeTakenBack() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = folder.appendingPathComponent("progress.sqlite").path
    let first = try TmuxSession.tutor(["--db", database])
    defer { first.close() }
    try first.waitForText("Today: 20 to do")
    try first.press("z")
    try first.waitForText("Against the clock")
    try first.press("5")
    try first.waitForText("left 19:5")
    let shown = try first.screen()
    let process = try first.tutorProcess()
    kill(process, SIGKILL)
    TmuxSession.waitForEnd(of: process)

    let second = try TmuxSession.tutor(["--db", database])
    defer { second.close() }
    let again = try second.waitForText("Exam · 1/20")
    // The item below the line with the clock.
    #expect(again[2..<10] == shown[2..<10])
    try second.press("Escape", "Escape")
    try second.waitForText("Score: 0 of 20")
    try second.press("q")
    try second.waitForText("Against the clock")
  }

  @Test func aPasteIsTextWhateverKeysItsLettersAreAndItsLineEndsAnswerNothing() throws {
    let session = try TmuxSession.tutor()
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    try session.press("/")
    try session.waitForText("Type words of a question")
    try session.type("\u{1B}[200~zero point\rq\u{1B}[201~")
    try session.waitForText("/ zero point")
    try session.waitForText("1.6 Derive scale and zero point")
  }

  @Test func ctrlZGivesTheShellItsTerminalBackAndFgBringsTheTutorBack() throws {
    let session = try TmuxSession.tutor()
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    try session.press("Down", "C-z")
    try session.waitForState("the shell's terminal") {
      !$0.showsAlternateScreen && !$0.reportsMouse && $0.showsCursor
    }
    try session.type("echo back-in-the-shell\n")
    try session.waitForText("back-in-the-shell")
    try session.type("fg\n")
    try session.waitForState("the tutor's terminal") {
      $0.showsAlternateScreen && $0.reportsMouse
    }
    try session.waitForText("▸ 2   Pruning principles")
  }

  @Test func aSliderIsDraggedWithTheMouse() throws {
    let session = try TmuxSession.tutor(columns: 100, rows: 30)
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    try session.press("l")
    let screen = try session.waitForText("flips", seconds: 60)
    let row = try #require(screen.firstIndex { $0.contains("Sparsity") })
    let knob = try #require(screen[row].firstIndex(of: "●"))
    let column = screen[row].distance(from: screen[row].startIndex, to: knob)
    try session.mouse(.press, column: column, row: row)
    for step in 1...8 { try session.mouse(.drag, column: column + step, row: row) }
    try session.mouse(.release, column: column + 8, row: row)
    try session.waitForScreen("a sparsity above 0") { rows in
      !rows[row].contains(" 0 %") && rows.joined().contains("prune.sparsity=")
    }
  }

  @Test func theWindowFollowsEverySizeSaysWhenItIsTooSmallAndRecovers() throws {
    let session = try TmuxSession.tutor()
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    try session.resize(columns: 30, rows: 8)
    try session.waitForText("too small")
    try session.resize(columns: 200, rows: 60)
    try session.waitForText("1   Quantization principles")
  }

  @Test func theWholeInterfaceSpeaksChinese() throws {
    let session = try TmuxSession.tutor(["--lang", "zh-Hans"])
    defer { session.close() }
    try session.waitForText("1   量化原理")
    try session.press("Enter", "Down", "Enter", "Space")
    try session.waitForText("▌ 回答")
  }

  @Test func withoutAUTF8LocaleAndOnRequestTheTutorDrawsInASCII() throws {
    let session = try TmuxSession.tutor(environment: ["LANG": "C", "LC_ALL": "C"])
    defer { session.close() }
    let screen = try session.waitForText("1   Quantization principles")
    #expect(!screen.joined().contains { !$0.isASCII }, "\(screen.joined(separator: "\n"))")
  }

  @Test func noCOLORDrawsWithoutColours() throws {
    let session = try TmuxSession.tutor(environment: ["NO_COLOR": "1"])
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    let colours = try session.styledScreen().matches(of: /\u{1b}\[([0-9;]*)m/).flatMap { match in
      match.1.split(separator: ";").compactMap { Int($0) }
    }.filter { (30...38).contains($0) || (40...48).contains($0) || (90...107).contains($0) }
    #expect(colours.isEmpty)
  }
}
