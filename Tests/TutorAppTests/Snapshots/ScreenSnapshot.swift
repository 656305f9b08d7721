import Foundation
import Testing

/// Compares a whole screen with the text that was recorded of it, or records it anew.
///
/// `NIBBLE_RECORD_SNAPSHOTS=1` records; a test that has recorded fails, so that a run which compares
/// nothing is never taken for one that passes.
struct ScreenSnapshot {
  /// The name of the file without its ending.
  let name: String
  /// The folder of the files of a window.
  let window: Window

  /// The folder of all snapshots, one folder a window.
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("__Snapshots__")

  /// Whether this run records.
  static let isRecording = ProcessInfo.processInfo.environment["NIBBLE_RECORD_SNAPSHOTS"] == "1"

  /// The file of a snapshot.
  var file: URL {
    Self.folder.appendingPathComponent(window.testDescription)
      .appendingPathComponent(name + ".txt")
  }

  /// Expects rows to be the recorded ones.
  func expect(_ rows: [String], sourceLocation: SourceLocation = #_sourceLocation) throws {
    if Self.isRecording {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data((rows.joined(separator: "\n") + "\n").utf8).write(to: file)
      Issue.record("recorded \(file.lastPathComponent)", sourceLocation: sourceLocation)
      return
    }
    let recorded = try #require(
      try? String(contentsOf: file, encoding: .utf8),
      "\(window.testDescription)/\(name).txt is missing; NIBBLE_RECORD_SNAPSHOTS=1 records it",
      sourceLocation: sourceLocation)
    let difference = Self.difference(
      from: recorded.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
        String.init), to: rows)
    #expect(
      difference.isEmpty,
      "\(window.testDescription)/\(name).txt differs:\n\(difference.joined(separator: "\n"))",
      sourceLocation: sourceLocation)
  }

  /// The rows that differ, each with its number, the recorded one above the one on the screen.
  static func difference(from recorded: [String], to shown: [String]) -> [String] {
    (0..<max(recorded.count, shown.count)).flatMap { row -> [String] in
      let old = row < recorded.count ? recorded[row] : nil
      let new = row < shown.count ? shown[row] : nil
      guard old != new else { return [] }
      let number = String(repeating: " ", count: 3 - "\(row)".count) + "\(row)"
      return [old.map { "\(number) - \($0)" }, new.map { "\(number) + \($0)" }].compactMap(\.self)
    }
  }
}
