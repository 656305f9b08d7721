extension LessonBuilder {
  /// Reads a claim.
  mutating func claim(_ node: MarkdownNode) -> Claim? {
    let fields = fields(
      of: node, keys: ["set", "quantity", "value", "tolerance", "atLeast", "atMost"], name: "claim")
    let settings = fields["set"].map { self.settings($0) } ?? []
    let bound = bound(fields)
    guard let quantity = fields["quantity"] else {
      report("the claim lacks the key “quantity”", at: fields.location)
      return nil
    }
    let name = self.quantity(quantity)
    return bound.map {
      Claim(settings: settings, quantity: name, bound: $0, location: fields.location)
    }
  }

  /// Reads the name of a quantity, which the linter looks up.
  mutating func quantity(_ field: Field, as kind: NetworkUse.Kind = .claim) -> String {
    networkUses.append(NetworkUse(kind: kind, name: field.value, location: field.valueLocation))
    return field.value
  }

  private mutating func bound(_ fields: Fields) -> Bound? {
    let bounds = fields.all.filter { ["value", "atLeast", "atMost"].contains($0.key) }
    guard bounds.count == 1, let field = bounds.first else {
      report("a claim has exactly one of value, atLeast and atMost", at: fields.location)
      return nil
    }
    let number = number(field)
    guard field.key == "value" else {
      if let tolerance = fields["tolerance"] {
        report("a tolerance belongs only to a value", at: tolerance.keyLocation)
      }
      return number.map { field.key == "atLeast" ? .atLeast($0) : .atMost($0) }
    }
    guard let tolerance = fields["tolerance"] else {
      report("the claim lacks the key “tolerance”", at: fields.location)
      return nil
    }
    guard let number, let allowed = self.number(tolerance) else { return nil }
    guard allowed >= 0 else {
      report("the tolerance must not be negative", at: tolerance.valueLocation)
      return nil
    }
    return .equals(value: number, tolerance: allowed)
  }

  /// Reads a number.
  mutating func number(_ field: Field) -> Double? {
    guard let value = decimalNumber(field.value) else {
      report(
        "“\(field.value)” is not a number; write it like 693962 or 0.25", at: field.valueLocation)
      return nil
    }
    return value
  }

  /// Reads a whole number.
  mutating func wholeNumber(_ field: Field) -> Int? {
    guard let value = Int(field.value) else {
      report("“\(field.value)” is not a whole number", at: field.valueLocation)
      return nil
    }
    return value
  }
}

extension Claim {
  /// The claim on one line, the same in every language.
  var summary: String {
    let recipe = settings.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
    let condition =
      switch bound {
      case .equals(let value, let tolerance): "= \(value) ± \(tolerance)"
      case .atLeast(let value): "≥ \(value)"
      case .atMost(let value): "≤ \(value)"
      }
    return "[\(recipe)] \(quantity) \(condition)"
  }
}
