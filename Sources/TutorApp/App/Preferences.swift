package import Localization
package import Study

/// What the learner chose about how the tutor looks.
package struct Preferences: Sendable, Hashable {
  /// Which glyphs are used.
  package enum Glyphs: String, Sendable, Hashable, CaseIterable {
    /// What the terminal's character set allows.
    case automatic
    /// Lines, blocks and braille.
    case unicode
    /// Plain ASCII.
    case ascii
  }

  /// The colours.
  package enum Colors: String, Sendable, Hashable, CaseIterable {
    /// For a dark background.
    case dark
    /// For a light background.
    case light
    /// No colours; meaning by weight, underline and reversal.
    case mono
  }

  /// The language of lessons and interface.
  package var language: Language
  /// The colours.
  package var colors: Colors
  /// The glyphs.
  package var glyphs: Glyphs

  /// Makes preferences.
  package init(
    language: Language = .english, colors: Colors = .dark, glyphs: Glyphs = .automatic
  ) {
    self.language = language
    self.colors = colors
    self.glyphs = glyphs
  }
}

// MARK: - In the store

extension Preferences {
  private static let languageKey = "language"
  private static let colorsKey = "theme"
  private static let glyphsKey = "glyphs"

  /// Reads the preferences that a store keeps, or nil when it keeps none; a value that is no longer
  /// known falls back.
  package init?(of store: ProgressStore) throws(ProgressStoreError) {
    guard let language = try store.setting(Self.languageKey) else { return nil }
    self.init(
      language: Language(rawValue: language) ?? .english,
      colors: try store.setting(Self.colorsKey).flatMap(Colors.init) ?? .dark,
      glyphs: try store.setting(Self.glyphsKey).flatMap(Glyphs.init) ?? .automatic)
  }

  /// The preferences as the store keeps them.
  var settings: [String: String] {
    [
      Self.languageKey: language.rawValue, Self.colorsKey: colors.rawValue,
      Self.glyphsKey: glyphs.rawValue,
    ]
  }
}
