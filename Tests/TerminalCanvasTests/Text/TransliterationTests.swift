import Localization
import Testing

@testable import TerminalCanvas

@Suite struct TransliterationTests {
  @Test(arguments: [
    ("3×3 ≤ 9", "3x3 <= 9"), ("float32 → int8", "float32 -> int8"),
    ("“scale” — α·x", "\"scale\" - alpha*x"),
    ("±0.57 %…", "+/-0.57 %..."), ("Δw ≈ σ²", "Deltaw ~= sigma^2"),
    ("naïve Ångström", "naive Angstrom"),
    ("量化a", "????a"), ("┌─┐│█▏", "+-+|#|"), ("⣿⠁", "*."), ("（a）", "(a)"), ("e\u{0301}", "e"),
    ("plain", "plain"), ("😀", "??"), ("‽", "?"),
  ])
  func spelt(text: String, expected: String) {
    #expect(GlyphSet.ascii.transliterate(text) == expected)
    #expect(GlyphSet.unicode.transliterate(text) == text)
  }

  @Test func aCanvasKeepsItsColumns() {
    var canvas = Canvas(width: 24, height: 2)
    canvas.write("量化 3×3 ≤ 9 → 好…", at: Point(x: 0, y: 0))
    canvas.write("│α é，b", at: Point(x: 0, y: 1), style: .role(.bad))
    let plain = canvas.transliterated(to: .ascii)
    #expect(plain.lines == ["???? 3x3 < 9 > ??.", "|a e, b"])
    #expect(plain[1, 1].style == .role(.bad))
    #expect(canvas.transliterated(to: .unicode) == canvas)
  }

  @Test func everyCharacterBecomesASCIIOfItsOwnWidth() {
    for value in UInt32(0xA0)...0x1_FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      TextCells.forEach(in: String(Character(scalar))) { character, width in
        let replacement = Transliteration.cell(for: character, width: width)
        if replacement.count != width || !replacement.unicodeScalars.allSatisfy(\.isASCII) {
          Issue.record("U+\(String(value, radix: 16)) becomes \(replacement)")
        }
      }
    }
  }

  @Test func glyphsOfBothSetsTakeOneCell() {
    for glyphs in GlyphSet.allCases {
      var all: [Character] = [
        glyphs.horizontal, glyphs.vertical, glyphs.dashedVertical,
        glyphs.dashedHorizontal, glyphs.topLeft, glyphs.topRight, glyphs.bottomLeft,
        glyphs.bottomRight, glyphs.roundTopLeft, glyphs.roundTopRight, glyphs.roundBottomLeft,
        glyphs.roundBottomRight, glyphs.teeRight, glyphs.teeLeft, glyphs.teeDown,
        glyphs.cross, glyphs.tick, glyphs.sliderFilled, glyphs.sliderTrack, glyphs.sliderKnob,
        glyphs.sliderMark, glyphs.arrowLeft, glyphs.arrowRight, glyphs.arrowUp, glyphs.arrowDown,
        glyphs.rightwards, glyphs.bullet, glyphs.checkMark, glyphs.crossMark, glyphs.radioOff,
        glyphs.radioOn, glyphs.plusMinus, glyphs.times, glyphs.ellipsis, glyphs.pointer,
        glyphs.fullBlock, glyphs.upperHalfBlock, glyphs.lowerHalfBlock, glyphs.lightShade,
        glyphs.mediumShade, glyphs.darkShade, glyphs.scrollThumb, glyphs.scrollTrack,
      ]
      all += (-1...9).flatMap { [glyphs.leftEighths($0), glyphs.lowerEighths($0)] }
      for character in all {
        #expect(TextWidth.width(of: character) == 1)
        if glyphs == .ascii { #expect(character.isASCII) }
      }
    }
    #expect(GlyphSet.asciiShades.count == 10)
  }
}
