import Foundation

@testable import Study

/// A folder of its own for one test, removed with the last reference.
final class TemporaryFolder {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appendingPathComponent("nibble-study-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    // Tests take write permission away; what cannot be removed then must be removable again.
    for name in [""] + names {
      try? FileManager.default.setAttributes(
        [.posixPermissions: 0o755], ofItemAtPath: file(name))
    }
    try? FileManager.default.removeItem(atPath: path)
  }

  /// The names in the folder, sorted.
  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }

  /// The path of a name in the folder.
  func file(_ name: String) -> String {
    name.isEmpty ? path : path + "/" + name
  }

  /// The path of the store.
  var store: String { file("progress.sqlite") }

  func bytes(_ name: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: file(name)))
  }

  func write(_ data: Data, to name: String) throws {
    try data.write(to: URL(fileURLWithPath: file(name)))
  }

  func setPermissions(_ mode: Int, of name: String) throws {
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file(name))
  }
}

/// A fixed moment: 2026-01-02 03:04:05 UTC.
let moment = 1_767_323_045.0

extension StudyCalendar {
  /// Days as in Greenwich.
  static let utc = zone("UTC")

  /// Days as in a zone by its name.
  static func zone(_ name: String) -> StudyCalendar {
    StudyCalendar(timeZone: TimeZone(identifier: name) ?? .current)
  }
}

extension Review {
  /// A review with little to say.
  static func sample(
    _ item: String, chapter: String = "quantization", at time: Double = moment,
    right: Bool = true, confidence: Confidence? = nil
  ) -> Review {
    Review(
      itemID: item, chapterID: chapter, at: time, wasRight: right, response: "b", seconds: 4.25,
      confidence: confidence, session: .chapter)
  }
}

extension ProgressStore {
  /// Opens a store that must be sound; waits long for others, for the machine may be busy.
  static func sound(_ path: String) throws -> ProgressStore {
    let (store, notice) = try open(path: path, now: moment, busyTimeout: 60)
    guard notice == nil else { throw UnexpectedNotice(text: notice ?? "") }
    return store
  }
}

struct UnexpectedNotice: Error {
  var text: String
}
