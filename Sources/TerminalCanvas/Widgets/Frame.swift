/// A border with a title on its upper side.
package struct Frame: Widget {
  /// The text on the left of the upper side.
  package var title: String
  /// The text on the right of the upper side; left out where there is no room.
  package var rightText: String
  /// Whether what it surrounds takes the keys; then title and border stand out.
  package var isFocused: Bool
  /// Whether the corners are round.
  package var isRound: Bool

  /// Makes a border.
  package init(
    title: String = "", rightText: String = "", isFocused: Bool = false, isRound: Bool = false
  ) {
    self.title = title
    self.rightText = rightText
    self.isFocused = isFocused
    self.isRound = isRound
  }

  /// The rectangle inside the border.
  package static func inner(of rect: Rect) -> Rect {
    rect.width < 2 || rect.height < 2
      ? Rect(x: rect.x, y: rect.y, width: 0, height: 0) : rect.inset(horizontally: 1, vertically: 1)
  }

  /// Draws the border; a rectangle too small for one gets the title alone.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let line = Style.role(isFocused ? .accent : .border)
    let titleStyle = Style.role(isFocused ? .accent : .heading, bold: true)
    guard rect.width >= 2, rect.height >= 2 else {
      canvas.write([StyledRun(title, titleStyle)], row: 0, of: rect)
      return
    }
    let right = rect.maxX - 1
    let bottom = rect.maxY - 1
    canvas.clipped(to: rect) { canvas in
      for y in [rect.y, bottom] {
        canvas.fill(
          Rect(x: rect.x, y: y, width: rect.width, height: 1), with: glyphs.horizontal, style: line)
      }
      for x in [rect.x, right] {
        canvas.fill(
          Rect(x: x, y: rect.y, width: 1, height: rect.height), with: glyphs.vertical, style: line)
      }
      let corners: [(Character, Int, Int)] = [
        (isRound ? glyphs.roundTopLeft : glyphs.topLeft, rect.x, rect.y),
        (isRound ? glyphs.roundTopRight : glyphs.topRight, right, rect.y),
        (isRound ? glyphs.roundBottomLeft : glyphs.bottomLeft, rect.x, bottom),
        (isRound ? glyphs.roundBottomRight : glyphs.bottomRight, right, bottom),
      ]
      for (corner, x, y) in corners {
        canvas.write(String(corner), at: Point(x: x, y: y), style: line)
      }
    }
    renderTitles(into: &canvas, in: rect, style: titleStyle)
  }

  private func renderTitles(into canvas: inout Canvas, in rect: Rect, style: Style) {
    let glyphs = canvas.glyphs
    // One corner and one blank on either side of the text.
    let room = rect.width - 4
    guard room > 0 else { return }
    var used = 0
    if !title.isEmpty {
      let text = TextFitting.truncate(title, to: room, ellipsis: String(glyphs.ellipsis))
      used = canvas.write(
        " " + text + " ", at: Point(x: rect.x + 1, y: rect.y), style: style, in: rect)
    }
    let width = TextWidth.width(of: rightText) + 2
    guard !rightText.isEmpty, used + 1 + width <= rect.width - 2 else { return }
    canvas.write(
      " " + rightText + " ", at: Point(x: rect.maxX - 1 - width, y: rect.y), style: .role(.muted),
      in: rect)
  }
}
