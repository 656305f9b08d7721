import Foundation
import Testing

/// A recipe goes from a shell's line into the lab, and back to the shell.
@Suite(.enabled(if: TmuxSession.isAvailable))
struct LabSharingTests {
  /// The accuracy as the gauge shows it, once all images were looked at.
  private static func accuracy(in rows: [String]) -> String? {
    guard rows.contains(where: { $0.contains("flips") }) else { return nil }
    for row in rows {
      guard let title = row.range(of: "accuracy   ") else { continue }
      let number = row[title.upperBound...].prefix { $0.isNumber || $0 == "." }
      return number.isEmpty ? nil : String(number)
    }
    return nil
  }

  @Test func aTypedLineSetsTheLabAndTheCopiedLineMeasuresTheSameAccuracyInAShell() throws {
    let session = try TmuxSession.tutor(["--home"])
    defer { session.close() }
    try session.acceptClipboard()
    try session.press("l")
    try session.waitForText("flips", seconds: 60)
    try session.press("y")
    try session.waitForText("nibble measure")
    try session.type("nibble measure --set weights.bits=3 --set weights.granularity=tensor")
    try session.press("Enter")
    var shown: String?
    try session.waitForScreen("the exact accuracy of the line", seconds: 90) { rows in
      guard rows.contains(where: { $0.contains("weights.bits=3 weights.granularity=tensor") })
      else { return false }
      shown = Self.accuracy(in: rows)
      return shown != nil
    }
    try session.press("y")
    try session.waitForText("nibble measure --set weights.bits=3 --set weights.granularity=tensor")
    try session.press("C-y")
    try session.waitForText("Sent to the terminal's clipboard")
    let copied = try session.clipboard()
    #expect(copied == "nibble measure --set weights.bits=3 --set weights.granularity=tensor")
    try session.press("Escape", "q", "q")
    #expect(try session.expectSaneShell() == 0)

    let words = copied.split(separator: " ").dropFirst().map(String.init)
    let measured = try ProgramUnderTest.run(words)
    #expect(measured.status == 0, "\(measured.errors)")
    let accuracy = try #require(shown)
    #expect(measured.output.contains("\(accuracy) %"), "\(accuracy) is not in\n\(measured.output)")
  }

  @Test func aNetworkOfOnesOwnIsNamedInTheTitleAndFGoesBackToTheBuiltInOne() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("mine.safetensors").path
    let made = try ProgramUnderTest.run(
      ["export", "--out", file, "--set", "prune.pattern=filter", "--set", "prune.sparsity=0.75"])
    #expect(made.status == 0, "\(made.errors)")

    let session = try TmuxSession.tutor(["--home", "--model", file])
    defer { session.close() }
    try session.press("l")
    try session.waitForText("your mine.safetensors", seconds: 60)
    try session.press("F")
    try session.waitForScreen("the built-in network", seconds: 60) { rows in
      !rows.joined().contains("mine.safetensors") && Self.accuracy(in: rows) != nil
    }
    try session.press("F")
    try session.waitForText("your own files")
    try session.waitForText(String(file.suffix(20)))
    try session.press("C-u")
    try session.type("/nowhere.safetensors")
    try session.press("Enter")
    try session.waitForText("/nowhere.safetensors: cannot be opened")
    try session.press("Escape", "q", "q")
    #expect(try session.expectSaneShell() == 0)
  }
}
