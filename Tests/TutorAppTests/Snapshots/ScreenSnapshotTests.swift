import Foundation
import Testing

/// Whole screens.
@Suite struct ScreenSnapshotTests {
  @Test(arguments: Scenario.all, Window.all)
  func everyStateOfEveryScreenLooksAsRecorded(scenario: Scenario, window: Window) throws {
    let robot = try scenario.drive(window)
    #expect(robot.screen == scenario.screen, "\(robot.rows.joined(separator: "\n"))")
    try ScreenSnapshot(name: scenario.name, window: window).expect(robot.rows)
  }

  @Test func everyTypeOfScreenHasASnapshot() throws {
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

  @Test func everyRecordedFileBelongsToAScenario() throws {
    let names = Set(Scenario.all.map { $0.name + ".txt" })
    #expect(names.count == Scenario.all.count)
    for window in Window.all {
      let folder = ScreenSnapshot.folder.appendingPathComponent(window.testDescription)
      guard !ScreenSnapshot.isRecording else { continue }
      let recorded = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(recorded).subtracting(names).sorted() == [])
    }
  }

  @Test func aDifferenceShowsTheRecordedRowAboveTheOneOnTheScreen() {
    #expect(
      ScreenSnapshot.difference(from: ["a", "b", "c"], to: ["a", "B"])
        == ["  1 - b", "  1 + B", "  2 - c"])
    #expect(ScreenSnapshot.difference(from: ["a"], to: ["a"]).isEmpty)
  }
}
