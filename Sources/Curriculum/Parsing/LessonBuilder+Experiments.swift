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
      knobs: panel.knobs, sweep: sweep, layer: panel.layer, prediction: panel.prediction,
      explanation: explanation, location: place)
  }

  /// What an `experiment` block says.
  private struct Panel {
    var fields: Fields
    var settings: [Setting] = []
    var knobs: [String] = []
    var sweep: String?
    var layer: String?
    var prediction: [Setting]?
  }

  private static let panelKeys = ["set", "knobs", "sweep", "layer", "predict"]

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
      if NetworkVocabulary.kernels.contains(layer.value) {
        panel.layer = layer.value
      } else {
        report(
          "unknown layer “\(layer.value)”; allowed are "
            + NetworkVocabulary.kernels.joined(separator: ", "),
          at: layer.valueLocation)
      }
    }
    return panel
  }
}
