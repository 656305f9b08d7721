import Curriculum
import Testing

/// Markdown as it arrives in the block model.
@Suite struct MarkdownTests {
  @Test(arguments: [
    (
      "plain *em* **strong** ~~gone~~ `code`",
      "paragraph: plain {em em} {strong strong} {del gone} {code code}"
    ),
    ("a [link](https://example.org/x) b", "paragraph: a {link https://example.org/x link} b"),
    ("one\ntwo", "paragraph: one{soft}two"),
    ("one  \ntwo", "paragraph: one{break}two"),
    (
      "- a\n- b\n  - c",
      "list:\n- item:\n  paragraph: a\n- item:\n  paragraph: b\n  list:\n  - item:\n    paragraph: c"
    ),
    ("3. a\n4. b", "list from 3:\n- item:\n  paragraph: a\n- item:\n  paragraph: b"),
    ("> quoted\n> text", "quote:\n  paragraph: quoted{soft}text"),
    ("```swift\nlet a = 1\n\nlet b = 2\n```", "code [swift]: let a = 1⏎⏎let b = 2"),
    ("    indented", "code []: indented"),
    ("---", "rule"),
    ("##### Small", "heading 5: Small"),
    (
      "| a | b |\n| :-: | - |\n| 1 |\n| 1 | 2 | 3 |",
      "table [Curriculum.ColumnAlignment.center, Curriculum.ColumnAlignment.none]:\n  a | b\n  1 | \n  1 | 2"
    ),
    ("```math\n\\frac{a}{b}\n= c\n```", "math: \\frac{a}{b}⏎= c"),
    ("&amp; &lt; \\*", "paragraph: & < *"),
  ])
  func blocksAndInlinesAreRead(markdown: String, expected: String) {
    #expect(ExplanationLesson.blocks(markdown) == expected)
  }

  @Test(arguments: [
    // Markdown's escapes and marks inside a formula are TeX's business.
    ("$a_1 * b_2 * c$", "{math a_1 * b_2 * c}"),
    ("$\\{x\\} \\\\ \\%$", "{math \\{x\\} \\\\ \\%}"),
    ("$a < b > c$ and $[x](y)$", "{math a < b > c} and {math [x](y)}"),
    ("$5 and $6", "$5 and $6"),
    ("it costs $5, or $1,200.50.", "it costs $5, or $1,200.50."),
    ("$x$ and $5", "{math x} and $5"),
    ("$ x $", "$ x $"),
    ("`$x$` and $y$", "{code $x$} and {math y}"),
    ("`` a ` $x$ `` $y$", "{code a ` $x$} {math y}"),
    ("\\$x\\$ stays", "$x$ stays"),
    ("**$x$** and *$y$*", "{strong {math x}} and {em {math y}}"),
    ("[$x$](https://a/$b$)", "{link https://a/$b$ {math x}}"),
    ("$x$2", "$x$2"),
    ("$a\nb$", "$a{soft}b$"),
    ("量化$s$因子", "量化{math s}因子"),
    ("$a$ &#xF0000; &#983040; &#65;", "{math a} \u{FFFD}#xF0000; \u{FFFD}#983040; A"),
    ("an \u{F0000} unused sign", "an \u{FFFD} unused sign"),
  ])
  func formulasAreOpaqueAndMoneyIsNotAFormula(markdown: String, expected: String) {
    #expect(ExplanationLesson.blocks(markdown) == "paragraph: " + expected)
  }

  @Test func aBarInsideAFormulaDoesNotEndATablesCell() {
    let table = "| form | bits |\n| --- | --- |\n| $|x|$ | `a` |"
    #expect(ExplanationLesson.blocks(table).hasSuffix("form | bits\n  {math |x|} | {code a}"))
  }

  @Test(arguments: [
    ("量化\n剪枝", "量化剪枝"),
    ("量化，\nINT8", "量化，INT8"),
    ("量化\nINT8", "量化{soft}INT8"),
    ("量化\n`x`", "量化{soft}{code x}"),
    ("**量化**\n*剪枝*", "{strong 量化}{em 剪枝}"),
    ("*量\n化*", "{em 量化}"),
    ("one\n量化", "one{soft}量化"),
    ("“量”\n化", "“量”化"),
    ("one”\ntwo", "one”{soft}two"),
  ])
  func chineseLinesAreJoinedWithoutASpace(markdown: String, expected: String) {
    #expect(ExplanationLesson.blocks(markdown) == "paragraph: " + expected)
  }

  @Test(arguments: [
    (
      "a <b>bold</b> c", "a bold c",
      ["1:3: raw HTML is not allowed", "1:10: raw HTML is not allowed"]
    ),
    ("量 <br> 化", "量  化", ["1:3: raw HTML is not allowed"]),
    (
      "a &#x202E; b", "a \u{202E} b",
      ["1:3: the character of this entity is not allowed: it changes the direction of writing"]
    ),
    (
      "&lt; &#27;[2J", "< \u{1B}[2J",
      ["1:6: the character of this entity is not allowed: it is a control character"]
    ),
    (
      "[a](javascript:x)", "{link javascript:x a}",
      ["1:5: a link leads to https, http or a place in the course"]
    ),
    (
      "[a](03-code-case.md#x) <https://a.org>",
      "{link 03-code-case.md#x a} {link https://a.org https://a.org}", []
    ),
    ("see ![a cat](cat.png)", "see a cat", ["1:5: images cannot be shown"]),
    (
      "值：**“量化”**是", "值：**“量化”**是",
      ["1:3: the marks ** do not make this text strong; put the punctuation outside of them"]
    ),
    ("值 2 \\*\\* 3", "值 2 ** 3", []),
  ])
  func htmlAndImagesAreDroppedAndReported(
    markdown: String, expected: String, faults: [String]
  ) {
    #expect(ExplanationLesson.blocks(markdown) == "paragraph: " + expected)
    #expect(ExplanationLesson.faults(markdown) == faults)
  }

  @Test func aBlockOfHTMLVanishes() {
    #expect(
      ExplanationLesson.blocks("before\n\n<div>\nx\n</div>\n\nafter")
        == "paragraph: before\nparagraph: after")
    #expect(ExplanationLesson.faults("<div>\nx\n</div>") == ["1:1: raw HTML is not allowed"])
  }
}
