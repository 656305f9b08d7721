import Curriculum
import Localization
import Testing

/// Faults of match, cloze, measured and varied items, word for word and with their places.
@Suite struct RecallFaultTests {
  @Test(arguments: [
    FaultCase(
      "RTN  => rounds to the nearest\n", "",
      "54:1: a match item has 3 to 6 pairs, but 2 are given"),
    FaultCase(
      "RTN  => rounds", "RTN -> rounds", "57:1: this line must be of the form “left => right”"),
    FaultCase(
      "RTN  => rounds to the nearest", "=> x", "57:1: this line must be of the form “left => right”"
    ),
    FaultCase(
      "RTN  => rounds to the nearest", "RTN =>",
      "57:1: this line must be of the form “left => right”"),
    FaultCase("RTN  =>", "AWQ  =>", "57:1: the left side “AWQ” stands twice"),
    FaultCase(
      "rounds to the nearest", "second order, column by column",
      "57:9: the right side “second order, column by column” stands twice"),
    FaultCase(
      "rounds to the nearest", "rounds <b>it</b> $5x",
      "57:16: raw HTML is not allowed", "57:21: raw HTML is not allowed"),
    FaultCase(
      "scales $s$ by", "scales $s by",
      "56:16: this $ has no partner on its line; write \\$ for a dollar sign"),
    FaultCase(
      "```match", "```pairs",
      "50:1: the item has no “match” block",
      "54:1: unknown language “pairs” of a listing; allowed are bash, c, console, cpp, diff, json, "
        + "python, sh, swift, text, toml, yaml"),
  ])
  func faultsOfPairs(_ sample: FaultCase) {
    #expect(
      Set(recallFaultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    FaultCase("The {{end}}", "The {{end} and", "69:5: this “{{” is not closed by “}}”"),
    FaultCase("{{mask}}", "{{ }}", "66:24: the blank has no word"),
    FaultCase("{{mask}}", "{{mask|}}", "66:24: one of the words of the blank is empty"),
    FaultCase(
      "The {{end}}", "{{a}} {{b}} {{c}}", "65:1: a cloze item has 1 to 4 blanks, but 5 are given"),
    FaultCase(
      "otherwise {{momentum | Adam}} brings", "otherwise <i> brings",
      "67:11: raw HTML is not allowed"),
  ])
  func faultsOfBlanks(_ sample: FaultCase) {
    #expect(
      Set(recallFaultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    FaultCase("quantity: accuracy\n", "", "77:1: the “measured” block lacks the key “quantity”"),
    FaultCase("tolerance: 0.03\n", "", "77:1: the “measured” block lacks the key “tolerance”"),
    FaultCase("tolerance: 0.03", "tolerance: -1", "80:12: the tolerance must not be negative"),
    FaultCase(
      "tolerance: 0.03", "tolerance: 3%",
      "80:12: “3%” is not a number; write it like 693962 or 0.25"),
    FaultCase(
      "weights.bits=3", "weights.bits", "78:6: “weights.bits” is not of the form key=value"),
    FaultCase(
      "quantity: accuracy", "quantity: accuracy\nvalue: 0.9",
      "80:1: unknown key “value” in the “measured” block; allowed are set, quantity, tolerance"),
  ])
  func faultsOfAMeasuredItem(_ sample: FaultCase) {
    #expect(
      Set(recallFaultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    FaultCase(
      "answer: n * (1 - s) * (4 + 2)", "answer: n * (1 - t) * 6",
      "91:18: unknown variable “t”; there are n, s"),
    FaultCase(
      "answer: n * (1 - s) * (4 + 2)", "answer: n * (1 - s * 6", "91:13: this “(” is not closed"),
    FaultCase(
      "step: kept weights = n * (1 - s)", "step: kept weights = n * (1 - s",
      "94:26: this “(” is not closed"),
    FaultCase(
      "step: kept weights = n * (1 - s)", "step: kept weights",
      "94:7: a step is of the form “text = formula”, but “kept weights” has no “=”"),
    FaultCase(
      "step: kept weights = n", "step: = n", "94:7: the step does not say what it computes"),
    FaultCase(
      "step: bytes = kept × (4 + 2) = n*(1-s)*(4+2)", "step: bytes = n * 7",
      "95:7: no step arrives at the answer"),
    FaultCase(
      "answer: n * (1 - s) * (4 + 2)", "answer: 6 / (s - 0.9)",
      "91:9: the formula has no value for n = 200000, s = 0.9"),
    FaultCase(
      "step: kept weights = n * (1 - s)", "step: kept weights = sqrt(0.85 - s)",
      "94:7: the formula has no value for n = 200000, s = 0.9"),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: s = 0.8, x, 0.95",
      "90:16: “x” is not a number; write it like 693962 or 0.25"),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: s = 0.8, 0.80", "90:16: the value 0.80 is given twice"),
    FaultCase(
      "step: kept weights = n * (1 - s)\n",
      String(repeating: "step: kept weights = n * (1 - s)\n", count: 12),
      "106:1: a solution has at most 12 steps"),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: s = 0.8",
      "90:7: a variable has 2 to 8 values, but 1 are given"),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: s 0.8", "90:7: “s 0.8” is not of the form “name = 1, 2, 3”"
    ),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: max = 1, 2",
      "90:7: “max” is a function and cannot be a variable"),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: n = 1, 2", "90:7: the variable “n” is given twice"),
    FaultCase(
      "the share {s} is", "the share s is",
      "86:1: the prompt does not tell the variable; write {s} where its value shall stand"),
    FaultCase(
      "the share {s} is", "the share {s} of {t} is", "86:33: there is no variable “t” for {t}"),
    FaultCase("is many", "{is} many", "97:24: there is no variable “is” for {is}"),
    FaultCase(
      "vary: s = 0.8, 0.9, 0.95", "vary: s = 0.8, 0.9\nformula: 3",
      "91:1: with variables the answer itself is the formula"),
    FaultCase(
      "answer: n * (1 - s) * (4 + 2)", "answer: 6 + 1",
      "91:9: the answer is the same whatever the variables are",
      "95:7: no step arrives at the answer"),
    FaultCase(
      "tolerance: 1%\nunit: B", "tolerance: x\nunit: B",
      "92:12: the tolerance “x” must be a number from 0 on or a percentage such as 1%"),
  ])
  func faultsOfVariants(_ sample: FaultCase) {
    #expect(
      Set(recallFaultsAfterReplacing(sample.old, with: sample.new)) == Set(sample.faults))
  }

  @Test(arguments: [
    ("0.015686", "4 / 255", "1%", nil), ("0.0157", "4 / 255", "1%", nil),
    (
      "0.0156", "4 / 255", "1%",
      "the answer 0.0156 is not what its formula gives: 0.01568627450980392"
    ),
    (
      "0.0196", "4 / 255", "1%",
      "the answer 0.0196 is not what its formula gives: 0.01568627450980392"
    ),
    // A rounded answer with no tolerance would call an exact one wrong.
    (
      "0.015686", "4 / 255", "0",
      "the answer 0.015686 is not what its formula gives: 0.01568627450980392"
    ),
    ("12", "36 / 3", "0", nil),
    ("12", "35 / 3", "1", "the answer 12 is not what its formula gives: 11.666666666666666"),
    ("-64", "0 - 2 ^ 6", "0", nil), ("1.6e-2", "4 / 255", "2%", nil),
  ])
  func aFixedAnswerIsWhatItsFormulaGives(
    answer: String, formula: String, tolerance: String, fault: String?
  ) {
    let found = recallFaultsAfterReplacing(
      "answer: 0.015686\nformula: 4 / 255\ntolerance: 1%",
      with: "answer: \(answer)\nformula: \(formula)\ntolerance: \(tolerance)")
    #expect(found == (fault.map { ["104:9: \($0)"] } ?? []))
  }

  @Test(arguments: [
    ("4 /", "105:13: a number, a variable or “(” is missing"),
    ("n / 2", "105:10: unknown variable “n”; the formula has no variables"),
    ("4 / 0", "105:10: the formula has no value"),
  ])
  func aFormulaBesideAnAnswerMustBeSound(formula: String, fault: String) {
    #expect(
      recallFaultsAfterReplacing("formula: 4 / 255", with: "formula: \(formula)") == [fault])
  }
}
