/// What a piece of text is for; a theme decides what that looks like.
package enum Role: UInt8, Sendable, Hashable, CaseIterable {
  /// Running text.
  case text
  /// Secondary text.
  case muted
  /// Titles.
  case heading
  /// The program's own colour: borders in focus, key names, marks.
  case accent
  /// Links and cross-references.
  case link
  /// Source code and keys of recipes.
  case code
  /// Keywords of highlighted code.
  case codeKeyword
  /// String literals of highlighted code.
  case codeString
  /// Comments of highlighted code.
  case codeComment
  /// Numbers of highlighted code.
  case codeNumber
  /// Something right, better or done.
  case good
  /// Something that needs attention.
  case warning
  /// Something wrong or worse.
  case bad
  /// Lines of frames.
  case border
  /// The selected row or focused control.
  case selection
  /// The bar at the top and the key bar at the bottom.
  case bar
  /// Names of keys in the key bar.
  case barKey
  /// First data series of a plot.
  case series1
  /// Second data series of a plot.
  case series2
  /// Third data series of a plot.
  case series3
  /// Grid lines, axes and bands of plots.
  case grid
}

/// A colour, by meaning or by shade.
package enum Color: Sendable, Hashable {
  /// The theme's colour for a role.
  case role(Role)
  /// A grey from black, 0, to white, 255; for images.
  case gray(UInt8)
  /// An entry of the terminal's 256-colour palette; for heat maps.
  case palette(UInt8)
  /// The terminal's own default.
  case standard
}

/// How a cell looks.
package struct Style: Sendable, Hashable {
  /// The colour of the character.
  package var foreground: Color
  /// The colour behind it.
  package var background: Color
  /// Heavier strokes.
  package var bold: Bool
  /// Slanted, where the terminal can.
  package var italic: Bool
  /// A line below.
  package var underline: Bool
  /// Colours exchanged.
  package var reverse: Bool

  /// Makes a style.
  package init(
    foreground: Color = .role(.text), background: Color = .standard, bold: Bool = false,
    italic: Bool = false, underline: Bool = false, reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.italic = italic
    self.underline = underline
    self.reverse = reverse
  }

  /// The plain style of a role.
  package static func role(_ role: Role, bold: Bool = false) -> Style {
    Style(foreground: .role(role), bold: bold)
  }

  /// Running text.
  package static let text = Style()
}

/// Text in one style.
package struct StyledRun: Sendable, Hashable {
  /// The characters.
  package var text: String
  /// Their look.
  package var style: Style

  /// Makes a run.
  package init(_ text: String, _ style: Style = .text) {
    self.text = text
    self.style = style
  }
}

/// One line of runs, left to right.
package typealias StyledLine = [StyledRun]
