import CNcurses
import TerminalCanvas

/// Turns canvases into calls of the screen library, which in turn writes only what changed.
struct NcursesPainter {
  /// One cell's characters as the library wants them, and the columns left blank after them.
  private struct Glyph {
    var characters: [wchar_t]
    var blanks: Int
  }

  /// A style's attributes and colour pair.
  private struct Look {
    var attributes: attr_t
    var pair: Int32
  }

  private let capabilities: TerminalCapabilities
  private let hasDefaultColors: Bool
  private var pairs: ColorPairs
  private var looks: [Style: Look] = [:]
  private var lastLook: (style: Style, look: Look)?
  private var glyphs: [Character: Glyph] = [:]
  private var shown: Canvas?
  private var shownTheme: Theme?
  private var cursor: Point?
  private var isCursorVisible = false

  private static let largestCache = 4096

  /// Makes a painter for a screen that shows nothing yet.
  init(capabilities: TerminalCapabilities, pairs: ColorPairs, hasDefaultColors: Bool) {
    self.capabilities = capabilities
    self.pairs = pairs
    self.hasDefaultColors = hasDefaultColors
  }

  /// Forgets what is shown, so that the next canvas is drawn whole.
  mutating func forget() {
    shown = nil
  }

  /// Draws a canvas; what lies outside the window is cut off.
  mutating func paint(
    _ canvas: Canvas, theme: Theme, cursor: Point?, on window: UnsafeMutablePointer<WINDOW>
  ) {
    let canvas = capabilities.unicode ? canvas : canvas.transliterated(to: .ascii)
    if theme != shownTheme {
      looks = [:]
      lastLook = nil
      shown = nil
      shownTheme = theme
    }
    let area = Rect(x: 0, y: 0, width: Int(getmaxx(window)), height: Int(getmaxy(window)))
    if shown?.size != canvas.size { werase(window) }
    let old = shown ?? Canvas(width: 0, height: 0)
    for change in canvas.changedCells(from: old) where area.contains(change.point) {
      put(change, theme: theme, in: area, on: window)
    }
    shown = canvas
    self.cursor = cursor.flatMap { area.contains($0) ? $0 : nil }
    update(window)
  }

  /// Draws again what was shown last, after the terminal was used by others.
  mutating func reshow() {
    guard let window = nibble_curses_screen_window() else { return }
    touchwin(window)
    update(window)
  }

  /// Writes what changed, with the cursor hidden before or shown after, so that it never flashes
  /// where it does not belong.
  private mutating func update(_ window: UnsafeMutablePointer<WINDOW>) {
    if cursor == nil, isCursorVisible { curs_set(0) }
    if let cursor { wmove(window, Int32(cursor.y), Int32(cursor.x)) }
    wnoutrefresh(window)
    doupdate()
    if cursor != nil, !isCursorVisible { curs_set(1) }
    isCursorVisible = cursor != nil
  }

  private mutating func put(
    _ change: CellChange, theme: Theme, in area: Rect, on window: UnsafeMutablePointer<WINDOW>
  ) {
    let look = look(of: change.cell.style, theme: theme)
    let y = Int32(change.point.y)
    let x = change.point.x
    guard x + change.cell.width <= area.maxX else {
      put(Self.space, y, Int32(x), look, on: window)
      return
    }
    let glyph = glyph(of: change.cell)
    put(glyph.characters, y, Int32(x), look, on: window)
    for offset in 0..<glyph.blanks {
      put(Self.space, y, Int32(x + change.cell.width - 1 - offset), look, on: window)
    }
  }

  private static let space: [wchar_t] = [0x20, 0]

  private func put(
    _ characters: [wchar_t], _ y: Int32, _ x: Int32, _ look: Look,
    on window: UnsafeMutablePointer<WINDOW>
  ) {
    nibble_curses_put(window, y, x, characters, look.attributes, look.pair)
  }

  // MARK: - Characters

  /// The glyphs of ASCII, which most cells hold and which need no search.
  private static let asciiGlyphs = (0..<128).map { code in
    Glyph(characters: [wchar_t(code >= 0x20 && code < 0x7F ? code : 0x3F), 0], blanks: 0)
  }

  /// The characters of a cell, such that the library gives them the columns that the canvas did.
  ///
  /// The library trusts the C library's widths. Where those are smaller, blanks follow; where they
  /// are larger or unknown a replacement is shown, since the rest of the row would shift.
  private mutating func glyph(of cell: Cell) -> Glyph {
    if let ascii = cell.character.asciiValue, cell.width == 1 {
      return Self.asciiGlyphs[Int(ascii)]
    }
    if let glyph = glyphs[cell.character] { return glyph }
    var scalars = cell.character.unicodeScalars.map { $0.value }
    var width = scalars.first.map { Int(nibble_curses_width($0)) } ?? -1
    if width < 1 || width > cell.width {
      scalars = [capabilities.unicode ? 0xFFFD : 0x3F]
      width = 1
    }
    let characters = scalars.prefix(Int(nibble_curses_cell_limit())).map { wchar_t($0) }
    let glyph = Glyph(characters: characters + [0], blanks: max(0, cell.width - width))
    if glyphs.count >= Self.largestCache { glyphs = [:] }
    glyphs[cell.character] = glyph
    return glyph
  }

  // MARK: - Colours

  private mutating func look(of style: Style, theme: Theme) -> Look {
    if let lastLook, lastLook.style == style { return lastLook.look }
    let look = looks[style] ?? newLook(of: style, theme: theme)
    lastLook = (style, look)
    return look
  }

  private mutating func newLook(of style: Style, theme: Theme) -> Look {
    let resolved = style.resolved(by: theme, colors: capabilities.colors)
    var attributes: attr_t = 0
    if resolved.bold { attributes |= nibble_curses_bold }
    if resolved.italic { attributes |= nibble_curses_italic }
    if resolved.underline { attributes |= nibble_curses_underline }
    if resolved.reverse { attributes |= nibble_curses_reverse }
    let pair = pair(foreground: resolved.foreground, background: resolved.background)
    let look = Look(attributes: attributes, pair: pair)
    if looks.count >= Self.largestCache { looks = [:] }
    looks[style] = look
    return look
  }

  private mutating func pair(foreground: Int, background: Int) -> Int32 {
    guard capabilities.colors > 0 else { return 0 }
    let (number, isNew) = pairs.number(foreground: foreground, background: background)
    if isNew {
      // Without default colours the library's own pair 0 is white on black.
      let standardForeground = hasDefaultColors ? -1 : Int(COLOR_WHITE)
      let standardBackground = hasDefaultColors ? -1 : Int(COLOR_BLACK)
      init_extended_pair(
        Int32(number), Int32(foreground < 0 ? standardForeground : foreground),
        Int32(background < 0 ? standardBackground : background))
    }
    return Int32(number)
  }
}
