extension LessonBuilder {
  private static let numericKeys = ["answer", "tolerance", "unit", "formula", "vary", "step"]
  /// The most variables of an item and the most values of a variable.
  private static let maximumVariables = 4
  private static let maximumValues = 8
  /// The most steps of a solution.
  private static let maximumSteps = 12

  /// Reads a numeric item: a fixed number, or variables with a formula for the number.
  mutating func numeric(
    _ body: ArraySlice<MarkdownNode>, at place: SourceLocation
  ) -> ItemParts {
    var (parts, node) = split(body, at: .numeric, place: place)
    guard let node else { return parts }
    let fields = fields(
      of: node, keys: Self.numericKeys, repeatable: ["vary", "step"], name: "numeric")
    let variables = variables(fields.all("vary"))
    parts.variables = fields.all("vary").isEmpty ? [] : variables?.map(\.name)
    for key in ["answer", "tolerance"] where fields[key] == nil {
      report("the “numeric” block lacks the key “\(key)”", at: fields.location)
    }
    let tolerance = fields["tolerance"].flatMap { self.tolerance($0) }
    guard let variables else {
      // Formulas over variables that could not be read would only bring further faults.
      return parts
    }
    let names = Set(variables.map(\.name))
    let stepFields = fields.all("step")
    if stepFields.count > Self.maximumSteps {
      report(
        "a solution has at most \(Self.maximumSteps) steps",
        at: stepFields[Self.maximumSteps].keyLocation)
      return parts
    }
    let steps = steps(stepFields, variables: names)
    let answer: Formula? = fields["answer"].flatMap { field in
      if names.isEmpty { return number(field).flatMap { _ in try? Formula(parsing: field.value) } }
      return formula(field.value, at: field.valueLocation, variables: names)
    }
    parts.facts += facts(of: fields, variables: variables, answer: answer, steps: steps)
    guard let field = fields["answer"], let answer, let tolerance else { return parts }

    let variation = NumericVariation(variables: variables, answer: answer, tolerance: tolerance)
    var isSound = checkValues(of: variation, steps: steps, at: field, stepFields)
    if let formula = fields["formula"] {
      isSound = check(formula, against: field, answer, tolerance, variables) && isSound
    }
    guard isSound, steps.count == stepFields.count else { return parts }
    let first = variation.assignment(ofVariant: 0)
    let value = answer.value(first)
    parts.answer = .numeric(
      NumericAnswer(
        value: value, tolerance: tolerance.amount(for: value), unit: fields["unit"]?.value ?? "",
        steps: steps.map {
          NumericStep(text: $0.text, formula: $0.formula, value: $0.formula.value(first))
        },
        variation: variables.isEmpty ? nil : variation))
    return parts
  }

  private func facts(
    of fields: Fields, variables: [NumericVariable], answer: Formula?,
    steps: [(text: [Inline], formula: Formula)]
  ) -> [OutlineEntry.Fact] {
    var entry = OutlineEntry(kind: .item, id: "", location: fields.location)
    if let field = fields["answer"] {
      let formula = variables.isEmpty ? nil : answer?.canonical
      entry.add("answer", formula ?? field.value, at: field.valueLocation)
    }
    entry.add("tolerance", fields["tolerance"])
    let varied = fields.all("vary")
    entry.add(
      "variables", variables.map(\.name).joined(separator: ", "),
      at: varied.first?.valueLocation ?? fields.location)
    for (variable, field) in zip(variables, varied) {
      entry.add(
        "values of “\(variable.name)”", variable.values.map(\.text).joined(separator: ", "),
        at: field.valueLocation)
    }
    let places = fields.all("step").map(\.valueLocation)
    entry.add("number of steps", "\(places.count)", at: places.first ?? fields.location)
    if steps.count == places.count {
      for (index, step) in steps.enumerated() {
        entry.add("formula of step \(index + 1)", step.formula.canonical, at: places[index])
      }
    }
    return entry.facts
  }

  // MARK: Lines

