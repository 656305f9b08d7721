import Localization
import RandomNumbers

extension QuizItem {
  /// Whether the item asks for other numbers each time.
  package var hasVariants: Bool {
    if case .numeric(let numeric) = answer { numeric.variation != nil } else { false }
  }

  /// The item with numbers drawn for its variables; an item without variables is its own variant.
  ///
  /// The same item and seed give the same numbers, in every language. Neighbouring seeds give
  /// unlike ones.
  package func variant(seed: UInt64) -> QuizItem {
    guard case .numeric(var numeric) = answer, let variation = numeric.variation else {
      return self
    }
    let draw = Self.mixed(id.utf8.reduce(Self.mixed(seed)) { Self.mixed($0 ^ UInt64($1)) })
    let number = Int(draw % UInt64(max(1, variation.count)))
    let values = variation.values(ofVariant: number)
    let assignment = variation.assignment(ofVariant: number)
    let names = variation.variables.map(\.name)
    let written = Dictionary(zip(names, values.map(\.text))) { first, _ in first }

    numeric.value = variation.answer.value(assignment)
    numeric.tolerance = variation.tolerance.amount(for: numeric.value)
    numeric.variation = nil
    let filling = PlaceholderFilling(
      values: Dictionary(zip(names, values)) { first, _ in first })
    numeric.steps = numeric.steps.map { step in
      NumericStep(
        text: filling.filled(step.text), formula: step.formula, numbers: written,
        value: step.formula.value(assignment))
    }
    var result = self
    result.answer = .numeric(numeric)
    result.prompt = filling.filled(prompt)
    result.explanation = filling.filled(explanation)
    return result
  }

  /// A number in which every bit depends on every bit of another.
  private static func mixed(_ number: UInt64) -> UInt64 {
    var numbers = SplitMix64(seed: number)
    return numbers.next()
  }
}

/// Puts drawn numbers in the place of the names in braces.
struct PlaceholderFilling {
  /// The values by the names of the variables.
  let values: [String: NumericVariable.Value]

  /// Blocks with the numbers put in.
  func filled(_ blocks: [Block]) -> [Block] { blocks.map(filled) }

  private func filled(_ block: Block) -> Block {
    switch block {
    case .heading(let level, let text): .heading(level: level, filled(text))
    case .paragraph(let text): .paragraph(filled(text))
    case .list(let start, let items): .list(start: start, items: items.map(filled))
    case .code(let language, let text):
      .code(language: language, text: replaced(text) { $0.text })
    case .quote(let inner): .quote(filled(inner))
    case .table(let alignments, let header, let rows):
      .table(
        alignments: alignments, header: header.map(filled), rows: rows.map { $0.map(filled) })
    case .math(let formula): .math(filledMath(formula))
    case .claim, .rule: block
    }
  }

  /// Running text with the numbers put in.
  func filled(_ inlines: [Inline]) -> [Inline] { inlines.map(filled) }

  private func filled(_ inline: Inline) -> Inline {
    switch inline {
    case .text(let text): .text(replaced(text, with: \.prose))
    case .emphasis(let inner): .emphasis(filled(inner))
    case .strong(let inner): .strong(filled(inner))
    case .strikethrough(let inner): .strikethrough(filled(inner))
    case .code(let text): .code(replaced(text) { $0.text })
    case .link(let destination, let inner): .link(destination: destination, filled(inner))
    case .math(let formula): .math(filledMath(formula))
    case .softBreak, .lineBreak: inline
    }
  }

  /// A formula keeps its braces, which hold together an exponent of several digits.
  private func filledMath(_ formula: String) -> String {
    replaced(formula) { "{\($0.text)}" }
  }

  private func replaced(
    _ text: String, with written: (NumericVariable.Value) -> String
  ) -> String {
    guard text.utf8.contains(UInt8(ascii: "{")) else { return text }
    var result = ""
    var rest = text[...]
    while let open = rest.firstIndex(of: "{") {
      result += rest[..<open]
      let inside = rest[rest.index(after: open)...]
      // A name is short; looking further would cost the square of a long text.
      if let close = inside.prefix(40).firstIndex(of: "}"),
        let value = values[String(inside[..<close])]
      {
        result += written(value)
        rest = inside[inside.index(after: close)...]
      } else {
        result += "{"
        rest = inside
      }
    }
    return result + rest
  }

  /// The names in braces of a text, whether they are variables or not.
  static func names(in text: String) -> [String] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
      guard let close = piece.firstIndex(of: "}") else { return nil }
      let name = String(piece[..<close])
      return FormulaToken.isName(name) ? name : nil
    }
  }
}
