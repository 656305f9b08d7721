extension LessonBuilder {
  /// Reads the task list of a choice item.
  mutating func choices(
    _ body: ArraySlice<MarkdownNode>, kind: ItemKind, at place: SourceLocation
  ) -> ItemParts {
    let lists = body.indices.filter { isTaskList(body[$0]) }
    guard let index = lists.first else {
      report("the item has no choices; write them as a list of “- [ ]” and “- [x]”", at: place)
      return ItemParts(prompt: body, answer: nil, explanation: [])
    }
    let list = body[index]
    var parts = ItemParts(prompt: body[..<index], answer: nil, explanation: body[(index + 1)...])
    var choices: [QuizChoice] = []
    var isSound = true
    for item in list.children {
      guard case .item(checked: .some(let isRight)) = item.kind else {
        report("the choice lacks its “[ ]” or “[x]”", on: item)
        isSound = false
        continue
      }
      guard let first = item.children.first, first.kind == .paragraph else {
        report("the choice has no text", on: item)
        isSound = false
        continue
      }
      choices.append(
        QuizChoice(
          text: inlines(of: first), isRight: isRight,
          explanation: blocks(item.children.dropFirst())))
    }
    let right = choices.indices.filter { choices[$0].isRight }
    let place = location(of: list)
    parts.facts += [
      OutlineEntry.Fact(name: "number of choices", value: "\(choices.count)", location: place),
      OutlineEntry.Fact(
        name: "right choices", value: right.map { "\($0 + 1)" }.joined(separator: ", "),
        location: place),
    ]
    if choices.count < 2 {
      report("an item has at least two choices", at: place)
      isSound = false
    }
    if kind == .choice, right.count != 1 {
      report("exactly one choice must be right, but \(right.count) are", at: place)
      isSound = false
    }
    if kind == .multiple, right.isEmpty {
      report("at least one choice must be right", at: place)
      isSound = false
    }
    if isSound {
      parts.answer = kind == .choice ? .choice(choices) : .multiple(choices)
    }
    return parts
  }

  private func isTaskList(_ node: MarkdownNode) -> Bool {
    guard case .list = node.kind else { return false }
    return node.children.contains {
      if case .item(checked: .some) = $0.kind { true } else { false }
    }
  }
}
