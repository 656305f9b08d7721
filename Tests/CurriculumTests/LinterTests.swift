import Curriculum
import Foundation
import Localization
import RandomNumbers
import Testing

/// The linter's rules, word for word and with their places.
@Suite struct LinterTests {
  private static let english = "en/01-sample.md"
  private static let chinese = "zh-Hans/01-sample.md"

  @Test func theSamplesHaveNoFaults() throws {
    #expect(try TemporaryContent(TemporaryContent.samples).lint() == [])
  }

  @Test(arguments: [
    FaultCase(
      "level: junior", "level: mid",
      "13:37: the level of “sample.scale” is “mid” here but “junior” in en/01-sample.md:13"),
    FaultCase(
      "asked: rarely", "asked: often",
      "54:52: the asked of “sample.round” is “often” here but “rarely” in en/01-sample.md:54"),
    FaultCase(
      "; experiment: sample.bits -->", " -->",
      "13:1: the experiment of “sample.scale” is “” here but “sample.bits” in en/01-sample.md:13"),
    FaultCase(
      "- 它来自取值范围。\n", "",
      "43:1: the number of key points of “sample.scale” is “1” here but “2” in en/01-sample.md:43"),
    FaultCase(
      "#### 追问\n有离群值怎么办？（截断。）\n\n", "",
      "12:1: the presence of a follow-up of “sample.scale” is “false” here but “true” in en/01-sample.md:50"
    ),
    FaultCase(
      "atLeast: 0.88", "atLeast: 0.89",
      "37:1: the claim 1 of “sample.scale” is “[weights.bits=8 weights.granularity=tensor] accuracy ≥ 0.89” "
        + "here but “[weights.bits=8 weights.granularity=tensor] accuracy ≥ 0.88” in en/01-sample.md:37"
    ),
    FaultCase(
      "knobs: weights.bits weights.granularity", "knobs: weights.granularity weights.bits",
      "76:8: the knobs of “sample.bits” is “weights.granularity weights.bits” here but "
        + "“weights.bits weights.granularity” in en/01-sample.md:76"),
    FaultCase(
      "kind: choice", "kind: multiple",
      "93:34: the kind of “sample.q.bytes” is “multiple” here but “choice” in en/01-sample.md:93"),
    FaultCase(
      "- [x] 4×\n- [ ] 8×", "- [ ] 4×\n- [x] 8×",
      "96:1: the right choices of “sample.q.bytes” is “3” here but “2” in en/01-sample.md:96"),
    FaultCase(
      "- [ ] 8×\n", "",
      "96:1: the number of choices of “sample.q.bytes” is “2” here but “3” in en/01-sample.md:96"),
    FaultCase(
      "answer: 0.015686", "answer: 0.0157",
      "119:9: the answer of “sample.q.step” is “0.0157” here but “0.015686” in en/01-sample.md:119"),
    FaultCase(
      "tolerance: 1%", "tolerance: 2%",
      "120:12: the tolerance of “sample.q.step” is “2%” here but “1%” in en/01-sample.md:120"),
    FaultCase(
      "3: 量化\n", "3: 量化\n4: 部署\n",
      "129:1: the number of lines of “sample.q.pipeline” is “4” here but “3” in en/01-sample.md:129"
    ),
    FaultCase(
      "line: 1", "line: 2",
      "146:7: the line of “sample.q.bug” is “2” here but “1” in en/01-sample.md:146"),
    FaultCase(
      "item: sample.q.bug", "item: sample.q.error",
      "1:1: the item “sample.q.bug” of en/01-sample.md:136 is missing here",
      "136:1: the item “sample.q.error” is missing in the English lesson"),
    FaultCase(
      "<!-- chapter: sample -->", "<!-- chapter: other -->",
      "1:1: the chapter's id is “other” here but “sample” in en/01-sample.md"),
  ])
  func aTranslationDiffersOnlyInItsWords(_ sample: FaultCase) throws {
    let content = try TemporaryContent.samples(
      replacing: sample.old, with: sample.new, in: Self.chinese)
    let found = content.lint().filter { !$0.contains("must begin with the chapter's id") }
    #expect(found == sample.faults.map { Self.chinese + ":" + $0 })
  }

