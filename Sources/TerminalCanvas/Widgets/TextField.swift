/// A line for typing into.
package struct TextField: Widget {
  /// The text and the cursor.
  package var state: TextFieldState
  /// What stands before the text.
  package var prompt: String
  /// What is shown while there is no text.
  package var placeholder: String
  /// Whether the field takes the keys.
  package var isFocused: Bool

  /// Makes a field.
  package init(
    state: TextFieldState, prompt: String = "", placeholder: String = "", isFocused: Bool = true
  ) {
    self.state = state
    self.prompt = prompt
    self.placeholder = placeholder
    self.isFocused = isFocused
  }

  /// The cells for the text, behind the prompt.
  private func textSpace(in rect: Rect) -> Rect {
    let row = Rect(x: rect.x, y: rect.y, width: rect.width, height: min(1, rect.height))
    return row.splitLeft(min(TextWidth.width(of: prompt), row.width / 2)).rest
  }

  /// The columns of text to the left of the field, so that the cursor is seen.
  private func scroll(in space: Rect) -> Int {
    let before = TextWidth.width(of: state.parts.before)
    let next = state.parts.after.first.map { TextWidth.width(of: $0) } ?? 1
    // The whole character under the cursor is seen.
    return max(0, before + max(1, next) - space.width)
  }

  /// The cell of the cursor, for the terminal's own cursor; nil without room or focus.
  package func cursorPoint(in rect: Rect) -> Point? {
    let space = textSpace(in: rect)
    guard isFocused, !space.isEmpty else { return nil }
    let column = TextWidth.width(of: state.parts.before) - scroll(in: space)
    return Point(x: space.x + max(0, min(space.width - 1, column)), y: space.y)
  }

  /// Draws prompt and text in the first row, scrolled to the cursor.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    guard !rect.isEmpty else { return }
    let space = textSpace(in: rect)
    let promptSpace = Rect(x: rect.x, y: rect.y, width: space.x - rect.x, height: 1)
    canvas.write([StyledRun(prompt, .role(.accent))], row: 0, of: promptSpace)
    canvas.restyle(space) { $0.underline = true }
    if state.text.isEmpty {
      let style = Style(foreground: .role(.muted), underline: true)
      canvas.write([StyledRun(placeholder, style)], row: 0, of: space)
    } else {
      let origin = Point(x: space.x - scroll(in: space), y: space.y)
      canvas.write(
        state.text, at: origin, style: Style(foreground: .role(.text), underline: true), in: space)
    }
    if let cursor = cursorPoint(in: rect) {
      canvas.restyle(Rect(x: cursor.x, y: cursor.y, width: 1, height: 1)) { $0.reverse = true }
    }
  }
}
