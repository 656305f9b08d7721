extension LessonBuilder {
  /// Computes every variant: all have a value, not all the same one, and the steps arrive at it.
  mutating func checkValues(
    of variation: NumericVariation, steps: [(text: [Inline], formula: Formula)],
    at answer: Field, _ stepFields: [Field]
  ) -> Bool {
    var formulas = [(variation.answer, answer)]
    if steps.count == stepFields.count {
      formulas += zip(steps.map(\.formula), stepFields).map { ($0, $1) }
    }
    let numbers = 0..<variation.count
    var isSound = true
    for (formula, field) in formulas {
      guard
        let broken = numbers.first(where: {
          !formula.value(variation.assignment(ofVariant: $0)).isFinite
        })
      else { continue }
      report(
        "the formula has no value\(setting(of: variation, broken))", at: field.valueLocation)
      isSound = false
    }
    guard isSound else { return false }
    let values = numbers.map { variation.answer.value(variation.assignment(ofVariant: $0)) }
    if variation.count > 1, Set(values).count == 1 {
      report("the answer is the same whatever the variables are", at: answer.valueLocation)
      isSound = false
    }
    if !steps.isEmpty, steps.count == stepFields.count {
      let arrives = steps.contains { step in
        numbers.allSatisfy { number in
          let value = step.formula.value(variation.assignment(ofVariant: number))
          return abs(value - values[number])
            <= max(
              variation.tolerance.amount(for: values[number]) / 10, abs(values[number]) * 1e-9)
        }
      }
      if !arrives {
        report("no step arrives at the answer", at: stepFields[stepFields.count - 1].valueLocation)
        isSound = false
      }
    }
    return isSound
  }

  /// The values of a variant for a message, or nothing when there are no variables.
  private func setting(of variation: NumericVariation, _ number: Int) -> String {
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
