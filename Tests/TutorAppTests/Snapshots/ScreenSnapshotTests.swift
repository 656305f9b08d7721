import Foundation
import Testing

@Suite("Whole screens")
struct ScreenSnapshotTests {
  @Test("Every state of every screen looks as recorded", arguments: Scenario.all, Window.all)
  func looks(scenario: Scenario, window: Window) throws {
    let robot = try scenario.drive(window)
    #expect(robot.screen == scenario.screen, "\(robot.rows.joined(separator: "\n"))")
    try ScreenSnapshot(name: scenario.name, window: window).expect(robot.rows)
  }

  @Test("Every type of screen has a snapshot")
  func types() throws {
    let sources = ScreenSnapshot.folder.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Sources/TutorApp")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var types: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      types.formUnion(text.matches(of: /struct (\w+): \w*Screen\b/).map { String($0.output.1) })
    }
    #expect(types.count > 20)
    #expect(types.subtracting(Scenario.all.map(\.screen)).sorted() == [])
  }

  @Test("Every recorded file belongs to a scenario")
  func files() throws {
    let names = Set(Scenario.all.map { $0.name + ".txt" })
    #expect(names.count == Scenario.all.count)
    for window in Window.all {
      let folder = ScreenSnapshot.folder.appendingPathComponent(window.testDescription)
      guard !ScreenSnapshot.isRecording else { continue }
      let recorded = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(recorded).subtracting(names).sorted() == [])
    }
  }

  @Test("A difference shows the recorded row above the one on the screen")
  func differences() {
    #expect(
      ScreenSnapshot.difference(from: ["a", "b", "c"], to: ["a", "B"])
        == ["  1 - b", "  1 + B", "  2 - c"])
    #expect(ScreenSnapshot.difference(from: ["a"], to: ["a"]).isEmpty)
  }
}
