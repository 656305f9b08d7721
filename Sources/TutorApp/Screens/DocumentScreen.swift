import TerminalCanvas

/// A screen that is one text, read through a window and scrolled.
protocol DocumentScreen: TutorScreen {
  /// How far the text is scrolled.
  var scroll: ScrollState { get set }

  /// The set text, and the column of the area that it stands in.
  func document(in area: Rect, _ context: TutorContext) -> (Document, Rect)
}

extension DocumentScreen {
  /// Carries out a scrolling command; false if it is another command.
  mutating func scroll(_ command: Command, _ context: TutorContext) -> Bool {
    let (document, column) = document(in: context.screenArea, context)
    return scroll.perform(command, lines: document.lines.count, visible: column.height)
  }

  /// Follows the mouse wheel.
  mutating func follow(_ mouse: MouseEvent, _ context: TutorContext) {
    let (document, column) = document(in: context.screenArea, context)
    scroll.scroll(mouse, lines: document.lines.count, visible: column.height)
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    follow(mouse, context)
    return []
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let (document, column) = document(in: area, context)
    document.draw(into: &canvas, in: column, offset: scroll.offset)
  }
}
