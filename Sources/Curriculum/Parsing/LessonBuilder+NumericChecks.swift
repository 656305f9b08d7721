extension LessonBuilder {
  /// The most tokens of formulas that are evaluated for the variants of one file.
  private static let maximumEvaluations = 5_000_000

  /// Computes every variant: all have a value, not all the same one, and the steps arrive at it.
  mutating func checkValues(
    of variation: NumericVariation, steps: [(text: [Inline], formula: Formula)],
    at answer: Field, _ stepFields: [Field]
  ) -> Bool {
    let length = steps.reduce(variation.answer.tokens.count) { $0 + $1.formula.tokens.count }
    evaluations += variation.count * length
    guard evaluations <= Self.maximumEvaluations else {
      report("the file has more variants than can be checked", at: answer.valueLocation)
      return false
    }
    let assignments = (0..<variation.count).map { variation.assignment(ofVariant: $0) }
    var isSound = true
    /// The values of all variants, or nil when one has none.
    func values(_ formula: Formula, at field: Field, in builder: inout LessonBuilder) -> [Double]? {
      let values = assignments.map { formula.value($0) }
      guard let broken = values.firstIndex(where: { !$0.isFinite }) else { return values }
      builder.report(
        "the formula has no value\(Self.setting(of: variation, broken))", at: field.valueLocation)
      isSound = false
      return nil
    }
    let answers = values(variation.answer, at: answer, in: &self)
    if let answers, answers.count > 1, Set(answers).count == 1 {
      report("the answer is the same whatever the variables are", at: answer.valueLocation)
      isSound = false
    }
    guard let last = stepFields.last, steps.count == stepFields.count else { return isSound }
    let results = zip(steps, stepFields).map { values($0.formula, at: $1, in: &self) }
    if let answers, !results.contains(nil),
      !results.contains(where: { arrives($0 ?? [], at: answers, variation.tolerance) })
    {
      report("no step arrives at the answer", at: last.valueLocation)
      isSound = false
    }
    return isSound
  }

  /// Whether values are the answers but for a small part of the tolerance.
  private func arrives(
    _ values: [Double], at answers: [Double], _ tolerance: NumericTolerance
  ) -> Bool {
    zip(values, answers).allSatisfy { value, answer in
      abs(value - answer) <= max(tolerance.amount(for: answer) / 10, abs(answer) * 1e-9)
    }
  }

  /// The values of a variant for a message, or nothing when there are no variables.
  private static func setting(of variation: NumericVariation, _ number: Int) -> String {
    let pairs = zip(variation.variables, variation.values(ofVariant: number))
      .map { "\($0.name) = \($1.text)" }
    return pairs.isEmpty ? "" : " for " + pairs.joined(separator: ", ")
  }

  /// Recomputes a fixed answer from its formula.
  ///
  /// The answer may be rounded, but only in the last place that it shows and never by more than
  /// the tolerance: somebody who computes exactly must be right.
  mutating func check(
    _ formula: Field, against answer: Field, _ value: Formula, _ tolerance: NumericTolerance,
    _ variables: [NumericVariable]
  ) -> Bool {
    guard variables.isEmpty else {
      report("with variables the answer itself is the formula", at: formula.keyLocation)
      return false
    }
    let computed: Double
    do throws(FormulaError) {
      computed = try Formula(parsing: formula.value).value()
    } catch {
      report(error.message, at: formula.valueLocation.shifted(by: error.column - 1))
      return false
    }
    guard computed.isFinite else {
      report("the formula has no value", at: formula.valueLocation)
      return false
    }
    let written = value.value()
    let allowed = min(Self.lastPlace(of: answer.value) / 2, tolerance.amount(for: written))
    guard abs(computed - written) <= allowed + max(abs(written), 1e-300) * 1e-12 else {
      report(
        "the answer \(answer.value) is not what its formula gives: \(computed)",
        at: answer.valueLocation)
      return false
    }
    return true
  }

  /// The worth of one unit in the last place of a decimal number; 0 for whole numbers.
  private static func lastPlace(of text: String) -> Double {
    let parts = text.lowercased().split(separator: "e", omittingEmptySubsequences: false)
    let digits = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    guard digits.count == 2 else { return 0 }
    let exponent = parts.count == 2 ? Int(parts[1]) ?? 0 : 0
    return Double("1e\(exponent - digits[1].count)") ?? 0
  }

  /// Checks that the prompt tells every variable and that no other name stands in braces.
  mutating func checkPlaceholders(of parts: ItemParts, at place: SourceLocation) {
    guard let variables = parts.variables else { return }
    let prompt = bytes(of: parts.prompt)
    for name in variables where source.find("{\(name)}", in: prompt) == nil {
      report(
        "the prompt does not tell the variable; write {\(name)} where its value shall stand",
        at: parts.prompt.first.map { location(of: $0) } ?? place)
    }
    for range in [prompt, bytes(of: parts.explanation)] {
      for (name, offset) in placeholders(in: range) where !variables.contains(name) {
        report("there is no variable “\(name)” for {\(name)}", atByte: offset)
      }
    }
  }

  private func bytes(of nodes: ArraySlice<MarkdownNode>) -> Range<Int> {
    guard let first = nodes.first, let last = nodes.last else { return 0..<0 }
    let start = source.lines.range(ofLine: first.line).lowerBound
    return start..<max(start, source.lines.range(ofLine: max(first.line, last.endLine)).upperBound)
  }

  /// The names in braces of running text; braces of code and formulas have meanings of their own.
  private func placeholders(in range: Range<Int>) -> [(name: String, offset: Int)] {
    let bytes = source.lines.bytes
    var result: [(name: String, offset: Int)] = []
    for offset in range
    where bytes[offset] == UInt8(ascii: "{") && source.regions[offset] == .text {
      let inside = bytes[(offset + 1)..<min(range.upperBound, offset + 40)]
      guard let close = inside.firstIndex(of: UInt8(ascii: "}")) else { continue }
      let name = String(decoding: inside[..<close], as: UTF8.self)
      if FormulaToken.isName(name) { result.append((name, offset)) }
    }
    return result
  }
}
