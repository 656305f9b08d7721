import Curriculum
import Localization
import RandomNumbers
import Testing

/// What the linter says of the newer parts of a lesson, and of the glossary.
@Suite struct RecallLinterTests {
  private static let english = "en/02-recall.md"
  private static let chinese = "zh-Hans/02-recall.md"

  @Test func theSamplesHaveNoFaults() throws {
    #expect(try TemporaryContent(TemporaryContent.recallSamples).lint() == [])
  }

  @Test(arguments: [
    FaultCase(
      "RTN => 就近舍入\n", "RTN => 就近舍入\nPTQ => 之后\n",
      "54:1: the number of pairs of “recall.q.pairs” is “4” here but “3” in en/02-recall.md:54"),
    FaultCase(
      "{{完}}", "完",
      "65:1: the number of blanks of “recall.q.blanks” is “2” here but “3” in en/02-recall.md:65"),
    FaultCase(
      "set: weights.bits=3", "set: weights.bits=4",
      "77:6: the set of “recall.q.measured” is “weights.bits=4 weights.granularity=tensor” here but "
        + "“weights.bits=3 weights.granularity=tensor” in en/02-recall.md:78"),
    FaultCase(
      "tolerance: 0.03", "tolerance: 0.02",
      "79:12: the tolerance of “recall.q.measured” is “0.02” here but “0.03” in en/02-recall.md:80"),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: s = 0.8, 0.9",
      "89:7: the values of “s” of “recall.q.varied” is “0.8, 0.9” here but “0.8, 0.9, 0.95” in en/02-recall.md:90"
    ),
    FaultCase(
      "answer: n*(1-s) * (4+2)", "answer: n*(1-s)*6",
      "90:9: the answer of “recall.q.varied” is “n * ( 1 - s ) * 6” here but “n * ( 1 - s ) * ( 4 + 2 )” "
        + "in en/02-recall.md:91"),
    FaultCase(
      "step: 保留的权重 = n * (1 - s)\n", "",
      "93:7: the formula of step 1 of “recall.q.varied” is “n * ( 1 - s ) * ( 4 + 2 )” here but "
        + "“n * ( 1 - s )” in en/02-recall.md:94",
      "93:7: the number of steps of “recall.q.varied” is “1” here but “2” in en/02-recall.md:94"),
    FaultCase(
      "## 例题\n\n一万个权重，剪掉 90 %：剩下 $10000 \\times (1 - 0.9) = 1000$ 个。\n\n```claim\n"
        + "set: prune.sparsity=0.9\nquantity: sparsity\natLeast: 0.89\n```\n\n", "",
      "1:1: the worked example of the chapter “recall” of en/02-recall.md:9 is missing here"),
    FaultCase(
      "atLeast: 0.89", "atLeast: 0.88",
      "13:1: the claim 1 of “recall” is “[prune.sparsity=0.9] sparsity ≥ 0.88” here but "
        + "“[prune.sparsity=0.9] sparsity ≥ 0.89” in en/02-recall.md:13"),
  ])
  func aTranslationDiffersOnlyInItsWords(_ sample: FaultCase) throws {
    let content = try TemporaryContent.recallSamples(
      replacing: sample.old, with: sample.new, in: Self.chinese)
    #expect(content.lint() == sample.faults.map { Self.chinese + ":" + $0 })
  }

  @Test func chaptersFromTheSixthOnMustHoldMore() throws {
    let content = try TemporaryContent(TemporaryContent.samples)
    #expect(
      content.lint(thresholds: .course(chapter: 6)).filter { $0.hasPrefix("en/") } == [
        "en/01-sample.md:1:1: the number of experiments is 1, but at least 3 are needed",
        "en/01-sample.md:1:1: the number of kinds of quiz items is 5, but at least 6 are needed",
        "en/01-sample.md:1:1: the number of questions is 2, but at least 9 are needed",
        "en/01-sample.md:1:1: the number of quiz items is 5, but at least 10 are needed",
        "en/01-sample.md:1:1: the number of quiz items with variants is 0, but at least 2 are needed",
        "en/01-sample.md:1:1: the section “Worked example” is missing",
        "en/01-sample.md:70:1: the id “sample.bits” of the experiment must be of the form sample.x.name",
      ])
  }

  @Test func theNumberInTheFilesNameDecidesOnTheThresholds() throws {
    var files: [String: String] = [:]
    for (name, text) in TemporaryContent.recallSamples {
      files[name.replacing("02-", with: "07-")] = text
    }
    let content = try TemporaryContent(files)
    let faults = Linter.check(contentDirectory: content.path, vocabulary: .sample) { _, _ in nil }
    #expect(
      faults.contains { $0.message == "the number of questions is 1, but at least 9 are needed" })
    #expect(!faults.contains { $0.message.contains("must be of the form") })
  }

  @Test func recipeKeysOfAMeasuredItemAreJudged() throws {
    let content = try TemporaryContent(TemporaryContent.recallSamples)
    let faults = content.lint { _, value in value == "3" ? "three bits" : nil }
    #expect(
      faults == ["en/02-recall.md:78:6: three bits", "zh-Hans/02-recall.md:77:6: three bits"])
  }

  // MARK: Glossary

  private static let glossary = """
    # Glossary

    | English | 简体中文 | Meaning | 含义 | Avoid |
    | --- | --- | --- | --- | --- |
    | pruning | 剪枝 | Setting weights to zero. | 把权重置零。 | 修剪/裁枝/剪枝术 |
    | weight / weights | 权重 | A parameter. | 参数。 | 权值 |
    """

  private func glossaryFaults(_ chineseSentence: String, glossary: String? = nil) throws -> [String]
  {
    var files = TemporaryContent.recallSamples
    files[Self.chinese] = RecallLesson.chinese.replacing(
      "剪枝去掉权重。剪枝很便宜。", with: chineseSentence)
    files["glossary.md"] = glossary ?? Self.glossary
    return try TemporaryContent(files).lint()
  }

  @Test(
    arguments: [
      ("剪枝去掉权重。剪枝很便宜。", []),
      // Another word altogether is the translator's freedom.
      ("去掉它们。很便宜。", []),
      // The right term stands beside the wrong one.
      ("剪枝去掉权重，修剪很便宜。", []),
      ("修剪去掉权重。修剪很便宜。", ["28:1: the glossary has “剪枝” for “pruning”, not “修剪”"]),
      ("去掉权重的裁枝\n很便宜。", ["28:6: the glossary has “剪枝” for “pruning”, not “裁枝”"]),
      ("`修剪` 去掉权重，再修剪。", ["28:12: the glossary has “剪枝” for “pruning”, not “修剪”"]),
      // The translation of “pruning” inside of a rendering to avoid is none.
      ("剪枝术去掉权重。很便宜。", ["28:1: the glossary has “剪枝” for “pruning”, not “剪枝术”"]),
      // The English passage names a weight only once.
      ("剪枝去掉权值。剪枝很便宜。", []),
    ] as [(String, [String])])
  func oneTermHasOneTranslation(sentence: String, faults: [String]) throws {
    #expect(try glossaryFaults(sentence) == faults.map { Self.chinese + ":" + $0 })
  }

  @Test(arguments: [
    ("No table.", ["1:1: the glossary has no table"]),
    (
      "| a | b | c |\n| - | - | - |\n| d | e | f |",
      [
        "1:1: the table has 3 columns; it has English, Chinese, the meaning in both, and perhaps renderings to avoid"
      ]
    ),
    ("| a | b | c | d |\n| - | - | - | - |", ["1:1: the glossary has no terms"]),
    (
      "| a | b | c | d |\n| - | - | - | - |\n| x | | z | 含义 |\n| X | 一 | z | |\n| y | 二 | z | 含义 |\n| Y | 三 | z | 含义 |",
      [
        "3:1: the Chinese term is empty", "4:1: the meaning in Chinese is empty",
        "6:1: the term “Y” is already given on line 5",
      ]
    ),
    (
      "| a | b | c | d | e |\n| - | - | - | - | - |\n| x | 剪枝 | z | 含义 | 剪 |",
      ["3:1: the rendering “剪” to avoid is part of the translation"]
    ),
    (
      "| a | b | c | d |\n| - | - | - | - |\n| x\u{200B} | 一 | z | 含义 |",
      ["3:4: the character U+200B is not allowed: it has no width"]
    ),
  ])
  func aGlossarysOwnFaults(text: String, faults: [String]) throws {
    #expect(
      try glossaryFaults("剪枝去掉权重。剪枝很便宜。", glossary: text) == faults.map { "glossary.md:" + $0 })
  }

  @Test func termsFormsAndRenderingsAreToldApart() throws {
    let result = Glossary.parse(bytes: Array(Self.glossary.utf8), file: "glossary.md")
    #expect(result.faults.isEmpty)
    #expect(result.glossary.entries.map(\.english) == [["pruning"], ["weight", "weights"]])
    #expect(result.glossary.entries[0].avoided == ["修剪", "裁枝", "剪枝术"])
    #expect(result.glossary.entries[1].chineseMeaning == "参数。")
  }

  @Test(.timeLimit(.minutes(1)), arguments: 0..<4)
  func mutatedCoursesNeverCrashTheLinter(seed: UInt64) throws {
    var random = SplitMix64(seed: seed &+ 100)
    for _ in 0..<6 {
      var files: [String: String] = [:]
      for (name, text) in TemporaryContent.recallSamples {
        files[name] = String(decoding: mutated(Array(text.utf8), &random), as: UTF8.self)
      }
      files["glossary.md"] = String(
        decoding: mutated(Array(Self.glossary.utf8), &random), as: UTF8.self)
      let faults = try TemporaryContent(files).lint { key, _ in key.isEmpty ? "empty" : nil }
      #expect(faults.count == Set(faults).count)
    }
  }
}
