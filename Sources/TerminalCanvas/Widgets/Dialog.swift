/// A box in the middle that asks for attention.
package struct Dialog: Widget {
  /// The text on the upper side.
  package var title: String
  /// What it says; each paragraph is wrapped.
  package var paragraphs: [StyledLine]
  /// The keys that answer it.
  package var keys: [KeyBar.Item]
  /// The most columns that it takes, borders included.
  package var maximumWidth: Int

  /// Makes a box.
  package init(
    title: String, paragraphs: [StyledLine], keys: [KeyBar.Item] = [], maximumWidth: Int = 64
  ) {
    self.title = title
    self.paragraphs = paragraphs
    self.keys = keys
    self.maximumWidth = maximumWidth
  }

  /// The columns of a border and a blank on both sides.
  private static let sides = 4

  private func wrapped(in rect: Rect) -> (width: Int, lines: [StyledLine]) {
    let room = max(1, min(rect.width, maximumWidth) - Self.sides)
    let keyWidth = keys.reduce(0) { $0 + $1.width + 2 }
    let natural = max(
      paragraphs.map { TextWidth.width(of: $0) }.max() ?? 0, TextWidth.width(of: title),
      keyWidth)
    let width = max(1, min(room, natural))
    return (width, paragraphs.flatMap { TextWrapping.wrap($0, width: width) })
  }

  /// The box's place, centred in a rectangle.
  package func box(in rect: Rect) -> Rect {
    let (textWidth, lines) = wrapped(in: rect)
    let width = min(rect.width, textWidth + Self.sides)
    let height = min(rect.height, lines.count + (keys.isEmpty ? 0 : 2) + 2)
    return Rect(
      x: rect.x + (rect.width - width) / 2, y: rect.y + (rect.height - height) / 2, width: width,
      height: height)
  }

  /// Draws the box over whatever the rectangle holds.
  package func render(into canvas: inout Canvas, in rect: Rect, glyphs: GlyphSet) {
    guard !rect.isEmpty else { return }
    let box = box(in: rect)
    canvas.fill(box)
    Frame(title: title, isFocused: true, isRound: true).render(
      into: &canvas, in: box, glyphs: glyphs)
    let inner = Frame.inner(of: box)
    let body = inner.width > 2 ? inner.inset(horizontally: 1) : inner
    let hasKeys = !keys.isEmpty && body.height > 1
    let (text, bottom) = body.splitBottom(hasKeys ? 1 : 0)
    for (row, line) in wrapped(in: rect).lines.enumerated() {
      canvas.write(line, row: row, of: text, glyphs: glyphs)
    }
    if hasKeys { KeyBar(keys, isFilled: false).render(into: &canvas, in: bottom, glyphs: glyphs) }
  }
}
