/// A look in the terms of a terminal: palette indices and attributes.
package struct ResolvedStyle: Sendable, Hashable {
  /// The palette index of the character's colour, or −1 for the terminal's default.
  package var foreground: Int
  /// The palette index of the colour behind it, or −1 for the terminal's default.
  package var background: Int
  /// Heavier strokes.
  package var bold: Bool
  /// Slanted, where the terminal can.
  package var italic: Bool
  /// A line below.
  package var underline: Bool
  /// Colours exchanged.
  package var reverse: Bool

  /// Makes a look.
  package init(
    foreground: Int = -1, background: Int = -1, bold: Bool = false, italic: Bool = false,
    underline: Bool = false, reverse: Bool = false
  ) {
    self.foreground = foreground
    self.background = background
    self.bold = bold
    self.italic = italic
    self.underline = underline
    self.reverse = reverse
  }
}

extension Style {
  /// Returns the look that a theme gives this style on a terminal of so many colours.
  ///
  /// From 256 colours the theme's full palette is used, from 8 its small one, and below that (or in
  /// the theme `mono`) no colour at all: then roles differ by bold, underline and reverse.
  package func resolved(by theme: Theme, colors: Int) -> ResolvedStyle {
    var result = ResolvedStyle(
      bold: bold, italic: italic, underline: underline, reverse: reverse)
    let depth = theme.usesColors ? ColorDepth(colors: colors) : .none
    if case .role(let role) = foreground {
      let look = (depth == .none ? Theme.mono : theme).look(of: role)
      result.bold = result.bold || look.bold
      result.italic = result.italic || look.italic
      result.underline = result.underline || look.underline
      // A look that is reversed already must not be turned back by the style.
      result.reverse = result.reverse || look.reverse
      result.foreground = look.foreground.index(at: depth)
      result.background = look.background.index(at: depth)
    } else {
      result.foreground = foreground.index(by: theme, at: depth, asBackground: false)
      if case .gray(let shade) = foreground, depth == .eight, shade >= 213 { result.bold = true }
    }
    if background != .standard {
      result.background = background.index(by: theme, at: depth, asBackground: true)
      if depth == .none, background.isLightInMono { result.reverse = true }
      if case .role(let role) = background {
        result.foreground = Self.readable(
          result.foreground, on: theme.look(of: role), at: depth)
      }
    }
    if depth == .none, case .gray(let shade) = foreground, shade >= 171 { result.bold = true }
    return result
  }
}

extension Style {
  /// Returns the foreground to use on a role's own background.
  ///
  /// The terminal's default is not known to differ from that background, and of the eight basic
  /// colours few do: then the role's own foreground is taken.
  fileprivate static func readable(
    _ foreground: Int, on look: Theme.Look, at depth: ColorDepth
  ) -> Int {
    guard look.background != .standard else { return foreground }
    switch depth {
    case .none: return foreground
    case .eight: return look.foreground.basic
    case .full: return foreground == -1 ? look.foreground.full : foreground
    }
  }
}

extension Color {
  /// The palette index at a depth, −1 for the default.
  fileprivate func index(by theme: Theme, at depth: ColorDepth, asBackground: Bool) -> Int {
    switch self {
    case .standard:
      return -1
    case .role(let role):
      let look = theme.look(of: role)
      let hasBackground = asBackground && look.background != .standard
      return (hasBackground ? look.background : look.foreground).index(at: depth)
    case .gray(let shade):
      return Palette.gray(shade, at: depth)
    case .palette(let index):
      return Palette.index(Int(index), at: depth)
    }
  }

  /// Whether this background shows as reverse where there are no colours.
  fileprivate var isLightInMono: Bool {
    switch self {
    case .standard: false
    case .role(let role): Theme.mono.look(of: role).reverse
    case .gray(let shade): shade >= 128
    case .palette(let index): Palette.luminance(of: Int(index)) >= 0.2
    }
  }
}
