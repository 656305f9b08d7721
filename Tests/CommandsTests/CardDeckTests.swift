import BundledContent
import Curriculum
import Foundation
import Localization
import Testing

@testable import Commands

/// The deck for Anki.
@Suite struct CardDeckTests {
  private func chapters(_ language: Language) throws -> [Chapter] {
    let content = try BundledContent.locate(explicit: nil)
    return CourseLibrary.load(contentDirectory: content, languages: [language]).library
      .chapters(in: language)
  }

  /// The structure that Anki's manual asks for ("Importing text files"), in both languages.
  @Test(arguments: Language.allCases)
  func fileHasTheStructureThatAnkiReads(language: Language) throws {
    let chapters = try chapters(language)
    let deck = CardDeck(chapters: chapters, language: language)
    let lines = deck.text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines.prefix(7) == [
        "#separator:tab", "#html:true", "#notetype:Basic", "#guid column:1", "#deck column:2",
        "#tags column:5", "#columns:GUID\tDeck\tFront\tBack\tTags",
      ])
    #expect(lines.last == "")
    let rows = lines.dropFirst(7).dropLast()
    #expect(rows.count == deck.notes.count)
    var guids: Set<Substring> = []
    for row in rows {
      let columns = row.split(separator: "\t", omittingEmptySubsequences: false)
      #expect(columns.count == 5, "\(row.prefix(80))")
      // A row that begins with # would be a comment.
      #expect(!row.hasPrefix("#"))
      #expect(guids.insert(columns[0]).inserted, "\(columns[0])")
      #expect(columns[1].hasPrefix("Nibble::"))
      for face in columns[2...3] {
        #expect(!face.isEmpty)
        // A quotation mark is doubled inside a quoted column and stands nowhere else.
        if face.contains("\"") {
          let inside = face.dropFirst().dropLast()
          #expect(face.hasPrefix("\"") && face.hasSuffix("\"") && face.count > 1)
          #expect(!inside.replacingOccurrences(of: "\"\"", with: "").contains("\""))
        }
      }
      #expect(columns[4].hasPrefix("nibble nibble::"))
    }
    let questions = chapters.map(\.questions.count).reduce(0, +)
    let items = chapters.flatMap(\.quizItems).count {
      if case .measured = $0.answer { false } else { true }
    }
    #expect(rows.count == questions + items)
  }

  @Test func sameLessonsMakeTheSameDeck() throws {
    let chapters = try chapters(.english)
    #expect(
      CardDeck(chapters: chapters, language: .english).text
        == CardDeck(chapters: chapters, language: .english).text)
  }

  @Test func htmlIsEscapedAndFormulasStay() {
    #expect(
      CardHTML.escaped("a<b & \"c\">\td\u{1b}[0m") == "a&lt;b &amp; &quot;c&quot;&gt;    d[0m")
    #expect(
      CardHTML.text([
        Block.paragraph([
          .text("x "), .math("a_i < b"), .softBreak, .code("<i>"),
          .link(destination: "javascript:alert(1)", [.text("y")]),
        ])
      ]) == #"<p>x \(a_i &lt; b\) <code>&lt;i&gt;</code>y</p>"#)
    #expect(
      CardHTML.text([Block.list(start: 1, items: [[.paragraph([.text("one")])]])])
        == "<ol><li>one</li></ol>")
    #expect(CardHTML.code("a\nb") == "<pre><code>a<br>b</code></pre>")
  }

  @Test func numbersAreTypedAsALearnerWould() {
    #expect(TypedNumber.text(131) == "131")
    #expect(TypedNumber.text(-64) == "-64")
    #expect(TypedNumber.text(0.0156863) == "0.0156863")
  }
}
