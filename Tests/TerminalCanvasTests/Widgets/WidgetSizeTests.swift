import Testing

@testable import TerminalCanvas

@Suite struct WidgetSizeTests {
  static let sizes = [
    (0, 0), (1, 1), (0, 5), (5, 0), (2, 1), (1, 4), (2, 2), (3, 3), (4, 2), (7, 2), (20, 5),
    (80, 24), (300, 90),
  ]

  @Test(arguments: Samples.all.map(\.name), sizes)
  func noWidgetDrawsOutsideItsRectangle(name: String, size: (Int, Int)) throws {
    let sample = try #require(Samples.all.first { $0.name == name })
    for glyphs in GlyphSet.allCases {
      var canvas = Canvas(width: size.0 + 4, height: size.1 + 4, glyphs: glyphs)
      canvas.fill(canvas.bounds, with: "~")
      let rect = Rect(x: 2, y: 2, width: size.0, height: size.1)
      // Without `Canvas.draw`, so that the widget's own clipping is put to the test.
      sample.widget.render(into: &canvas, in: rect)
      for y in 0..<canvas.size.height {
        for x in 0..<canvas.size.width where !rect.contains(Point(x: x, y: y)) {
          if canvas[x, y].character != "~" {
            Issue.record("\(name) at \(size) touched \(x), \(y)")
          }
        }
      }
    }
  }

  @Test(
    arguments: Samples.all.map(\.name)
  )
  func withASCIIGlyphsNoWidgetDrawsLinesBlocksOrBraille(name: String) throws {
    let sample = try #require(Samples.all.first { $0.name == name })
    for (width, height) in Self.sizes {
      let canvas = canvas(of: sample.widget, width: width, height: height, glyphs: .ascii)
      for scalar in canvas.text.unicodeScalars {
        #expect(!(0x2500...0x25FF).contains(scalar.value) || scalar == "▼", "\(scalar)")
        #expect(!(0x2800...0x28FF).contains(scalar.value), "\(scalar)")
      }
      let plain = canvas.transliterated(to: .ascii)
      #expect(plain.text.unicodeScalars.allSatisfy { $0.isASCII })
    }
  }

  @Test(arguments: Samples.all.map(\.name))
  func everyWidgetShowsSomethingAt20By5(name: String) throws {
    let sample = try #require(Samples.all.first { $0.name == name })
    #expect(!rendered(sample.widget, width: 20, height: 5).isEmpty)
    #expect(!rendered(sample.widget, width: 80, height: 24).isEmpty)
  }
}
