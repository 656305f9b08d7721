/// How far a piece of work has come.
package struct ProgressBar: Widget {
  /// What is being done.
  package var label: String
  /// The share done, or nil when nobody knows.
  package var fraction: Double?
  /// What stands on the right; without it, the percentage.
  package var text: String?
  /// The step of the moving mark that is shown while the share is not known.
  package var phase: Int

  /// Makes a progress bar.
  package init(label: String = "", fraction: Double?, text: String? = nil, phase: Int = 0) {
    self.label = label
    self.fraction = fraction
    self.text = text
    self.phase = phase
  }

  /// Draws label, bar and percentage in the first row.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    guard !rect.isEmpty else { return }
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: 1)
    let known = fraction.map { $0.isNaN ? 0 : max(0, min(1, $0)) }
    // Rounded down, so that only finished work reads 100 %.
    let words = text ?? known.map { "\(Int(($0 * 100).rounded(.down))) %" } ?? ""
    let tail = words.isEmpty ? 0 : max(5, TextWidth.width(of: words)) + 1
    let (rest, value) = row.splitRight(tail)
    let name = min(TextWidth.width(of: label), rest.width / 2)
    let bar = rest.splitLeft(name > 0 ? name + 1 : 0).rest
    let label = Rect(x: row.x, y: row.y, width: name, height: 1)
    canvas.write([StyledRun(self.label)], row: 0, of: label)
    canvas.write([StyledRun(words)], row: 0, of: value, alignment: .right)
    canvas.fill(bar, with: glyphs.lightShade, style: .role(.grid))
    if let known {
      canvas.write(
        Bar.text(known, width: bar.width, glyphs: glyphs), at: Point(x: bar.x, y: bar.y),
        style: .role(.accent), in: bar)
    } else if bar.width > 0 {
      let length = min(3, bar.width)
      let span = bar.width - length
      // To and fro: a triangle wave over the free cells.
      let step = span > 0 ? abs(phase % (2 * span)) : 0
      canvas.fill(
        Rect(x: bar.x + min(step, 2 * span - step), y: bar.y, width: length, height: 1),
        with: glyphs.fullBlock, style: .role(.accent))
    }
  }
}
