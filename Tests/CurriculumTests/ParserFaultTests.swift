import Curriculum
import Localization
import Testing

/// One change to the sample and what the parser says of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
  /// The text to be replaced.
  var old: String
  /// What it is replaced with.
  var new: String
  /// The faults as `line:column: message`.
  var faults: [String]

  /// Makes a case.
  init(_ old: String, _ new: String, _ faults: String...) {
    self.old = old
    self.new = new
    self.faults = faults
  }

  /// The change, for reading the log.
  var testDescription: String { "\(old) → \(new)" }
}

/// The parser's faults, word for word and with their places.
@Suite struct ParserFaultTests {
  @Test(arguments: [
    FaultCase(
      "<!-- chapter: sample -->", "",
      "1:1: the heading must be followed by a comment <!-- chapter: … -->"),
    FaultCase(
      "chapter: sample", "chapter: Sample One",
      "2:15: the chapter's id “Sample One” must be of small letters, digits and hyphens"),
    FaultCase(
      "# Sample principles\n", "",
      "1:1: the lesson has no title, which is a heading of level 1"),
    FaultCase(
      "# Sample principles", "Early.\n\n# Sample principles",
      "1:1: a lesson begins with its title, a heading of level 1"),
    FaultCase(
      "## Goals", "# Goals", "1:1: the section “Goals” is missing",
      "6:1: a lesson has only one heading of level 1"),
    FaultCase(
      "## Goals", "## Aims",
      "1:1: the section “Goals” is missing",
      "6:1: unknown section “Aims”; allowed are Goals, Worked example, Questions, Experiments, Challenges, Quiz"
    ),
    FaultCase(
      "- Compute a scale by hand.\n- Explain", "Explain",
      "7:1: “Goals” holds one list of bullets and nothing else"),
  ])
  func faultsOfTheChaptersFrame(_ sample: FaultCase) {
    #expect(faultsAfterReplacing(sample.old, with: sample.new) == sample.faults)
  }

  @Test(arguments: [
    FaultCase(
      "level: junior", "level: expert",
      "13:37: unknown level “expert”; allowed are junior, mid, senior"),
    FaultCase(
      "; asked: constantly", "",
      "13:1: the comment lacks the key “asked”; allowed are constantly, often, rarely"),
    FaultCase(
      "; asked: constantly", "; askd: often",
      "13:1: the comment lacks the key “asked”; allowed are constantly, often, rarely",
      "13:45: unknown key “askd” in the comment; allowed are question, level, asked, experiment"),
    FaultCase(
      "; asked: constantly", "; asked",
      "13:1: the comment lacks the key “asked”; allowed are constantly, often, rarely",
      "13:45: “asked” is not of the form “key: value”"),
    FaultCase(
      "; asked: constantly", "; asked: often; level: mid", "13:59: the key “level” stands twice"),
    FaultCase(
      "question: sample.scale;", "question: scale;",
      "13:16: the id “scale” of the question must be the chapter's id, a point and a name of small "
        + "letters, digits and hyphens"),
    FaultCase(
      "question: sample.scale;", "question: other.scale;",
      "13:16: the id “other.scale” must begin with the chapter's id “sample.”"),
    FaultCase(
      "question: sample.round", "question: sample.scale",
      "54:16: the id “sample.scale” is used twice"),
    FaultCase(
      "asked: rarely -->", "asked: rarely", "54:1: metadata must be one comment on one line",
      "53:1: the question lacks “Answer”"),
  ])
  func faultsOfMetadata(_ sample: FaultCase) {
    let found = faultsAfterReplacing(sample.old, with: sample.new)
    #expect(Set(sample.faults).isSubset(of: found))
    #expect(found.count == sample.faults.count || sample.new == "asked: rarely")
  }

