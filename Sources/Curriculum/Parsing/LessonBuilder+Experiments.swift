extension LessonBuilder {
  /// Reads an experiment.
  mutating func experiment(_ section: Section) -> Experiment? {
    let place = location(of: section.heading)
    let title = Self.plainText(inlines(of: section.heading))
    var body = section.body
    let metadata = metadata(
      from: &body, under: section.heading, owner: "experiment", keys: [])
    let fences = body.indices.filter { specialFence(body[$0]) == .experiment }
    let index = fences.first
    let introduction = blocks(body[..<(index ?? body.endIndex)])
    if introduction.isEmpty {
      report("the experiment has no text before its block", at: place)
    }
    var explanation: [Block] = []
    var panel: Panel?
    if let index {
      panel = self.panel(body[index])
      explanation = blocks(body[(index + 1)...], allowsClaims: true)
      if explanation.isEmpty {
        report("the experiment has no explanation after its block", at: place)
      }
    } else {
      report("the experiment has no “experiment” block", at: place)
    }

    guard let metadata, let id = metadata["experiment"] else { return nil }
    var entry = OutlineEntry(kind: .experiment, id: id.value, location: place)
    if let fields = panel?.fields {
      for key in Self.panelKeys {
        entry.add(key, fields[key], ifMissingAt: fields.location)
      }
    }
    entry.add(claims: explanation.claims, at: place)
    outline.append(entry)
    note(
      .title, of: id.value, nodes: [section.heading], text: [.paragraph([.text(title)])], at: place)
    note(
      .prompt, of: id.value, nodes: body[..<(index ?? body.endIndex)], text: introduction, at: place
    )
    if let index {
      note(
        .explanation, of: id.value, nodes: body[(index + 1)...], text: explanation,
        at: location(of: body[index]))
    }
    guard accept(id: id, of: "experiment"), let panel, let sweep = panel.sweep else { return nil }
    return Experiment(
      id: id.value, title: title, introduction: introduction, settings: panel.settings,
      knobs: panel.knobs, sweep: sweep, layer: panel.layer, plots: panel.plots,
      expectation: panel.expectation, prediction: panel.prediction, guess: panel.guess,
      explanation: explanation, location: place)
  }

  /// What an `experiment` block says.
  private struct Panel {
    var fields: Fields
    var settings: [Setting] = []
    var knobs: [String] = []
    var sweep: String?
    var layer: String?
    var plots: [String] = []
    var expectation: [ExpectedPoint] = []
    var prediction: [Setting]?
    var guess = "accuracy"
  }

  private static let panelKeys = [
    "set", "knobs", "sweep", "layer", "plots", "expect", "predict", "guess",
  ]

  private mutating func panel(_ node: MarkdownNode) -> Panel {
    checkClosed(node)
    let fields = fields(of: node, keys: Self.panelKeys, name: "experiment")
    var panel = Panel(fields: fields)
    panel.settings = fields["set"].map { settings($0) } ?? []
    panel.prediction = fields["predict"].map { settings($0) }
    if panel.prediction?.isEmpty == true, let field = fields["predict"], field.value.isEmpty {
      report("“predict” names no settings", at: field.keyLocation)
    }
    for word in fields["knobs"].map({ words(of: $0) }) ?? [] {
      recipeUses.append(RecipeUse(key: word.text, value: nil, location: word.location))
      if panel.knobs.contains(word.text) {
        report("the knob “\(word.text)” is named twice", at: word.location)
      } else {
        panel.knobs.append(word.text)
      }
    }
    if panel.knobs.isEmpty {
      report("the experiment has no knobs", at: fields["knobs"]?.keyLocation ?? fields.location)
    }
    if let sweep = fields["sweep"] {
      if panel.knobs.contains(sweep.value) {
        panel.sweep = sweep.value
      } else {
        report("the sweep “\(sweep.value)” is not one of the knobs", at: sweep.valueLocation)
      }
    } else {
      report("the experiment lacks the key “sweep”", at: fields.location)
    }
    if let layer = fields["layer"] {
      networkUses.append(
        NetworkUse(kind: .layer, name: layer.value, location: layer.valueLocation))
      panel.layer = layer.value
    }
    panel.plots = fields["plots"].map { plots($0) } ?? []
    if let field = fields["expect"], let sweep = panel.sweep {
      panel.expectation = expectation(field, along: sweep)
    }
    if let field = fields["guess"] {
      panel.guess = quantity(field, as: .guess)
      if panel.prediction == nil {
        report("“guess” belongs to an experiment with “predict”", at: field.keyLocation)
      }
    }
    return panel
  }

  private mutating func plots(_ field: Field) -> [String] {
    var plots: [String] = []
    for word in words(of: field) {
      networkUses.append(NetworkUse(kind: .plot, name: word.text, location: word.location))
      if plots.contains(word.text) {
        report("the plot “\(word.text)” is named twice", at: word.location)
      } else {
        plots.append(word.text)
      }
    }
    return plots
  }

  /// Reads expected accuracies in percent, such as `8=90.9 4=90.2 2=13.7`.
  private mutating func expectation(_ field: Field, along sweep: String) -> [ExpectedPoint] {
    var points: [ExpectedPoint] = []
    for word in words(of: field) {
      let parts = word.text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, !parts[0].isEmpty, let percent = decimalNumber(String(parts[1])),
        0...100 ~= percent
      else {
        report(
          "“\(word.text)” is not of the form VALUE=PERCENT, such as 4=90.2", at: word.location)
        continue
      }
      let value = String(parts[0])
      recipeUses.append(RecipeUse(key: sweep, value: value, location: word.location))
      if points.contains(where: { $0.value == value }) {
        report("the value “\(value)” is expected twice", at: word.location)
      } else {
        points.append(
          ExpectedPoint(value: value, accuracy: percent / 100, location: word.location))
      }
    }
    return points
  }
}
