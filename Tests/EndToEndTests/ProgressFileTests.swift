import Foundation
import Study
import Testing

/// Progress carried about with the real program.
@Suite struct ProgressFileTests {
  @Test func exportedProgressIsImportedWhole() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    let quiz = try ProgramUnderTest.run(
      ["quiz", "1", "--seed", "5", "--db", path("a.sqlite")], input: "1\nf\n1 2 3\nu\n1\n2\nq\n")
    #expect(quiz.errors.isEmpty)
    let export = try ProgramUnderTest.run(
      ["stats", "--db", path("a.sqlite"), "--export", path("all.json")])
    #expect(export.status == 0)
    for round in 0..<2 {
      let added = try ProgramUnderTest.run(
        ["stats", "--db", path("b.sqlite"), "--import", path("all.json")])
      #expect(added.status == 0)
      #expect(added.output.hasPrefix(round == 0 ? "added 5 log" : "added 0 log"), "\(added.output)")
    }
    let again = try ProgramUnderTest.run(["stats", "--db", path("b.sqlite"), "--export", "-"])
    #expect(again.output == (try String(contentsOfFile: path("all.json"), encoding: .utf8)))
    let reports = try ["a.sqlite", "b.sqlite"].map {
      try ProgramUnderTest.run(["stats", "--json", "--rebuild", "--db", path($0)]).output
    }
    #expect(reports[0] == reports[1])
    #expect(reports[0].contains("\"answers\":3"))

    let itself = try ProgramUnderTest.run(
      ["stats", "--db", path("a.sqlite"), "--export", path("a.sqlite")])
    #expect(itself.status == 2)
    #expect(try ProgressStore.open(path: path("a.sqlite"), now: 0).store.reviews().count == 3)
  }

  @Test(arguments: ["--import", "--replay"])
  func badFilesAreRefusedInOneLineAndMakeNoStore(option: String) throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let bad = folder.appendingPathComponent("bad.json").path
    let texts = [
      "", "{", "{}", "[1,2]", String(repeating: "[", count: 200_000), "\u{1b}[2J\u{0}",
      "{\"cases\":[{\"reviews\":[{\"at\":0,\"rating\":9}]}]}",
      "{\"format\":\"\u{1b}[31m\",\"version\":1}",
    ]
    for text in texts {
      try Data(text.utf8).write(to: URL(fileURLWithPath: bad))
      let database = folder.appendingPathComponent("new.sqlite").path
      let result = try ProgramUnderTest.run(["stats", option, bad, "--db", database])
      #expect(result.status == 65, "\(text.prefix(40))")
      #expect(result.output.isEmpty)
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
      #expect(!result.errors.contains("\u{1b}"))
      #expect(!FileManager.default.fileExists(atPath: database))
    }
    for missing in [bad + "-missing", folder.path] {
      let result = try ProgramUnderTest.run(["stats", option, missing])
      #expect(result.status == 65)
      #expect(result.errors.split(separator: "\n").count == 1, "\(result.errors)")
    }
  }

  @Test func everyKindOfSessionWorksOnAPipe() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let database = folder.appendingPathComponent("progress.sqlite").path
    func quiz(_ arguments: [String], _ input: String) throws -> Subprocess.Result {
      try ProgramUnderTest.run(["quiz", "--db", database, "--seed", "7"] + arguments, input: input)
    }
    // A choice answered wrong with certainty heads the next session of whatever kind.
    let first = try quiz(["1", "--confidence"], "f\n1\n3\n1\n3\n1\n3\nq\n")
    #expect(first.output.contains("Flagged."))
    for kind in ["due", "mixed", "cram", "weak", "flagged", "exam"] {
      let result = try quiz(["--session", kind, "--count", "3"], "s\ns\ns\nq\n")
      #expect(result.errors.isEmpty, "\(result.errors)")
      #expect(result.output.contains("[1/"), "\(kind): \(result.output)")
    }
    for (wrong, message) in [
      (["--session", "later"], "must be one of"), (["--session", "chapter"], "needs a chapter"),
      (["--minutes", "5"], "is for --session exam"),
    ] {
      let result = try quiz(wrong, "")
      #expect(result.status == 2)
      #expect(result.errors.contains(message), "\(result.errors)")
    }
  }
}
