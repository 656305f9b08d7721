import Curriculum
import Localization
import RandomNumbers
import Testing

/// Texts that are meant to do harm.
@Suite struct HostileInputTests {
  /// Texts that are known to make Markdown parsers slow or hungry.
  ///
  /// They stay inside of the limits for lines and paragraphs, where a cost that grows with the
  /// square would show; the whole is small because unoptimised code is slow.
  static let attacks: [(name: String, text: String)] = {
    let size = 66_000
    func fill(_ piece: String, in run: Int) -> String {
      let line = String(repeating: piece, count: max(1, run / piece.utf8.count))
      return String(repeating: line + "\n\n", count: size / (line.utf8.count + 2))
    }
    return [
      ("nested emphasis", fill("*a _b ", in: 16_000)),
      ("stars and underscores", fill("_* ", in: 16_000)),
      ("open brackets", fill("[", in: 16_000)),
      ("open images", fill("![", in: 16_000)),
      ("images with letters", fill("![l", in: 16_000)),
      ("link openers", fill("[a](<b", in: 16_000)),
      ("link titles", fill("[a](b \"", in: 16_000)),
      ("nested brackets", fill("[a](", in: 16_000)),
      ("pointy", fill("<", in: 16_000)),
      ("html", fill("<a b=\"", in: 16_000)),
      ("comments", fill("<!--", in: 16_000)),
      ("declarations", fill("<!A ", in: 16_000)),
      ("instructions", fill("<?", in: 16_000)),
      ("backticks", fill("`a``b```c````", in: 16_000)),
      ("dollars", fill("$a", in: 16_000)),
      ("formulas", fill("$a$ ", in: 16_000)),
      ("strikethrough", fill("~a ~~b ", in: 16_000)),
      ("entities", fill("&amp", in: 16_000)),
      ("backslashes", fill("\\", in: 16_000)),
      ("long lines of one run", fill(String(repeating: "*a _b ", count: 100) + "\n", in: 60_000)),
      ("brackets over lines", fill(String(repeating: "[", count: 100) + "\n", in: 60_000)),
      ("rows", fill("|a|b|c|\n", in: 60_000)),
      ("references", fill("[a]: b\n", in: 60_000)),
      ("list items", fill("- a\n", in: 60_000)),
      ("headings", fill("# a\n", in: 60_000)),
      ("questions", fill("### a\n", in: 60_000)),
      ("quotations", fill(String(repeating: ">", count: 60) + "\n", in: 60_000)),
      (
        "deep lists",
        (0..<120).map { String(repeating: " ", count: 2 * $0) + "- a\n" }.joined()
          + String(repeating: "\n", count: 40_000)
      ),
      ("blank lines", String(repeating: "\n", count: 40_000)),
      ("one line", String(repeating: "a", count: size)),
      ("line feeds and returns", String(repeating: "\r", count: size)),
      ("nothing but zero", String(repeating: "\0", count: size)),
    ]
  }()

  /// Quiz items that are meant to do harm, as the part of a lesson below its heading “Quiz”.
  static let hostileItems: [(name: String, text: String)] = {
    func item(_ kind: String, _ fence: String) -> String {
      "### I\n<!-- item: sample.q.i; kind: \(kind) -->\n{a} {b} {c} {d}\n\n"
        + "```\(kind)\n\(fence)\n```\nE.\n\n"
    }
    func varied(_ formula: String, _ steps: Int) -> String {
      let values = "1, 2, 3, 4, 5, 6, 7, 8"
      let vary = ["a", "b", "c", "d"].map { "vary: \($0) = \(values)" }.joined(separator: "\n")
      return "\(vary)\nanswer: \(formula)\ntolerance: 0\n"
        + String(repeating: "step: x = \(formula)\n", count: steps)
    }
    let long = String(repeating: "a+", count: 240) + "d"
    return [
      ("many steps", item("numeric", varied("a", 5000))),
      ("many variants", String(repeating: item("numeric", varied(long, 12)), count: 60)),
      ("deep formula", item("numeric", varied(String(repeating: "(", count: 480), 0))),
      ("signs", item("numeric", varied(String(repeating: "-", count: 480) + "a", 0))),
      ("many blanks", item("cloze", String(repeating: "{{a}} b\n\n", count: 8000))),
      ("open blanks", item("cloze", String(repeating: "{{a \n\n", count: 8000))),
      ("open braces", item("cloze", String(repeating: "{{", count: 8000))),
      ("many pairs", item("match", String(repeating: "a => b\n\n", count: 8000))),
      ("arrows", item("match", String(repeating: "=>", count: 8000))),
      ("placeholders", item("numeric", varied("a", 0)) + String(repeating: "{a", count: 8000)),
    ]
  }()

  @Test(.timeLimit(.minutes(1)), arguments: hostileItems.map(\.name))
  func noQuizItemExhaustsTimeOrMemory(name: String) throws {
    let attack = try #require(Self.hostileItems.first { $0.name == name })
    let source = ExplanationLesson.source("E.") + "\n## Quiz\n\n" + attack.text
    let result = ChapterParser.parse(source: source, file: "en/01-x.md", language: .english)
    #expect(result.faults.isEmpty == false)
    for item in result.chapter?.quizItems ?? [] { _ = item.variant(seed: 1) }
  }

