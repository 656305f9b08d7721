import Foundation
import Testing

/// The files that the pages for developers point at.
struct ReadmeTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All sources and tests by their paths.
  private static func paths() throws -> [String] {
    try ["Sources", "Tests"].flatMap { folder in
      let names = try #require(
        FileManager.default.enumerator(atPath: root.appendingPathComponent(folder).path))
      return names.compactMap { $0 as? String }.map { "/\(folder)/\($0)" }
    }
  }

  @Test(arguments: ["README.md", "Sources/README.md", "Tests/README.md", "Content/README.md"])
  func everyFileThatAPageNamesIsThere(page: String) throws {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent(page), encoding: .utf8)
    let paths = try Self.paths()
    for match in text.matches(of: /`([\w\/+]+\.(?:swift|py|c))`/) {
      let name = String(match.output.1)
      #expect(paths.contains { $0.hasSuffix("/" + name) }, "\(page) names \(name)")
    }
    for match in text.matches(of: /\]\(([\w.\/]+)\)/) where !match.output.1.contains("://") {
      let folder = Self.root.appendingPathComponent(page).deletingLastPathComponent()
      let target = folder.appendingPathComponent(String(match.output.1)).path
      #expect(FileManager.default.fileExists(atPath: target), "\(page) links to \(target)")
    }
  }
}
