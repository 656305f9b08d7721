import Curriculum
import Foundation
import Testing

/// A small course in both languages that uses every construct of the lesson format.
///
/// It stands in `Fixtures` and not in `Content`, so that editing a lesson changes no snapshot.
enum SampleCourse {
  /// The course.
  static func library() throws -> CourseLibrary {
    let (library, faults) = loaded
    try #require(faults.isEmpty, "\(faults.map(\.description).joined(separator: "\n"))")
    return library
  }

  private static let loaded = CourseLibrary.load(
    contentDirectory: URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Fixtures")
      .path)
}
