import Testing

@testable import Localization

/// Phrases in every language.
@Suite struct PhraseTests {
  @Test func aNameReadsTheSameInEveryLanguage() {
    let phrase = Phrase(verbatim: "Help")
    #expect(Language.allCases.map { phrase($0) } == ["Help", "Help"])
  }

  @Test func anEnumerationHasTheCommaOfItsLanguage() {
    let phrase = Phrase.list(["a", "b", "c"])
    #expect(phrase(.english) == "a, b, c")
    #expect(phrase(.simplifiedChinese) == "a、b、c")
    #expect(Phrase.list([])(.english).isEmpty)
  }

  @Test func phrasesAreJoinedByTheWordsOfTheLanguage() {
    let phrase = Phrase.joined([Phrase("Help"), Phrase("Quiz")], separator: Phrase(", "))
    #expect(phrase(.english) == "Help, Quiz")
    #expect(phrase(.simplifiedChinese) == "帮助、测验")
  }

  @Test func anEnglishTextKeepsItsInterpolationsNestedPhrasesInTheSameLanguage() {
    let phrase = Phrase("\(3) of \(Phrase(verbatim: "five")) " + "in \("all")")
    #expect(phrase(.english) == "3 of five in all")
  }

  @Test(arguments: [
    ("{} of {}", "1 of 2"), ("{2}, {1}", "2, 1"), ("a {", "a {"), ("{3}", "{3}"),
    ("no hole", "no hole"),
  ])
  func holesAreFilledInOrderOrByNumber(pattern: String, expected: String) {
    #expect(PhraseText.filled(pattern, with: ["1", "2"]) == expected)
  }

  @Test func aTableIsReadWithContextsSeveralLinesAndEscapes() throws {
    let table = try PhraseTable(
      po: """
        # A comment.
        msgid ""
        msgstr "Language: zh-Hans\\n"

        msgid "next"
        msgstr "下一题"

        msgctxt "page"
        msgid "next"
        msgstr ""
        "下一页\\n"
        "\\"完\\""
        """)
    #expect(table[PhraseKey(english: "next")] == "下一题")
    #expect(table[PhraseKey(context: "page", english: "next")] == "下一页\n\"完\"")
    #expect(table.keys.count == 2)
  }

  @Test(arguments: [
    ("msgid \"a\"", 1), ("msgid a\nmsgstr \"b\"", 1), ("msgid \"a\"\nmsgstr \"b\\q\"", 2),
    ("msgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"", 5), ("\"a\"", 1), ("word", 1),
    ("msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"", 3),
  ])
  func whatIsNoTableIsRefusedWithItsLine(text: String, line: Int) {
    let error = #expect(throws: PhraseTableError.self) { try PhraseTable(po: text) }
    #expect(error?.line == line)
  }
}
