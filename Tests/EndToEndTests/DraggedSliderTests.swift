import Foundation
import Testing

/// A slider that is held down, in the real program, and what the command line says of its end.
@Suite(.enabled(if: TmuxSession.isAvailable))
struct DraggedSliderTests {
  @Test func aSliderDraggedByItsKeysEndsOnTheFigureThatNibbleMeasureGives() throws {
    let session = try TmuxSession.tutor(columns: 100, rows: 30)
    defer { session.close() }
    try session.waitForText("1   Quantization principles")
    try session.press("l")
    try session.waitForText("flips", seconds: 60)
    // From the bit-width two knobs up to the sparsity.
    try session.press("Up", "Up")
    // Held down: more than one key for every frame, to the end and part of the way back.
    try session.press(repeating: "Right", 99)
    try session.waitForText("prune.sparsity=0.99", seconds: 60)
    try session.press(repeating: "Left", 19)
    let rows = try session.waitForScreen("the exact figure of 80 %", seconds: 120) { rows in
      let text = rows.joined(separator: "\n")
      return text.contains("prune.sparsity=0.8 ") && text.contains("flips")
    }
    let shown = try #require(Self.accuracy(in: rows))
    let measured = try ProgramUnderTest.run(
      ["measure", "--set", "prune.sparsity=0.8", "--json"])
    #expect(measured.status == 0)
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(measured.output.utf8)) as? [String: Any])
    let correct = try #require(object["correct"] as? Int)
    let images = try #require(object["images"] as? Int)
    #expect(shown == String(format: "%.2f", 100 * Double(correct) / Double(images)))
    try session.press("C-c")
    #expect(try session.expectSaneShell() == 0)
  }

  /// The accuracy in percent as the gauge shows it.
  private static func accuracy(in rows: [String]) -> String? {
    for row in rows {
      guard let title = row.range(of: "accuracy   ") else { continue }
      return String(row[title.upperBound...].prefix { $0.isNumber || $0 == "." })
    }
    return nil
  }
}