  @Test(arguments: [
    FaultCase(
      "#### Answer\nBecause codes are whole numbers.\n\n", "", "53:1: the question lacks “Answer”"),
    FaultCase("Because codes are whole numbers.", "", "56:1: “Answer” is empty"),
    FaultCase(
      "#### Follow-up", "#### Followup",
      "50:1: unknown part “Followup” of a question; allowed are Answer, Explanation, Key points, "
        + "Common mistake, Follow-up"),
    FaultCase("#### Follow-up", "#### Answer", "50:1: the part “Answer” stands twice"),
    FaultCase(
      "- Whole numbers.", "Whole numbers.",
      "63:1: “Key points” holds one list of bullets and nothing else"),
    FaultCase(
      "- Whole numbers.", "- Whole\n\n  numbers.",
      "63:1: each point of “Key points” is one paragraph"),
    FaultCase(
      "#### Answer\nBecause", "Early.\n\n#### Answer\nBecause",
      "56:1: a question's text stands under its headings of level 4, from “Answer” on"),
    FaultCase("### Why round?", "Stray.\n\n### Why round?"),
    FaultCase(
      "To truncate.", "<!-- note -->\nTo truncate.",
      "66:1: a comment may stand only directly under its heading"),
    FaultCase("To truncate.", "###### Six\nTo truncate."),
    FaultCase(
      "To truncate.", "# One\nTo truncate.", "66:1: a lesson has only one heading of level 1"),
  ])
  func faultsOfAQuestionsParts(_ sample: FaultCase) {
    #expect(Set(faultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    FaultCase(
      "sweep: weights.bits", "sweep: prune.sparsity",
      "77:8: the sweep “prune.sparsity” is not one of the knobs"),
    FaultCase("sweep: weights.bits\n", "", "74:1: the experiment lacks the key “sweep”"),
    FaultCase(
      "knobs: weights.bits weights.granularity\n", "",
      "74:1: the experiment has no knobs", "76:8: the sweep “weights.bits” is not one of the knobs"),
    FaultCase(
      "knobs: weights.bits weights.granularity", "knobs: weights.bits weights.bits",
      "76:21: the knob “weights.bits” is named twice"),
    FaultCase(
      "predict: weights.bits=2", "predict: weights.bits:2",
      "79:10: “weights.bits:2” is not of the form key=value"),
    FaultCase("predict: weights.bits=2", "predict:", "79:1: “predict” names no settings"),
    FaultCase(
      "predict: weights.bits=2", "plots: curve curve", "79:14: the plot “curve” is named twice"),
    FaultCase(
      "predict: weights.bits=2", "expect: 8=90.9 4=often",
      "79:16: “4=often” is not of the form VALUE=PERCENT, such as 4=90.2"),
    FaultCase(
      "predict: weights.bits=2", "expect: 8=90.9 8=80", "79:16: the value “8” is expected twice"),
    FaultCase(
      "predict: weights.bits=2", "guess: flips",
      "79:1: “guess” belongs to an experiment with “predict”"),
    FaultCase(
      "predict: weights.bits=2", "hint: weights.bits=2",
      "79:1: unknown key “hint” in the “experiment” block; allowed are set, knobs, sweep, layer, plots, expect, predict, guess"
    ),
    FaultCase(
      "predict: weights.bits=2", "predict: weights.bits=2 weights.bits=3",
      "79:25: the key “weights.bits” is set twice"),
    FaultCase(
      "```experiment", "```experimental",
      "70:1: the experiment has no “experiment” block",
      "74:1: unknown language “experimental” of a listing; allowed are bash, c, console, cpp, diff, json, "
        + "python, sh, swift, text, toml, yaml",
      "83:1: a claim may stand only in an explanation"),
    FaultCase(
      "Move the slider and watch the accuracy.\n", "",
      "70:1: the experiment has no text before its block"),
  ])
  func faultsOfAnExperiment(_ sample: FaultCase) {
    #expect(Set(faultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    FaultCase(
      "atLeast: 0.88", "atLeast: 88 %",
      "40:10: “88 %” is not a number; write it like 693962 or 0.25"),
    FaultCase(
      "atLeast: 0.88", "atLeast: 0.88\natMost: 1",
      "37:1: a claim has exactly one of value, atLeast and atMost"),
    FaultCase(
      "atLeast: 0.88", "atLeast: 0.88\ntolerance: 1", "41:1: a tolerance belongs only to a value"),
    FaultCase("atLeast: 0.88", "value: 0.88", "37:1: the claim lacks the key “tolerance”"),
    FaultCase(
      "atLeast: 0.88", "value: 0.88\ntolerance: -1", "41:12: the tolerance must not be negative"),
    FaultCase("quantity: accuracy\n", "", "37:1: the claim lacks the key “quantity”"),
    FaultCase(
      "Because codes", "```claim\nquantity: flips\natMost: 3\n```\nBecause codes",
      "57:1: a claim may stand only in an explanation"),
  ])
  func faultsOfAClaim(_ sample: FaultCase) {
    #expect(Set(faultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    FaultCase(
      "kind: choice", "kind: guess",
      "93:34: unknown kind “guess”; allowed are choice, multiple, numeric, order, spot, match, "
        + "cloze, measured"),
    FaultCase("- [x] 4×", "- [ ] 4×", "96:1: exactly one choice must be right, but 0 are"),
    FaultCase("- [ ] 8×", "- [x] 8×", "96:1: exactly one choice must be right, but 2 are"),
    FaultCase("- [ ] 8×", "- 8×", "100:1: the choice lacks its “[ ]” or “[x]”"),
    FaultCase(
      "- [x] 4×\n- [ ] 8×\n", "", "96:1: an item has at least two choices",
      "96:1: exactly one choice must be right, but 0 are"),
    FaultCase(
      "- [x] Rounding loses information.\n- [ ] Rounding is free of error.\n- [x] The step is the scale.",
      "- Rounding.", "104:1: the item has no choices; write them as a list of “- [ ]” and “- [x]”"),
    FaultCase(
      "answer: 0.015686", "answer: 1/64",
      "119:9: “1/64” is not a number; write it like 693962 or 0.25"),
    FaultCase(
      "tolerance: 1%", "tolerance: -1%",
      "120:12: the tolerance “-1%” must be a number from 0 on or a percentage such as 1%"),
    FaultCase("tolerance: 1%\n", "", "118:1: the “numeric” block lacks the key “tolerance”"),
    FaultCase(
      "unit: V", "units: V",
      "121:1: unknown key “units” in the “numeric” block; allowed are answer, tolerance, unit, "
        + "formula, vary, step"),
    FaultCase("2: Prune it to $s = 0.5$", "3: Prune it", "131:1: this line must begin with “2:”"),
    FaultCase("3: Quantize it\n", "", "129:1: an order item has at least three lines"),
    FaultCase("line: 1", "line: 3", "146:7: line 3 is outside of the listing, which has 2 lines"),
    FaultCase("line: 1", "line: one", "146:7: “one” is not a whole number"),
    FaultCase(
      "```spot\n", "Text.\n\n```spot\n",
      "147:1: a listing must stand directly before the “spot” block"),
    FaultCase(
      "The absolute value is missing.", "", "136:1: the item has no explanation after its answer"),
    FaultCase("Which line is wrong?\n", "", "136:1: the item asks nothing"),
    FaultCase(
      "Divide 4 by 255.", "```spot\nline: 1\n```", "123:1: the block “spot” has no meaning here",
      "114:1: the item has no explanation after its answer"),
    FaultCase(
      "Divide 4 by 255.", "- [ ] Divide", "123:1: a task list may stand only in a quiz item"),
  ])
  func faultsOfQuizItems(_ sample: FaultCase) {
    #expect(Set(faultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    ("half $x^2 of it", ["1:6: this $ has no partner on its line; write \\$ for a dollar sign"]),
    ("量化 $x 的", ["1:4: this $ has no partner on its line; write \\$ for a dollar sign"]),
    ("$a$ and $5 and `$` and \\$", []),
    ("```python\nx = 1", ["1:1: the code fence is not closed"]),
    ("~~~python\nx = 1\n~~~", []),
    ("- ```python\n  x = 1\n  ```", []),
    ("> ```python\n> x = 1", ["1:3: the code fence is not closed"]),
    ("```math\n```", ["1:1: the formula is empty"]),
    (
      "- a\n\n  ```claim\n  quantity: accuracy\n  atLeast: x\n  ```",
      ["5:12: “x” is not a number; write it like 693962 or 0.25"]
    ),
  ])
  func faultsInsideOfATextStandAtTheirPlace(markdown: String, faults: [String]) {
    #expect(ExplanationLesson.faults(markdown) == faults)
  }

  @Test func allFaultsAreFoundInOneRunAndInTheOrderOfTheText() {
    let text = SampleLesson.english
      .replacing("level: junior", with: "level: x")
      .replacing("sweep: weights.bits", with: "sweep: y")
      .replacing("line: 1", with: "line: 9")
    let result = ChapterParser.parse(source: text, file: "en/01-sample.md", language: .english)
    #expect(result.faults.map(\.location.line) == [13, 77, 146])
    let chapter = result.chapter
    #expect(chapter?.questions.map(\.id) == ["sample.round"])
    #expect(chapter?.experiments.isEmpty == true)
    #expect(chapter?.quizItems.count == 4)
  }

  @Test(arguments: [
    "en/sample.md", "en/1-sample.md", "en/01-Sample.md", "en/01-.md", "en/01-sample.txt",
  ])
  func aFilesNameHasANumberAndAStem(file: String) {
    let result = ChapterParser.parse(source: SampleLesson.english, file: file, language: .english)
    #expect(
      result.faults.map(\.description) == [
        "\(file):1:1: the file's name must be two digits, a hyphen, small letters and “.md”"
      ])
  }
}
