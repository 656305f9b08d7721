/// What roles look like.
package struct Theme: Sendable, Hashable {
  /// A colour as two terminals show it.
  package struct Ink: Sendable, Hashable {
    /// The index in a palette of 256, or −1 for the terminal's default.
    package var full: Int
    /// The index among the basic eight, or −1 for the terminal's default.
    package var basic: Int

    /// Makes a colour.
    package init(_ full: Int, basic: Int) {
      self.full = full
      self.basic = basic
    }

    /// The terminal's default.
    package static let standard = Ink(-1, basic: -1)

    /// The palette index at a depth.
    func index(at depth: ColorDepth) -> Int {
      switch depth {
      case .none: -1
      case .eight: basic
      case .full: full
      }
    }
  }

  /// The colours and attributes of one role.
  package struct Look: Sendable, Hashable {
    /// The character's colour.
    package var foreground: Ink
    /// The colour behind it.
    package var background: Ink
    /// Heavier strokes.
    package var bold: Bool
    /// Slanted.
    package var italic: Bool
    /// A line below.
    package var underline: Bool
    /// Colours exchanged.
    package var reverse: Bool

    /// Makes a look.
    package init(
      _ foreground: Ink = .standard, on background: Ink = .standard, bold: Bool = false,
      italic: Bool = false, underline: Bool = false, reverse: Bool = false
    ) {
      self.foreground = foreground
      self.background = background
      self.bold = bold
      self.italic = italic
      self.underline = underline
      self.reverse = reverse
    }
  }

  /// The name that settings use.
  package let name: String
  /// Whether it has colours; a theme without them tells roles apart by attributes.
  package let usesColors: Bool
  private let looks: [Role: Look]

  /// Makes a theme; a role without a look is drawn as the terminal draws text.
  package init(name: String, usesColors: Bool, looks: [Role: Look]) {
    self.name = name
    self.usesColors = usesColors
    self.looks = looks
  }

  /// The look of a role.
  package func look(of role: Role) -> Look {
    looks[role] ?? Look()
  }

  /// All themes that come with the program.
  package static let all: [Theme] = [dark, light, mono]

  /// The theme of a name, if there is one.
  package static func named(_ name: String) -> Theme? {
    all.first { $0.name == name }
  }
}
