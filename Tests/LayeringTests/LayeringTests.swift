import Foundation
import Testing

/// The plan of the layers: what each target may import of the others and of the C libraries.
///
/// A target that is not listed is a fault, so that a new one finds its place here first.
struct LayeringTests {
  private static let allowed: [String: Set<String>] = [
    "nibble": ["Commands"],
    "Commands": [
      "BundledContent", "Compression", "CTerminalSupport", "Curriculum", "Lab", "Localization",
      "NeuralNetwork", "Presentation", "RandomNumbers", "Study", "TerminalCanvas", "TerminalDriver",
      "TutorApp",
    ],
    "TutorApp": [
      "Compression", "Curriculum", "Lab", "Localization", "NeuralNetwork", "Presentation", "Study",
      "TerminalCanvas", "TerminalDriver",
    ],
    "Presentation": [
      "Compression", "Curriculum", "Lab", "Localization", "NeuralNetwork", "Study",
      "TerminalCanvas",
    ],
    "Lab": ["Compression", "Localization", "NeuralNetwork", "RandomNumbers"],
    "Study": ["CSQLite", "Localization", "RandomNumbers"],
    "Curriculum": ["CMarkdown", "Localization", "RandomNumbers"],
    "TerminalDriver": ["CNcurses", "CTerminalSupport", "TerminalCanvas"],
    "TerminalCanvas": ["Localization"],
    "Compression": ["CZlib", "Localization", "NeuralNetwork", "RandomNumbers", "VectorLanes"],
    "NeuralNetwork": ["CKernels", "CZlib", "Localization", "RandomNumbers", "VectorLanes"],
    "VectorLanes": [],
    "RandomNumbers": [],
    "BundledContent": [],
    "Localization": ["BundledContent"],
  ]

  private static let libraries: Set<String> = [
    "CKernels", "CMarkdown", "CNcurses", "CSQLite", "CTerminalSupport", "CZlib",
  ]

  /// The folder of all targets.
  private static let sources = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources")

  /// What a file imports.
  private struct Imports {
    let file: String
    let modules: Set<String>
  }

  private static func imports(of target: String) throws -> [Imports] {
    let files = try #require(
      FileManager.default.enumerator(
        at: sources.appendingPathComponent(target), includingPropertiesForKeys: nil))
    let line = /(?m)^\s*(?:@\w+ |\w+ )*?import (?:struct |class |enum |func |protocol )?(\w+)/
    var imports: [Imports] = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      imports.append(
        Imports(
          file: file.lastPathComponent,
          modules: Set(text.matches(of: line).map { String($0.output.1) })))
    }
    return imports
  }

  /// The targets of Swift.
  private static func targets() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: sources.path)
      .filter { !$0.hasSuffix(".md") && !libraries.contains($0) }.sorted()
  }

  @Test(arguments: try targets())
  func aTargetImportsOnlyWhatThePlanAllows(target: String) throws {
    let own = Set(Self.allowed.keys).union(Self.libraries)
    let allowed = try #require(Self.allowed[target], "\(target) has no place in the plan")
    let imports = try Self.imports(of: target)
    #expect(!imports.isEmpty)
    for file in imports {
      let forbidden = file.modules.intersection(own).subtracting(allowed)
      #expect(forbidden.isEmpty, "\(target)/\(file.file) imports \(forbidden.sorted())")
    }
  }

  @Test func ofTheCommandsOnlyTheTutorImportsItsScreens() throws {
    let files = try Self.imports(of: "Commands").filter { $0.modules.contains("TutorApp") }
    #expect(files.map(\.file) == ["TutorCommand.swift"])
  }

  @Test func thePlanHasNoCircle() {
    var below = Self.allowed.mapValues { $0.subtracting(Self.libraries) }
    while let (leaf, _) = below.first(where: { $0.value.isEmpty }) {
      below[leaf] = nil
      below = below.mapValues { $0.subtracting([leaf]) }
    }
    #expect(below.keys.sorted() == [])
  }
}
