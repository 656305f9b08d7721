import TerminalCanvas

/// Where the parts of the lab stand in an area.
///
/// The lower part shows pages of panels; on a wide window the text has a pane of its own beside it, and
/// elsewhere it takes the place of the panels.
struct LabLayout {
  /// The sliders.
  let knobs: Rect
  /// Accuracy, bytes and latency.
  let gauges: Rect
  /// One line: the guess beside the truth, or the field for a value.
  let status: Rect
  /// The whole lower part.
  let lower: Rect
  /// The experiment's text.
  let text: Rect

  private let knobCount: Int

  /// Divides an area among the parts.
  init(area: Rect, knobCount: Int) {
    self.knobCount = knobCount
    // On a wide window the lesson's text stands beside the lab.
    let hasSidePane = area.width >= LessonPane.minWidth
    let (main, side) =
      hasSidePane
      ? area.splitRight(min(64, area.width / 3)) : (area, Rect(x: 0, y: 0, width: 0, height: 0))
    let topHeight = max(11, min(knobCount, area.height - 24))
    let (top, belowTop) = main.splitTop(topHeight)
    let (status, lower) = belowTop.splitTop(1)
    let (left, right) = top.splitLeft(main.width * 54 / 100)
    knobs = left.inset(horizontally: 1)
    gauges = right.inset(horizontally: 1)
    self.status = status.inset(horizontally: 1)
    self.lower = lower
    text =
      hasSidePane
      ? side.inset(horizontally: 2, vertically: 0)
      : lower.inset(horizontally: 2, vertically: 0)
  }

  /// Whether the text has a place of its own beside the lab.
  var hasSidePane: Bool { text.x > lower.x + lower.width - 1 }

  /// The first slider that is visible.
  func firstKnob(focus: Int) -> Int {
    max(0, min(focus - knobs.height / 2, knobCount - knobs.height))
  }

  /// The line of a slider.
  func knobRect(row: Int, focus: Int) -> Rect {
    Rect(x: knobs.x, y: knobs.y + row - firstKnob(focus: focus), width: knobs.width, height: 1)
  }

  /// The slider under a cell.
  func knobRow(at point: Point, focus: Int) -> Int? {
    guard knobs.contains(point) else { return nil }
    let row = point.y - knobs.y + firstKnob(focus: focus)
    return row < knobCount ? row : nil
  }
}
