import Curriculum
import Foundation
import Localization
import Testing

/// Checks the lessons that ship with the program.
@Suite struct ContentTests {
  private static let directory = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Content").path

  private static func lessons() throws -> [(path: String, language: Language)] {
    try Language.allCases.flatMap { language in
      let folder = directory + "/" + language.rawValue
      guard FileManager.default.fileExists(atPath: folder) else { return [(String, Language)]() }
      return try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.hasSuffix(".md") }.sorted().map { (folder + "/" + $0, language) }
    }
  }

  @Test func theContentFolderIsThere() throws {
    #expect(try FileManager.default.contentsOfDirectory(atPath: Self.directory).isEmpty == false)
  }

  @Test func everyLessonParsesWithoutAFault() throws {
    for (path, language) in try Self.lessons() {
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let result = ChapterParser.parse(bytes: bytes, file: path, language: language)
      #expect(result.faults.map(\.description) == [])
      #expect(result.chapter != nil)
    }
  }

  /// Every plot that some lesson names.
  private static let plots = [
    "histogram", "curve", "bytes", "crossings", "latency", "pareto", "confusion", "mask", "filters",
    "features", "flips", "sqnr", "sensitivity", "training", "layers", "seeds", "compare",
  ]

  @Test func theLinterHasNothingToSay() throws {
    guard try !Self.lessons().isEmpty else { return }
    // What the lab really knows is checked where both are: in the tests of the commands.
    let vocabulary = NetworkVocabulary(
      kernels: ["conv2d/kernel", "dense/kernel", "dense_1/kernel"],
      claimable: [
        "accuracy", "flips", "sparsity", "parameters", "macs", "bytes.dense", "bytes.csr16",
        "bytes.bitmask", "bytes.relative", "bytes.huffman", "bytes.gzip", "sparsity@KERNEL",
        "sqnr@KERNEL",
      ], guessable: ["speedup.float32", "speedup.csr", "speedup.int8"],
      plots: Self.plots)
    let faults = Linter.check(contentDirectory: Self.directory, vocabulary: vocabulary) { _, _ in
      nil
    }
    #expect(faults.map(\.description) == [])
  }

  @Test func theGlossaryHasTheCoursesTerms() throws {
    let (glossary, faults) = try #require(Glossary.load(contentDirectory: Self.directory))
    #expect(faults.map(\.description) == [])
    #expect(glossary.entries.count >= 60)
    // Terms stand in the order of the alphabet, so that a reader finds them.
    let terms = glossary.entries.map { $0.english[0].lowercased() }
    #expect(zip(terms, terms.dropFirst()).filter { $0 > $1 }.map { "\($0) before \($1)" } == [])
  }
}
