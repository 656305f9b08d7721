import Curriculum
import RandomNumbers
import Testing

/// The arithmetic of numeric items.
@Suite struct FormulaTests {
  private static let variables: [String: Double] = ["n": 200, "s": 0.75, "w": -2.5]

  private func value(_ text: String) throws -> Double {
    try Formula(parsing: text, variables: Set(Self.variables.keys)).value(Self.variables)
  }

  // Values by hand, following the usual order of operations.
  @Test(
    arguments: [
      ("1 + 2 * 3", 7), ("(1 + 2) * 3", 9), ("8 / 4 / 2", 1), ("10 - 4 - 3", 3),
      ("2 ^ 3 ^ 2", 512), ("-2 ^ 2", -4), ("(-2) ^ 2", 4), ("2 ^ -1", 0.5), ("2 * -3", -6),
      ("- -3", 3), ("+3", 3), ("1e3 + 2.5e-1", 1000.25), (".5 * 4", 2), ("n * (1 - s)", 50),
      ("n × (1 − s)", 50), ("round(2.5)", 2), ("round(3.5)", 4), ("round(-2.5)", -2),
      ("floor(-1.5)", -2), ("ceil(1.2)", 2), ("sqrt(16)", 4), ("log2(1024)", 10),
      ("min(3, 1, 2)", 1), ("max(-128, min(127, 300))", 127), ("abs(w)", 2.5), ("w ^ 2", 6.25),
      ("2*n", 400), ("((((1))))", 1),
    ] as [(String, Double)])
  func formulasHaveTheValueOneWouldCompute(text: String, expected: Double) throws {
    #expect(try value(text) == expected)
  }

  @Test(arguments: ["1 / 0", "sqrt(-1)", "log2(0)", "0 / 0", "10 ^ 400", "max(1, sqrt(-1))"])
  func whatHasNoValueIsNotFinite(text: String) throws {
    #expect(try !value(text).isFinite)
  }

  @Test(arguments: [
    ("", "1: the formula is empty"),
    ("1 +", "4: a number, a variable or “(” is missing"),
    ("* 2", "1: a number, a variable or “(” is missing before “*”"),
    ("(1 + 2", "1: this “(” is not closed"),
    ("1 + 2)", "6: this “)” has no partner"),
    ("2 n", "3: an operator is missing before “n”"),
    ("(2 n)", "4: an operator is missing before “n”"),
    ("n * m", "5: unknown variable “m”; there are n, s, w"),
    (
      "sin(1)",
      "1: unknown function “sin”; allowed are round, floor, ceil, sqrt, log2, min, max, abs"
    ),
    ("1 + sqrt", "5: “sqrt” must be followed by “(”"),
    ("sqrt(1, 2)", "1: “sqrt” takes one argument, but 2 are given"),
    ("max(1)", "1: “max” takes at least two arguments, but 1 are given"),
    ("max(1,)", "7: a number, a variable or “(” is missing before “)”"),
    ("1.2.3", "1: “1.2.3” is not a number"),
    ("量 + 1", "1: the character “量” has no meaning in a formula"),
    ("2 % 3", "3: the character “%” has no meaning in a formula"),
    ("2 = 3", "3: the character “=” has no meaning in a formula"),
  ])
  func faultsStandAtTheirColumn(text: String, fault: String) {
    #expect {
      try Formula(parsing: text, variables: Set(Self.variables.keys))
    } throws: { error in
      guard let error = error as? FormulaError else { return false }
      #expect("\(error.column): \(error.message)" == fault)
      return true
    }
  }

  @Test func nestingAndLengthHaveLimits() throws {
    let deep = String(repeating: "(", count: 60) + "1" + String(repeating: ")", count: 60)
    #expect(throws: FormulaError.self) { try Formula(parsing: deep) }
    let signs = String(repeating: "-", count: 200) + "1"
    #expect(throws: FormulaError.self) { try Formula(parsing: signs) }
    let long = String(repeating: "1+", count: 300) + "1"
    #expect(throws: FormulaError.self) { try Formula(parsing: long) }
    let wide = String(repeating: "1+", count: 240) + "1"
    #expect(try Formula(parsing: wide).value() == 241)
  }

  @Test(arguments: [
    ("n*(1-s)", "200000 × (1 − 0.8)"), ("-n + w", "−200000 + (−2.5)"),
    ("max(w, 1)", "max(−2.5, 1)"),
    ("w^2", "(−2.5)^2"), ("(w)", "(−2.5)"), ("2^(n-1)", "2^(200000 − 1)"), ("n", "200000"),
  ])
  func readersSeeNumbersAndSignsAsInPrint(text: String, printed: String) throws {
    let formula = try Formula(parsing: text, variables: ["n", "s", "w"])
    #expect(formula.text(with: ["n": "200000", "s": "0.8", "w": "-2.5"]) == printed)
  }

  @Test(arguments: [
    ("n * 4096 - 1024.5", "200,000 × 4,096 − 1024.5"), ("n / 100", "200,000 / 100"),
    // Its own commas part the arguments.
    ("max(n, 1024)", "max(200000, 1024)"),
  ])
  func wholeNumbersMayHaveCommasBetweenThousands(text: String, printed: String) throws {
    let formula = try Formula(parsing: text, variables: ["n"])
    #expect(formula.text(with: ["n": "200000"], isGrouped: true) == printed)
  }

  @Test func randomTextsAreReadOrRefusedNeverWorse() throws {
    var read = 0
    var random = SplitMix64(seed: 5)
    let pieces = [
      "1", "2.5", "n", "(", ")", "+", "-", "*", "/", "^", ",", "max(", "sqrt", " ", "e", ".",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 1...12, using: &random))
        .map { _ in pieces.randomElement(using: &random) ?? "1" }.joined()
      guard let formula = try? Formula(parsing: text, variables: ["n"]) else { continue }
      read += 1
      // What is printed says the same as what was read.
      let again = try Formula(parsing: formula.text(with: ["n": "3"]))
      let value = formula.value(["n": 3])
      #expect(again.value() == value || (value.isNaN && again.value().isNaN), "\(text)")
    }
    #expect(read > 50)
  }
}
