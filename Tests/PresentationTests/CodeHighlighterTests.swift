import Presentation
import RandomNumbers
import Testing

/// Listings cut into tokens.
@Suite struct CodeHighlighterTests {
  /// The tokens other than plain ones, each with its kind's first letter.
  private func marked(_ text: String, _ language: String) -> [String] {
    CodeHighlighter.highlight(text, language: language).flatMap { $0 }.compactMap { token in
      switch token.kind {
      case .keyword: "k:" + token.text
      case .string: "s:" + token.text
      case .comment: "c:" + token.text
      case .number: "n:" + token.text
      case .plain: nil
      }
    }
  }

  @Test(arguments: [
    (
      "python", "def f(x): return x * 2.5e-3  # half",
      ["k:def", "k:return", "n:2.5e-3", "c:# half"]
    ),
    (
      "python", "a = f\"# {x}\" + 'it\\'s' + \"\"\"b\nc\"\"\"",
      ["s:f\"# {x}\"", "s:'it\\'s'", "s:\"\"\"b", "s:c\"\"\""]
    ),
    ("python", "x1 = 0x1E+2", ["n:0x1E", "n:2"]),
    ("python", "s = \"open\nif x:", ["s:\"open", "k:if"]),
    (
      "bash", "for f in *.md; do echo \"$f\" '\\'; done # all",
      ["k:for", "k:in", "k:do", "s:\"$f\"", "s:'\\'", "k:done", "c:# all"]
    ),
    ("bash", "echo ${#a} $#", []),
    ("swift", "let a = 1 /* x\ny */ // z", ["k:let", "n:1", "c:/* x", "c:y */", "c:// z"]),
    ("swift", "\"a // b\"", ["s:\"a // b\""]),
    ("c", "int x = 'a'; // 1", ["k:int", "s:'a'", "c:// 1"]),
    ("c", "for (int8_t i = 0; i < 4u; i++)", ["k:for", "k:int8_t", "n:0", "n:4u"]),
    ("json", "{\"a\": [true, null, -1.5]}", ["s:\"a\"", "k:true", "k:null", "n:1.5"]),
    ("text", "if 1 \"x\" # y", []),
  ])
  func tokensOfEachLanguage(language: String, text: String, expected: [String]) {
    #expect(marked(text, language) == expected)
  }

  @Test func linesStayLines() {
    let lines = CodeHighlighter.highlight("a\n\nb = 1\n", language: "python")
    #expect(lines.map { $0.map(\.text).joined() } == ["a", "", "b = 1", ""])
    #expect(
      CodeHighlighter.highlight("a\n\nb", language: "").map { $0.map(\.text).joined() } == [
        "a", "", "b",
      ])
  }

  @Test(arguments: 0..<6)
  func theTokensPutTogetherGiveTheText(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let sample = "def f(x):\n  \"\"\"doc\"\"\"\n  return 'a' /* b */ + 1e-5 # c\n"
    let pieces: [Character] = ["\"", "'", "#", "/", "*", "\\", "\n", "\t", " ", "0", "e", "量", "👩‍💻"]
    for _ in 0..<80 {
      var characters = Array(sample)
      for _ in 0..<6 {
        let place = random.nextIndex(below: characters.count)
        if random.nextIndex(below: 3) == 0 {
          characters.remove(at: place)
        } else {
          characters.insert(pieces[random.nextIndex(below: pieces.count)], at: place)
        }
      }
      let text = String(characters)
      for language in ["python", "bash", "swift", "c", "json", "none"] {
        let lines = CodeHighlighter.highlight(text, language: language)
        #expect(lines.map { $0.map(\.text).joined() }.joined(separator: "\n") == text)
        #expect(lines.allSatisfy { $0.allSatisfy { !$0.text.isEmpty } })
      }
    }
  }
}
