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

  /// Where the options lie.
  private struct Layout {
    /// The cells that options may be drawn in.
    var space: Rect
    /// Every option's cells, also those outside the space.
    var segments: [Rect]
    /// The blanks on either side of an option's name, brackets included.
    var padding: Int
    /// Whether options lie outside the space.
    var isScrolled: Bool
  }

  private func arrangement(in rect: Rect) -> Layout {
    let full = optionSpace(in: rect)
    let widths = options.map { TextWidth.width(of: $0) }
    let roomy = widths.reduce(0) { $0 + $1 + 4 }
    let padding = roomy <= full.width ? 2 : 1
    let total = widths.reduce(0) { $0 + $1 + 2 * padding }
    let isScrolled = total > full.width
    // Options that do not fit lie between two arrows and scroll until the chosen one is seen.
    let space = isScrolled && full.width > 2 ? full.inset(horizontally: 1) : full
    let chosen = max(0, min(options.count - 1, selection))
    let before = widths.prefix(chosen).reduce(0) { $0 + $1 + 2 * padding }
    let chosenWidth = options.isEmpty ? 0 : widths[chosen] + 2 * padding
    let scroll = isScrolled ? min(before, max(0, before + chosenWidth - space.width)) : 0
    var x = space.x - scroll
    let segments = widths.map { width in
      defer { x += width + 2 * padding }
      return Rect(x: x, y: space.y, width: width + 2 * padding, height: 1)
    }
    return Layout(space: space, segments: segments, padding: padding, isScrolled: isScrolled)
  }

  /// Returns the cells of each option that is seen, cut at the edges.
  package func layout(in rect: Rect) -> [(option: Int, rect: Rect)] {
    let arrangement = arrangement(in: rect)
    return arrangement.segments.enumerated()
      .map { (option: $0.offset, rect: $0.element.intersection(arrangement.space)) }
      .filter { !$0.rect.isEmpty }
  }

  /// The option under a cell, if there is one.
  package func option(at point: Point, in rect: Rect) -> Int? {
    layout(in: rect).first { $0.rect.contains(point) }?.option
  }

  /// Draws the name and as many options as fit, the chosen one among them.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty else { return }
    let full = optionSpace(in: rect)
    let labelSpace = Rect(x: rect.x, y: rect.y, width: max(0, full.x - rect.x - 1), height: 1)
    let labelStyle = isFocused ? Style.role(.accent, bold: true) : .role(.text)
    canvas.write([StyledRun(label, labelStyle)], row: 0, of: labelSpace)
    let parts = arrangement(in: rect)
    let chosen = max(0, min(options.count - 1, selection))
    let blank = String(repeating: " ", count: parts.padding - 1)
    for (option, segment) in parts.segments.enumerated() {
      let isChosen = option == chosen
      let text =
        (isChosen ? "[" : " ") + blank + options[option] + blank + (isChosen ? "]" : " ")
      let style =
        isChosen ? Style.role(isFocused ? .accent : .text, bold: true) : .role(.muted)
      canvas.write(text, at: Point(x: segment.x, y: segment.y), style: style, in: parts.space)
    }
    guard parts.isScrolled, full.width > 2, let first = parts.segments.first,
      let last = parts.segments.last
    else { return }
    if first.x < parts.space.x {
      canvas.write(String(glyphs.arrowLeft), at: Point(x: full.x, y: full.y), style: .role(.grid))
    }
    if last.maxX > parts.space.maxX {
      canvas.write(
        String(glyphs.arrowRight), at: Point(x: full.maxX - 1, y: full.y), style: .role(.grid))
    }
  }
}
