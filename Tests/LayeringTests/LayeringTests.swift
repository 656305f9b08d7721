import Foundation
import Testing

/// The plan of the layers: what each target may import of the others and of the C libraries.
///
/// A target that is not listed may not exist, so that a new one finds its place here first.
struct LayeringTests {
  private static let allowed: [String: Set<String>] = [
    "nibble": ["Commands"],
    "Commands": [
      "BundledContent", "Compression", "CTerminalSupport", "Curriculum", "Lab", "NeuralNetwork",
      "Study", "TerminalCanvas", "TerminalDriver", "TutorApp",
    ],
    "TutorApp": [
      "Compression", "Curriculum", "Lab", "NeuralNetwork", "Study", "TerminalCanvas",
      "TerminalDriver",
    ],
    "Lab": ["Compression", "NeuralNetwork"],
    "Study": ["CSQLite"],
    "Curriculum": ["CMarkdown"],
    "TerminalDriver": ["CNcurses", "CTerminalSupport", "TerminalCanvas"],
    "TerminalCanvas": [],
    "Compression": ["CZlib", "NeuralNetwork"],
    "NeuralNetwork": ["CKernels", "CZlib", "VectorLanes"],
    "VectorLanes": [],
    "BundledContent": [],
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

  @Test func everyTargetHasItsPlaceInThePlan() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
      .filter { !$0.hasSuffix(".md") }
    #expect(Set(folders) == Set(Self.allowed.keys).union(Self.libraries))
  }

  @Test(arguments: allowed.keys.sorted())
  func aTargetImportsOnlyWhatThePlanAllows(target: String) throws {
    let own = Set(Self.allowed.keys).union(Self.libraries)
    let allowed = try #require(Self.allowed[target])
    let imports = try Self.imports(of: target)
    #expect(!imports.isEmpty)
    for file in imports {
      let forbidden = file.modules.intersection(own).subtracting(allowed)
      #expect(forbidden.isEmpty, "\(target)/\(file.file) imports \(forbidden.sorted())")
    }
    // What is allowed and never used is a stale line of the plan.
    let used = imports.reduce(into: Set<String>()) { $0.formUnion($1.modules) }
    #expect(allowed.subtracting(used).isEmpty, "\(target) never imports some of what it may")
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