  @Test func elementsStandInTheSameOrder() throws {
    let moved = SampleLesson.chinese
      .replacing("item: sample.q.properties; kind: multiple", with: "item: SWAP")
      .replacing(
        "item: sample.q.bytes; kind: choice; question: sample.scale",
        with: "item: sample.q.properties; kind: multiple"
      )
      .replacing("item: SWAP", with: "item: sample.q.bytes; kind: choice; question: sample.scale")
    var files = TemporaryContent.samples
    files[Self.chinese] = moved
    let faults = try TemporaryContent(files).lint()
    #expect(
      faults.contains(
        "zh-Hans/01-sample.md:92:1: “sample.q.properties” stands where en/01-sample.md:92 has “sample.q.bytes”"
      ))
  }

  @Test func everyLessonHasItsTranslation() throws {
    #expect(
      try TemporaryContent(["en/01-sample.md": SampleLesson.english, "zh-Hans/02-a.txt": ""]).lint()
        == ["en/01-sample.md:1:1: the lesson has no translation zh-Hans/01-sample.md"])
    #expect(
      try TemporaryContent(["zh-Hans/01-sample.md": SampleLesson.chinese, "en/02-a.txt": ""]).lint()
        == ["zh-Hans/01-sample.md:1:1: the lesson has no original en/01-sample.md"])
  }

  @Test func aCourseInOneLanguageNeedsNoTranslations() throws {
    let content = try TemporaryContent(["en/01-sample.md": SampleLesson.english])
    let faults = Linter.check(
      contentDirectory: content.path, languages: [.english],
      thresholds: Linter.Thresholds(questions: 2, quizItems: 5, experiments: 1), vocabulary: .sample
    ) { _, _ in nil }
    #expect(faults == [])
  }

  @Test(
    arguments: [
      (
        "layer: dense/kernel", "layer: dense_2/kernel",
        "78:8: unknown layer “dense_2/kernel”; allowed are conv2d/kernel, dense/kernel"
      ),
      (
        "quantity: accuracy", "quantity: speed",
        "39:11: unknown quantity “speed”; allowed are accuracy, flips, sparsity, bytes.csr16, sqnr@KERNEL"
      ),
      (
        "quantity: accuracy", "quantity: speedup.int8",
        "39:11: unknown quantity “speedup.int8”; allowed are accuracy, flips, sparsity, bytes.csr16, sqnr@KERNEL"
      ),
      (
        "quantity: accuracy", "quantity: sqnr@dense_2/kernel",
        "39:11: unknown quantity “sqnr@dense_2/kernel”; allowed are accuracy, flips, sparsity, bytes.csr16, "
          + "sqnr@KERNEL"
      ),
      ("quantity: accuracy", "quantity: sqnr@dense/kernel", nil),
      ("predict: weights.bits=2", "predict: weights.bits=2\nguess: speedup.int8", nil),
      (
        "predict: weights.bits=2", "plots: curve pie",
        "79:14: unknown plot “pie”; allowed are curve, histogram"
      ),
    ] as [(String, String, String?)])
  func namesOfTheNetworkAreThoseOfItsVocabulary(
    old: String, new: String, fault: String?
  ) throws {
    var files = TemporaryContent.samples
    for (name, text) in files { files[name] = text.replacing(old, with: new, maxReplacements: 1) }
    let faults = try TemporaryContent(files).lint().filter { $0.hasPrefix("en/") }
    #expect(faults == (fault.map { ["en/01-sample.md:\($0)"] } ?? []))
  }

  @Test func aMissingFolderIsReported() throws {
    let faults = try TemporaryContent(["zh-Hans/01-sample.md": SampleLesson.chinese]).lint()
    #expect(faults.contains("en:1:1: the folder of the lessons in “en” cannot be read"))
  }

  @Test func idsAndNumbersAreUsedOnce() throws {
    var files = TemporaryContent.samples
    files["en/01-twin.md"] = SampleLesson.english
    files["zh-Hans/01-twin.md"] = SampleLesson.chinese
    let faults = try TemporaryContent(files).lint().filter { $0.hasPrefix("en/01-twin.md") }
    #expect(faults.count == 10)
    #expect(faults[0].hasPrefix("en/01-twin.md:1:1: the chapter's id “sample” is already that of "))
    #expect(faults[0].hasSuffix("en/01-sample.md"))
    #expect(faults[1].hasPrefix("en/01-twin.md:1:1: the chapter's number 1 is already that of "))
    #expect(
      faults[2] == "en/01-twin.md:12:1: the id “sample.scale” is already used in en/01-sample.md:12"
    )
  }

  @Test(arguments: [
    FaultCase(
      "experiment: sample.bits -->\n\n#### Answer", "experiment: sample.byts -->\n\n#### Answer",
      "en/01-sample.md:13:76: there is no experiment with the id “sample.byts”"),
    FaultCase(
      "kind: choice; question: sample.scale", "kind: choice; question: sample.bits",
      "en/01-sample.md:93:52: there is no question with the id “sample.bits”"),
  ])
  func idsThatAreReferredToExist(_ sample: FaultCase) throws {
    let content = try TemporaryContent.samples(
      replacing: sample.old, with: sample.new, in: Self.english)
    #expect(content.lint().filter { $0.hasPrefix("en/") } == sample.faults)
  }

  @Test func chaptersAreLargeEnough() throws {
    let content = try TemporaryContent(TemporaryContent.samples)
    #expect(
      content.lint(thresholds: .course(chapter: 1)).filter { $0.hasPrefix("en/") } == [
        "en/01-sample.md:1:1: the number of experiments is 1, but at least 2 are needed",
        "en/01-sample.md:1:1: the number of questions is 2, but at least 8 are needed",
        "en/01-sample.md:1:1: the number of quiz items is 5, but at least 8 are needed",
      ])
  }

  @Test func theCallerJudgesRecipeKeysAndValues() throws {
    let content = try TemporaryContent(TemporaryContent.samples)
    let faults = content.lint { key, value in
      switch (key, value) {
      case ("weights.granularity", nil): "no such knob"
      case ("weights.bits", "2"): "two bits are too few"
      default: nil
      }
    }
    #expect(
      faults.filter { $0.hasPrefix("en/") } == [
        "en/01-sample.md:76:21: no such knob",
        "en/01-sample.md:79:10: two bits are too few",
        "en/01-sample.md:84:6: two bits are too few",
      ])
  }

  @Test(arguments: [
    ("\u{7}", "U+0007 is not allowed: it is a control character"),
    ("\u{1B}", "U+001B is not allowed: it is a control character"),
    ("\u{9B}", "U+009B is not allowed: it is a control character"),
    ("\t", "U+0009 is not allowed: it is a tab, write blanks"),
    ("\u{202E}", "U+202E is not allowed: it changes the direction of writing"),
    ("\u{2067}", "U+2067 is not allowed: it changes the direction of writing"),
    ("\u{200B}", "U+200B is not allowed: it has no width"),
    ("\u{200D}", "U+200D is not allowed: it has no width"),
    ("\u{FEFF}", "U+FEFF is not allowed: it has no width"),
    ("\u{AD}", "U+00AD is not allowed: it is invisible"),
    ("\u{E0041}", "U+E0041 is not allowed: it is invisible"),
    ("\u{2028}", "U+2028 is not allowed: it separates lines"),
    ("\u{E000}", "U+E000 is not allowed: it has no meaning in Unicode"),
    ("\u{F0000}", "U+F0000 is not allowed: it has no meaning in Unicode"),
    ("\u{FE0F}", "U+FE0F is not allowed: it selects a variant of another character"),
    ("\u{1F600}", "U+1F600 is not allowed: it is an emoji"),
    ("\u{1F3FD}", "U+1F3FD is not allowed: it joins into an emoji"),
    ("\u{20E3}", "U+20E3 is not allowed: it joins into an emoji"),
    ("\u{FFFD}", "U+FFFD is not allowed: it stands for a character that was lost"),
    ("\0", "U+0000 is not allowed: it is a control character"),
    ("≤ × ⌊x⌋ → ✓ “” … é 量", ""),
  ])
  func charactersThatATerminalCannotShowAreRefused(text: String, complaint: String) throws {
    let content = try TemporaryContent.samples(
      replacing: "To truncate.", with: "To 量\(text) truncate.", in: Self.english)
    #expect(
      content.lint()
        == (complaint.isEmpty ? [] : ["en/01-sample.md:66:5: the character \(complaint)"]))
  }

  @Test(arguments: [
    ("量化,剪枝", ["66:3: the half-width “,” follows a Chinese character; write “，”"]),
    ("量化;剪枝", ["66:3: the half-width “;” follows a Chinese character; write “；”"]),
    ("**量化**:剪枝", ["66:7: the half-width “:” follows a Chinese character; write “：”"]),
    ("量?", ["66:2: the half-width “?” follows a Chinese character; write “？”"]),
    ("量!", ["66:2: the half-width “!” follows a Chinese character; write “！”"]),
    ("`量,` 与 $\\text{量},$ 与 INT8, 2:4", []),
    ("```text\n量,\n```", []),
    ("量，化", []),
  ])
  func chineseTextHasFullWidthPunctuation(text: String, faults: [String]) throws {
    let content = try TemporaryContent.samples(
      replacing: "直接截尾。", with: text, in: Self.chinese)
    #expect(content.lint() == faults.map { Self.chinese + ":" + $0 })
  }

  @Test func parserFaultsAndAnUnreadableFileAppearAmongTheLinters() throws {
    let content = try TemporaryContent.samples(
      replacing: "To truncate.", with: "To $truncate.", in: Self.english)
    try FileManager.default.createDirectory(
      atPath: content.path + "/en/02-folder.md", withIntermediateDirectories: true)
    #expect(
      content.lint() == [
        "en/01-sample.md:66:4: this $ has no partner on its line; write \\$ for a dollar sign",
        "en/02-folder.md:1:1: this is not a file",
      ])
  }

  @Test func faultsAreSortedByFileLineAndColumn() throws {
    var files = TemporaryContent.samples
    files["en/02-broken.md"] = "text\n\u{200B}b\u{200B}"
    files["en/10-broken.md"] = ""
    let content = try TemporaryContent(files)
    let faults = Linter.check(contentDirectory: content.path, vocabulary: .sample) { _, _ in
      "bad"
    }
    let places = faults.map { ($0.location.file, $0.location.line, $0.location.column) }
    #expect(faults.count > 10)
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(.timeLimit(.minutes(1)), arguments: 0..<4)
  func mutatedCoursesNeverCrashTheLinter(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<6 {
      var files: [String: String] = [:]
      for (name, text) in TemporaryContent.samples {
        files[name] = String(decoding: mutated(Array(text.utf8), &random), as: UTF8.self)
      }
      let faults = try TemporaryContent(files).lint { key, _ in key.isEmpty ? "empty" : nil }
      #expect(faults.count == Set(faults).count)
    }
  }
}