  /// Reads the variables; nil when one of them cannot be used.
  private mutating func variables(_ fields: [Field]) -> [NumericVariable]? {
    var variables: [NumericVariable] = []
    var isSound = true
    for field in fields {
      guard let variable = variable(field) else {
        isSound = false
        continue
      }
      if variables.contains(where: { $0.name == variable.name }) {
        report("the variable “\(variable.name)” is given twice", at: field.valueLocation)
        isSound = false
      }
      variables.append(variable)
    }
    if fields.count > Self.maximumVariables {
      report(
        "an item has at most \(Self.maximumVariables) variables",
        at: fields[Self.maximumVariables].keyLocation)
      isSound = false
    }
    return isSound ? variables : nil
  }

  private mutating func variable(_ field: Field) -> NumericVariable? {
    let halves = field.value.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = halves.first.map { String($0).trimmed } ?? ""
    guard halves.count == 2, FormulaToken.isName(name) else {
      report("“\(field.value)” is not of the form “name = 1, 2, 3”", at: field.valueLocation)
      return nil
    }
    guard FormulaFunction(rawValue: name) == nil else {
      report("“\(name)” is a function and cannot be a variable", at: field.valueLocation)
      return nil
    }
    var offset = halves[0].unicodeScalars.count + 1
    var values: [NumericVariable.Value] = []
    var isSound = true
    for piece in halves[1].split(separator: ",", omittingEmptySubsequences: false) {
      let text = String(piece).trimmed
      let blanks = piece.unicodeScalars.prefix { $0 == " " || $0 == "\t" }.count
      let place = field.valueLocation.shifted(by: offset + blanks)
      offset += piece.unicodeScalars.count + 1
      guard let number = decimalNumber(text) else {
        report("“\(text)” is not a number; write it like 693962 or 0.25", at: place)
        isSound = false
        continue
      }
      if values.contains(where: { $0.number == number }) {
        report("the value \(text) is given twice", at: place)
        isSound = false
      }
      values.append(NumericVariable.Value(text: text, number: number))
    }
    guard isSound else { return nil }
    guard (2...Self.maximumValues).contains(values.count) else {
      report(
        "a variable has 2 to \(Self.maximumValues) values, but \(values.count) are given",
        at: field.valueLocation)
      return nil
    }
    return NumericVariable(name: name, values: values)
  }

  private mutating func tolerance(_ field: Field) -> NumericTolerance? {
    let isShare = field.value.hasSuffix("%")
    let text = isShare ? String(field.value.dropLast()).trimmed : field.value
    guard let amount = decimalNumber(text), amount >= 0 else {
      report(
        "the tolerance “\(field.value)” must be a number from 0 on or a percentage such as 1%",
        at: field.valueLocation)
      return nil
    }
    return isShare ? .relative(amount / 100) : .absolute(amount)
  }

  /// Reads a formula; its faults stand at their column of the line.
  private mutating func formula(
    _ text: String, at place: SourceLocation, variables: Set<String>
  ) -> Formula? {
    do throws(FormulaError) {
      return try Formula(parsing: text, variables: variables)
    } catch {
      report(error.message, at: place.shifted(by: error.column - 1))
      return nil
    }
  }

  private mutating func steps(
    _ fields: [Field], variables: Set<String>
  ) -> [(text: [Inline], formula: Formula)] {
    var steps: [(text: [Inline], formula: Formula)] = []
    for field in fields {
      guard let sign = field.value.lastIndex(of: "=") else {
        report(
          "a step is of the form “text = formula”, but “\(field.value)” has no “=”",
          at: field.valueLocation)
        continue
      }
      let text = String(field.value[..<sign]).trimmed
      if text.isEmpty {
        report("the step does not say what it computes", at: field.valueLocation)
        continue
      }
      let behind = field.value.index(after: sign)
      let column = field.value[..<behind].unicodeScalars.count
      guard
        let formula = formula(
          String(field.value[behind...]), at: field.valueLocation.shifted(by: column),
          variables: variables)
      else { continue }
      let words = inlines(ofLine: text) { field.valueLocation.shifted(by: $0) }
      steps.append((words, formula))
    }
    return steps
  }
}