  @Test(.timeLimit(.minutes(1)), arguments: attacks.map(\.name))
  func noTextExhaustsTimeOrMemory(name: String) throws {
    let attack = try #require(Self.attacks.first { $0.name == name })
    let source = ExplanationLesson.source("") + attack.text
    let result = ChapterParser.parse(source: source, file: "en/01-x.md", language: .english)
    #expect(!result.faults.isEmpty)
    // The parser's own limit and as many again for carriage returns and zeros.
    #expect(result.faults.count <= 2000)
  }

  @Test(arguments: [
    (
      String(repeating: "a", count: 2 * 1024 * 1024 + 1), "1: the file is larger than 2097152 bytes"
    ),
    (String(repeating: "\n", count: 50_000), "50001: the file has more than 50000 lines"),
    ("# T\n" + String(repeating: "a", count: 16_385), "2: the line is longer than 16384 bytes"),
    (
      "# T\n\n" + String(repeating: "> ", count: 65) + "a",
      "3: the line opens more than 64 lists or quotations"
    ),
    (
      "# T\n\n" + String(repeating: "- ", count: 65) + "a",
      "3: the line opens more than 64 lists or quotations"
    ),
    (
      "# T\n\n" + String(repeating: " ", count: 257) + "a",
      "3: the line is indented by more than 256 blanks"
    ),
    (
      String(repeating: "abcdefg\n", count: 8193),
      "8193: more than 65536 bytes stand without a blank line"
    ),
    (
      String(repeating: "|a", count: 65) + "\n" + String(repeating: "|-", count: 65),
      "2: the table has more than 64 columns"
    ),
    (
      String(repeating: "|a", count: 60) + "\n" + String(repeating: "|-", count: 60)
        + String(repeating: "\n|", count: 1700),
      "1668: the tables have more than 100000 cells"
    ),
  ])
  func whatIsLargerThanALessonCanBeIsRefused(text: String, fault: String) {
    let result = ChapterParser.parse(source: text, file: "en/01-x.md", language: .english)
    #expect(result.chapter == nil)
    #expect(result.faults.map { "\($0.location.line): \($0.message)" } == [fault])
  }

  @Test(arguments: [
    (String(repeating: "> ", count: 34) + "a"),
    (0..<34).map { String(repeating: " ", count: 2 * $0) + "- a" }.joined(separator: "\n"),
    String(repeating: "*a _b ", count: 20) + "c" + String(repeating: "d_ e* ", count: 20),
  ])
  func nestingBeyondTheLimitIsRefusedAndDoesNotCrash(markdown: String) {
    let result = ChapterParser.parse(
      source: ExplanationLesson.source(markdown), file: "en/01-x.md", language: .english)
    #expect(result.chapter == nil)
    #expect(
      result.faults.map(\.message) == ["lists, quotations or marks are nested more than 32 deep"])
    #expect(result.faults[0].location.line >= ExplanationLesson.firstLine)
  }

  @Test(
    arguments: [
      ([0xFF], "1:1"), ([0x61, 0x0A, 0x62, 0xC3], "2:2"),
      ([0xE9, 0x87, 0x8F, 0x0A, 0xE9, 0x87, 0x8F, 0xED, 0xA0, 0x80], "2:2"),
      ([0xC0, 0x80], "1:1"), ([0xF4, 0x90, 0x80, 0x80], "1:1"),
    ] as [([UInt8], String)])
  func textThatIsNotUTF8IsRefusedWithThePlace(bytes: [UInt8], place: String) {
    let result = ChapterParser.parse(bytes: bytes, file: "f.md", language: .english)
    #expect(result.chapter == nil)
    #expect(result.faults.map(\.description) == ["f.md:\(place): the text is not valid UTF-8"])
  }

  @Test func carriageReturnsAreReportedOnceAndChangeNothingElse() {
    let text = SampleLesson.english.replacing("\n", with: "\r\n")
    let result = ChapterParser.parse(source: text, file: "en/01-sample.md", language: .english)
    let plain = ChapterParser.parse(
      source: SampleLesson.english, file: "en/01-sample.md", language: .english)
    #expect(
      result.faults.map(\.description) == [
        "en/01-sample.md:1:20: the line ends in a carriage return; lines end in a line feed alone"
      ])
    #expect(result.chapter == plain.chapter)
  }

  @Test(.timeLimit(.minutes(1)), arguments: 0..<8)
  func mutatedLessonsNeverCrashTheParser(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let sample = Array((seed % 2 == 0 ? SampleLesson.english : SampleLesson.chinese).utf8)
    for _ in 0..<25 {
      let bytes = mutated(sample, &random)
      let result = ChapterParser.parse(
        bytes: bytes, file: "en/01-x.md", language: seed % 2 == 0 ? .english : .simplifiedChinese)
      let lines = bytes.count { $0 == 10 } + 1
      #expect(
        result.faults.allSatisfy {
          (1...lines).contains($0.location.line) && $0.location.column >= 1
        })
      for question in result.chapter?.questions ?? [] {
        _ = BlockPrinter.print(question.explanation)
      }
    }
  }
}
