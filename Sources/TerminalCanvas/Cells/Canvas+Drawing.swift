extension Canvas {
  /// Writes text from a cell to the right and returns the columns it takes.
  ///
  /// This is the only way for text to enter a canvas: it is cleaned here of everything that could
  /// steer the terminal, measured, and clipped. The columns returned are the text's own, also where
  /// they lie outside the clip.
  @discardableResult
  package mutating func write(
    _ text: String, at point: Point, style: Style = .text, in area: Rect? = nil
  ) -> Int {
    let area = area.map(clip.intersection) ?? clip
    guard point.y >= area.y, point.y < area.maxY else { return TextWidth.width(of: text) }
    var x = point.x
    TextCells.forEach(in: text) { character, width in
      place(character, width: width, x: x, y: point.y, style: style, in: area)
      x += width
    }
    return x - point.x
  }

  /// Writes a line from a cell to the right and returns the columns it takes.
  @discardableResult
  package mutating func write(_ line: StyledLine, at point: Point, in area: Rect? = nil) -> Int {
    var x = point.x
    for run in line {
      x += write(run.text, at: Point(x: x, y: point.y), style: run.style, in: area)
    }
    return x - point.x
  }

  /// Fills a rectangle with a character; a wide one is repeated every two columns.
  package mutating func fill(_ rect: Rect, with character: Character = " ", style: Style = .text) {
    let area = clip.intersection(rect)
    let (character, width) = TextCells.first(of: character)
    for y in area.y..<max(area.y, area.maxY) {
      for x in stride(from: area.x, to: area.maxX, by: width) {
        place(character, width: width, x: x, y: y, style: style, in: area)
      }
    }
  }

  /// Changes the look of a rectangle's cells and leaves their characters.
  ///
  /// A wide character takes the look of its first half.
  package mutating func restyle(_ rect: Rect, _ change: (inout Style) -> Void) {
    let area = clip.intersection(rect)
    for y in area.y..<max(area.y, area.maxY) {
      for x in area.x..<area.maxX {
        let index = y * size.width + x
        guard !cells[index].isContinuation else { continue }
        change(&cells[index].style)
        if cells[index].width == 2 { cells[index + 1].style = cells[index].style }
      }
    }
  }

  /// Copies another canvas with its top left corner at a cell.
  package mutating func draw(_ other: Canvas, at point: Point, in area: Rect? = nil) {
    let area = area.map(clip.intersection) ?? clip
    let shared = area.intersection(
      Rect(x: point.x, y: point.y, width: other.size.width, height: other.size.height))
    for y in shared.y..<max(shared.y, shared.maxY) {
      // One column more on the left, for a wide character that reaches into the clip.
      for x in max(point.x, shared.x - 1)..<max(shared.x, shared.maxX) {
        let cell = other[x - point.x, y - point.y]
        guard !cell.isContinuation else { continue }
        place(cell.character, width: cell.width, x: x, y: y, style: cell.style, in: area)
      }
    }
  }

  /// Puts a cleaned character into its one or two cells, as far as an area allows.
  private mutating func place(
    _ character: Character, width: Int, x: Int, y: Int, style: Style, in area: Rect
  ) {
    let isFirstInside = x >= area.x && x < area.maxX
    if width == 1 {
      if isFirstInside { set(Cell(character: character, style: style, width: 1), x: x, y: y) }
      return
    }
    let isSecondInside = x + 1 >= area.x && x + 1 < area.maxX
    if isFirstInside && isSecondInside {
      set(Cell(character: character, style: style, width: 2), x: x, y: y)
      set(.continuation(style), x: x + 1, y: y)
    } else if isFirstInside {
      set(.blank(style), x: x, y: y)
    } else if isSecondInside {
      set(.blank(style), x: x + 1, y: y)
    }
  }

  /// Replaces a cell and blanks what remains of a wide character that it was half of.
  private mutating func set(_ cell: Cell, x: Int, y: Int) {
    let index = y * size.width + x
    switch cells[index].width {
    case 2 where !(cell.width == 2):
      cells[index + 1] = .blank(cells[index + 1].style)
    case 0 where !cell.isContinuation:
      cells[index - 1] = .blank(cells[index - 1].style)
    default:
      break
    }
    cells[index] = cell
  }
}
