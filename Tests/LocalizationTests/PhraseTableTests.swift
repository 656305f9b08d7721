import BundledContent
import Foundation
import Testing

@testable import Localization

/// The tables of the interface against the phrases in the sources.
@Suite struct PhraseTableTests {
  private static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The keys of all phrases in the sources that are written in English alone.
  private static let keys = Result {
    let names = try #require(
      FileManager.default.enumerator(atPath: root.appendingPathComponent("Sources").path))
    var keys: Set<PhraseKey> = []
    for case let name as String in names where name.hasSuffix(".swift") {
      let file = root.appendingPathComponent("Sources/\(name)")
      keys.formUnion(PhraseLiterals.keys(in: try String(contentsOf: file, encoding: .utf8)))
    }
    return keys
  }

  private static func table(_ language: Language) throws -> PhraseTable {
    let file = PhraseTable.file(of: language, in: root.appendingPathComponent("Content").path)
    return try PhraseTable(po: String(contentsOfFile: file, encoding: .utf8))
  }

  private static let translations = Language.allCases.filter { $0 != .english }

  @Test(arguments: translations)
  func everyPhraseHasARowAndEveryRowAPhrase(language: Language) throws {
    let (keys, table) = (try Self.keys.get(), try Self.table(language))
    #expect(keys.count > 30)
    let missing = keys.filter { table[$0] == nil }
    #expect(missing.isEmpty, "\(missing.map(\.english).sorted())")
    let unused = table.keys.filter { !keys.contains($0) }
    #expect(unused.isEmpty, "\(unused.map(\.english).sorted())")
  }

  @Test(arguments: translations)
  func aTranslationIsNotEmptyAndHasTheHolesOfItsPhrase(language: Language) throws {
    let table = try Self.table(language)
    for key in table.keys {
      let translation = try #require(table[key])
      #expect(!translation.isEmpty, "\(key.english)")
      let count = key.english.matches(of: /\{\}/).count
      let values = (0..<count).map { "<\($0)>" }
      let filled = PhraseText.filled(translation, with: values)
      for value in values { #expect(filled.contains(value), "\(key.english)") }
      #expect(!filled.contains("{"), "\(key.english)")
    }
  }

  /// Chinese beside English in a source would be a phrase that the table does not know.
  @Test func theSourcesAreInEnglish() throws {
    let sources = Self.root.appendingPathComponent("Sources").path
    let names = try #require(FileManager.default.enumerator(atPath: sources))
    for case let name as String in names where name.hasSuffix(".swift") {
      // A lesson is read by the titles of its sections, and a language is called by its own name.
      guard !name.hasPrefix("Curriculum/Parsing/"), name != "Localization/Language.swift" else {
        continue
      }
      let text = try String(contentsOfFile: sources + "/" + name, encoding: .utf8)
      #expect(text.firstMatch(of: /[\u{4E00}-\u{9FFF}]+/) == nil, "\(name)")
    }
  }

  @Test func theProgramFindsItsOwnTable() throws {
    let key = PhraseKey(english: "Help")
    #expect(PhraseTable.bundled(.simplifiedChinese)[key] == "帮助")
    #expect(Phrase("Help")(.simplifiedChinese) == "帮助")
    #expect(Phrase("Help")(.english) == "Help")
  }

  @Test func literalsAreReadAsTheCompilerReadsThem() {
    let source = #"""
      // Phrase("in a comment")
      Phrase("a \(f("x)", 1)) b" + " c\n"), Phrase(verbatim: "v"), NoPhrase("x"), Phrase(name)
      Phrase("k", context: "home"), Phrase(
        """
        long \
        "line"
        """)
      """#
    #expect(
      PhraseLiterals.keys(in: source) == [
        PhraseKey(english: "a {} b c\n"), PhraseKey(context: "home", english: "k"),
        PhraseKey(english: "long \"line\""),
      ])
  }
}
