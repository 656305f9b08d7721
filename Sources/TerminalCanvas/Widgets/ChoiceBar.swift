/// A few options in a row, one of them chosen.
package struct ChoiceBar: Widget {
  /// The name on the left.
  package var label: String
  /// The options' names.
  package var options: [String]
  /// The chosen option.
  package var selection: Int
  /// Whether the row takes the keys.
  package var isFocused: Bool
  /// The columns kept for the name.
  package var labelWidth: Int

  /// Makes a row of options.
  package init(
    label: String, options: [String], selection: Int, isFocused: Bool = false, labelWidth: Int = 18
  ) {
    self.label = label
    self.options = options
    self.selection = selection
    self.isFocused = isFocused
    self.labelWidth = labelWidth
  }

  /// The space for the options, behind the name.
  private func optionSpace(in rect: Rect) -> Rect {
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(1, rect.height))
    guard labelWidth > 0 else { return row }
    return row.splitLeft(min(labelWidth + 1, row.width / 2)).rest
  }

  /// Returns the cells of each option that is seen, cut at the edges.
  ///
  /// Options that do not fit scroll so far that the chosen one is seen.
  package func layout(in rect: Rect) -> [(option: Int, rect: Rect)] {
    segments(in: rect).map {
      (option: $0.option, rect: $0.rect.intersection(optionSpace(in: rect)))
    }
    .filter { !$0.rect.isEmpty }
  }

  /// The option under a cell, if there is one.
  package func option(at point: Point, in rect: Rect) -> Int? {
    layout(in: rect).first { $0.rect.contains(point) }?.option
  }

  private func segments(in rect: Rect) -> [(option: Int, rect: Rect, padding: Int)] {
    let space = optionSpace(in: rect)
    guard !space.isEmpty, !options.isEmpty else { return [] }
    let widths = options.map { TextWidth.width(of: $0) }
    let roomy = widths.reduce(0) { $0 + $1 + 4 }
    let padding = roomy <= space.width ? 2 : 1
    let total = widths.reduce(0) { $0 + $1 + 2 * padding }
    let chosen = max(0, min(options.count - 1, selection))
    let before = widths[..<chosen].reduce(0) { $0 + $1 + 2 * padding }
    let chosenWidth = widths[chosen] + 2 * padding
    let overflow = max(0, total - space.width)
    // As little as possible, but with the end of the chosen option and then its start in view.
    let scroll = min(overflow, min(before, max(0, before + chosenWidth - space.width + 1)))
    var x = space.x - scroll
    return widths.enumerated().map { index, width in
      defer { x += width + 2 * padding }
      return (
        index, Rect(x: x, y: space.y, width: width + 2 * padding, height: 1), padding
      )
    }
  }

  package func render(into canvas: inout Canvas, in rect: Rect, glyphs: GlyphSet) {
    guard !rect.isEmpty else { return }
    let space = optionSpace(in: rect)
    let labelSpace = Rect(
      x: rect.x, y: rect.y, width: max(0, space.x - rect.x - 1), height: 1)
    let labelStyle = isFocused ? Style.role(.accent, bold: true) : .role(.text)
    canvas.write([StyledRun(label, labelStyle)], row: 0, of: labelSpace, glyphs: glyphs)
    let chosen = max(0, min(options.count - 1, selection))
    let parts = segments(in: rect)
    for (option, part, padding) in parts {
      let isChosen = option == chosen
      let blank = String(repeating: " ", count: padding - 1)
      let text =
        (isChosen ? "[" : " ") + blank + options[option] + blank + (isChosen ? "]" : " ")
      let style =
        isChosen ? Style.role(isFocused ? .accent : .text, bold: true) : .role(.muted)
      canvas.write(text, at: Point(x: part.x, y: part.y), style: style, in: space)
    }
    if let first = parts.first, first.rect.x < space.x {
      canvas.write(String(glyphs.arrowLeft), at: Point(x: space.x, y: space.y), style: .role(.grid))
    }
    if let last = parts.last, last.rect.maxX > space.maxX {
      canvas.write(
        String(glyphs.arrowRight), at: Point(x: space.maxX - 1, y: space.y), style: .role(.grid))
    }
  }
}
