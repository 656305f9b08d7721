import Foundation
import Testing

@testable import TerminalCanvas

@Suite struct ThemeTests {
  /// The relative luminance of WCAG 2, with its exact transfer curve.
  private func luminance(_ index: Int) -> Double {
    let (red, green, blue) = Palette.components(of: index)
    func linear(_ component: Int) -> Double {
      let value = Double(component) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  private func contrast(_ first: Int, _ second: Int) -> Double {
    let pair = [luminance(first), luminance(second)].sorted()
    return (pair[1] + 0.05) / (pair[0] + 0.05)
  }

  @Test(arguments: [("dark", [16, 233, 234]), ("light", [231, 255, 254])], Role.allCases)
  func everyColourOfAThemeIsReadableOnItsBackgrounds(
    theme: (name: String, backgrounds: [Int]), role: Role
  ) throws {
    let theme = (try #require(Theme.named(theme.name)), theme.backgrounds)
    let look = theme.0.look(of: role)
    guard look.foreground.full >= 0 else { return }
    let backgrounds = look.background.full >= 0 ? [look.background.full] : theme.1
    for background in backgrounds {
      #expect(contrast(look.foreground.full, background) >= 4.5, "\(role) on \(background)")
    }
  }

  @Test(arguments: Role.allCases)
  func atEightColoursNoRoleVanishesInItsBackground(role: Role) {
    for (theme, background) in [(Theme.dark, 0), (Theme.light, 7)] {
      let look = theme.look(of: role)
      let behind = look.background.basic >= 0 ? look.background.basic : background
      #expect(look.foreground.basic != behind, "\(role) in \(theme.name)")
    }
  }

  @Test func everyThemeKeepsSeriesAndVerdictsApart() {
    for theme in [Theme.dark, .light] {
      let series = [Role.series1, .series2, .series3].map { theme.look(of: $0).foreground.full }
      #expect(Set(series).count == 3)
      #expect(theme.look(of: .good).foreground != theme.look(of: .bad).foreground)
    }
    let verdicts = [Role.good, .warning, .bad, .text].map { Theme.mono.look(of: $0) }
    #expect(Set(verdicts).count == 4)
    #expect(Theme.mono.look(of: .selection).reverse)
  }

  @Test func themesAreFoundByName() {
    #expect(Theme.named("dark") == .dark)
    #expect(Theme.named("no such") == nil)
    #expect(Theme.all.map(\.name) == ["dark", "light", "mono"])
  }

  @Test func rolesResolveToTheThemesColours() {
    let style = Style.role(.accent)
    #expect(
      style.resolved(by: .dark, colors: 256) == ResolvedStyle(foreground: 80, bold: true))
    #expect(style.resolved(by: .dark, colors: 8) == ResolvedStyle(foreground: 6, bold: true))
    #expect(style.resolved(by: .dark, colors: 0) == ResolvedStyle(bold: true))
    #expect(Style.text.resolved(by: .light, colors: 256) == ResolvedStyle())
  }

  @Test func backgroundsByRoleTakeTheRolesOwnBackground() {
    let row = Style(foreground: .role(.selection), background: .role(.selection))
    #expect(
      row.resolved(by: .dark, colors: 256)
        == ResolvedStyle(foreground: 231, background: 24, bold: true))
    #expect(Style.role(.selection).resolved(by: .dark, colors: 256).background == 24)
    let mark = Style(foreground: .role(.text), background: .role(.series1))
    #expect(mark.resolved(by: .dark, colors: 256) == ResolvedStyle(background: 75))
  }

  @Test func textOnABarStaysReadable() {
    let text = Style(foreground: .role(.text), background: .role(.bar))
    #expect(
      text.resolved(by: .dark, colors: 256) == ResolvedStyle(foreground: 253, background: 238))
    let accent = Style(foreground: .role(.accent), background: .role(.bar))
    #expect(
      accent.resolved(by: .dark, colors: 8)
        == ResolvedStyle(foreground: 0, background: 7, bold: true))
    #expect(accent.resolved(by: .dark, colors: 256).foreground == 80)
  }

  @Test func withoutColoursMeaningStaysInAttributes() {
    for theme in Theme.all {
      let row = Style(foreground: .role(.selection), background: .role(.selection))
      #expect(row.resolved(by: theme, colors: 0) == ResolvedStyle(reverse: true))
      #expect(
        Style.role(.bad).resolved(by: theme, colors: 2)
          == ResolvedStyle(bold: true, underline: true))
    }
    #expect(Style.role(.link).resolved(by: .mono, colors: 256) == ResolvedStyle(underline: true))
    #expect(Style(foreground: .palette(196)).resolved(by: .mono, colors: 256) == ResolvedStyle())
    #expect(
      Style(background: .gray(255)).resolved(by: .mono, colors: 256)
        == ResolvedStyle(reverse: true))
  }

  @Test func everyResolvedIndexIsWithinTheTerminalsColours() {
    var colors: [Color] = [.standard] + Role.allCases.map(Color.role)
    colors += (0...255).map { .gray($0) } + (0...255).map { .palette($0) }
    for theme in Theme.all {
      for depth in [0, 1, 8, 16, 88, 256, 16_777_216] {
        let limit = depth >= 256 ? 256 : depth >= 8 ? 8 : 0
        for color in colors {
          let resolved = Style(foreground: color, background: color)
            .resolved(by: theme, colors: depth)
          #expect((-1..<max(1, limit)).contains(resolved.foreground))
          #expect((-1..<max(1, limit)).contains(resolved.background))
          if limit == 0 { #expect(resolved.foreground == -1 && resolved.background == -1) }
        }
      }
    }
  }

  @Test func graysMapToTheNearestOfThePalette() {
    var previous = -1
    for shade in 0...255 {
      let index = Style(foreground: .gray(UInt8(shade))).resolved(by: .dark, colors: 256).foreground
      let level = Palette.components(of: index).red
      // The ramp has a step of 10, and 13 at most to the cube's white.
      #expect(abs(level - shade) <= 9)
      #expect(level >= previous)
      previous = level
    }
    let small = [0, 128, 255].map {
      Style(foreground: .gray($0)).resolved(by: .dark, colors: 8)
    }
    #expect(small.map(\.foreground) == [0, 7, 7])
    #expect(small.map(\.bold) == [false, false, true])
  }

  @Test func thePaletteIsXterms() {
    // From xterm's 256colres.pl: 16 + 36·r + 6·g + b over 0, 95, 135, 175, 215, 255; 8 + 10·n.
    #expect(Palette.components(of: 16) == (0, 0, 0))
    #expect(Palette.components(of: 75) == (95, 175, 255))
    #expect(Palette.components(of: 231) == (255, 255, 255))
    #expect(Palette.components(of: 232) == (8, 8, 8))
    #expect(Palette.components(of: 255) == (238, 238, 238))
    #expect(Palette.cube(red: 95 / 255, green: 175 / 255, blue: 1) == 75)
    #expect(Palette.cube(red: .nan, green: -4, blue: 9) == 21)
    for index in 16...255 {
      #expect(abs(Palette.luminance(of: index) - luminance(index)) < 0.005)
    }
  }

  @Test func paletteColoursFallToTheNearestBasicOne() {
    let basic = { (index: UInt8) in
      Style(foreground: .palette(index)).resolved(by: .dark, colors: 8).foreground
    }
    #expect(
      [196, 46, 21, 226, 201, 51, 231, 16, 9, 232].map(basic) == [1, 2, 4, 3, 5, 6, 7, 0, 1, 0])
  }
}
