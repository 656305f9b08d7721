import BundledContent
import Curriculum
import Lab
import Localization
import TerminalCanvas
import Testing

@testable import Presentation

/// Typesetting.
@Suite struct TypesettingTests {
  /// Read once, since a whole course takes a while without optimisation.
  private static let bundled = Result {
    CourseLibrary.load(contentDirectory: try BundledContent.locate(explicit: nil))
  }

  private static func library() throws -> CourseLibrary { try bundled.get().library }

  private let typesetter = LessonTypesetter(language: .english, glyphs: .unicode)

  private func text(_ blocks: [Block], width: Int) -> String {
    typesetter.lines(for: blocks, width: width).map { $0.map(\.text).joined() }
      .joined(separator: "\n")
  }

  @Test(arguments: [20, 40, 76, 120])
  func everyTextOfEveryChapterFitsItsWidth(width: Int) throws {
    let library = try Self.library()
    for language in Language.allCases {
      for chapter in library.chapters(in: language) {
        for glyphs in GlyphSet.allCases {
          let lines = ChapterText(chapter: chapter, language: language, glyphs: glyphs)
            .lines(width: width)
          #expect(lines.count > 100)
          for line in lines {
            let measured = TextWidth.width(of: line)
            #expect(measured <= width, "\(chapter.stem) \(language): \(line.map(\.text).joined())")
          }
        }
      }
    }
  }

  @Test(arguments: [30, 76])
  func noChineseLineStartsWithClosingPunctuation(width: Int) throws {
    let closing = Set("，。、；：？！）」』》”’")
    for chapter in try Self.library().chapters(in: .simplifiedChinese) {
      for question in chapter.questions {
        for line in LessonTypesetter(language: .simplifiedChinese, glyphs: .unicode)
          .lines(for: question.answer, width: width)
        {
          let first = line.map(\.text).joined().first ?? " "
          #expect(!closing.contains(first), "\(line.map(\.text).joined())")
        }
      }
    }
  }

  @Test func aListHasHangingIndentsAndNestedListsAreIndentedFurther() {
    let blocks: [Block] = [
      .list(
        start: nil,
        items: [
          [.paragraph([.text("alpha beta gamma delta")])],
          [.paragraph([.text("one")]), .list(start: 1, items: [[.paragraph([.text("two")])]])],
        ])
    ]
    #expect(
      text(blocks, width: 14) == """
        • alpha beta
          gamma delta

        • one
          1. two
        """)
  }

  @Test func codeKeepsItsIndentsAndShowsWhereALineGoesOn() {
    let blocks: [Block] = [.code(language: "python", text: "def f():\n    return 1")]
    #expect(text(blocks, width: 30) == "│ def f():\n│     return 1")
  }

  @Test func aClaimSaysWhatWasMeasuredWithWhichSettings() {
    let claim = Claim(
      settings: [Setting(key: "weights.bits", value: "2")], quantity: "accuracy",
      bound: .atMost(0.2), location: SourceLocation(file: "x", line: 1))
    #expect(
      text([.claim(claim)], width: 80) == "✓ measured here: accuracy ≤ 20.00 %  weights.bits=2")
  }

  @Test(arguments: [
    (0.9096, "accuracy", "90.96 %"), (2_775_848, "bytes.dense", "2,775,848 B"),
    (34.25, "sqnr@dense/kernel", "34.2 dB"), (181, "flips", "181"), (1e30, "bytes", "1e+30 B"),
    (2.5, "speedup.int8", "2.50×"), (7, "no such thing", "7"),
  ])
  func quantitiesCarryTheirUnits(value: Double, quantity: String, text: String) {
    #expect(QuantityUnit(ofQuantity: quantity).text(value) == text)
  }
}
