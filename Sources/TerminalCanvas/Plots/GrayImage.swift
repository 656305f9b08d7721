/// A picture in shades of grey, two pixels in each cell.
///
/// On terminals with colours a cell is a half block: the upper pixel in the character's colour, the
/// lower one behind it. Without colours, or in ASCII, a cell is one of ten characters for the mean
/// of its two pixels.
package struct GrayImage: Widget {
  /// The shades, row by row from the upper left, 0 for black to 255 for white.
  package let pixels: [UInt8]
  /// The pixels in a row.
  package let width: Int
  /// The rows of pixels.
  package let height: Int
  /// Whether shades are drawn as characters instead of colours.
  package var usesCharacters: Bool

  /// Makes a picture.
  package init(pixels: [UInt8], width: Int, height: Int, usesCharacters: Bool = false) {
    precondition(
      width >= 0 && height >= 0 && pixels.count == width * height,
      "A picture has one shade for each pixel.")
    self.pixels = pixels
    self.width = width
    self.height = height
    self.usesCharacters = usesCharacters
  }

  /// Makes a picture of numbers, the smallest black and the largest white.
  package init(values: [Float], width: Int, height: Int, usesCharacters: Bool = false) {
    let finite = values.filter(\.isFinite)
    let low = finite.min() ?? 0
    let extent = (finite.max() ?? 0) - low
    let shades = values.map { value -> UInt8 in
      guard value.isFinite, extent > 0, extent.isFinite else { return 0 }
      return UInt8(max(0, min(255, ((value - low) / extent * 255).rounded())))
    }
    self.init(pixels: shades, width: width, height: height, usesCharacters: usesCharacters)
  }

  /// Makes a picture of numbers with fixed ends: those at or below the lower one black, those at or
  /// above the upper one white.
  package init(
    values: [Float], range: ClosedRange<Float>, width: Int, height: Int,
    usesCharacters: Bool = false
  ) {
    let extent = range.upperBound - range.lowerBound
    let shades = values.map { value -> UInt8 in
      guard value.isFinite, extent > 0, extent.isFinite else { return 0 }
      return UInt8(max(0, min(255, ((value - range.lowerBound) / extent * 255).rounded())))
    }
    self.init(pixels: shades, width: width, height: height, usesCharacters: usesCharacters)
  }

  /// The picture with every pixel repeated so often in both directions.
  package func enlarged(by factor: Int) -> GrayImage {
    precondition(factor > 0, "A pixel is repeated at least once.")
    let wide = width * factor
    let larger = (0..<height * factor * wide).map { index in
      pixels[index / wide / factor * width + index % wide / factor]
    }
    return GrayImage(
      pixels: larger, width: wide, height: height * factor, usesCharacters: usesCharacters)
  }

  /// The cells that the whole picture takes.
  package var size: Size { Size(width: width, height: (height + 1) / 2) }

  /// Returns the picture reduced to at most some pixels, each the mean of those it stands for.
  func reduced(toWidth maximumWidth: Int, height maximumHeight: Int) -> GrayImage {
    guard width > maximumWidth || height > maximumHeight else { return self }
    guard maximumWidth > 0, maximumHeight > 0 else {
      return GrayImage(pixels: [], width: 0, height: 0, usesCharacters: usesCharacters)
    }
    // One factor for both directions keeps the proportions.
    let factor = max(
      Double(width) / Double(maximumWidth), Double(height) / Double(maximumHeight))
    let newWidth = max(1, min(maximumWidth, Int((Double(width) / factor).rounded())))
    let newHeight = max(1, min(maximumHeight, Int((Double(height) / factor).rounded())))
    var result: [UInt8] = []
    result.reserveCapacity(newWidth * newHeight)
    for y in 0..<newHeight {
      let rows =
        (y * height / newHeight)..<max(y * height / newHeight + 1, (y + 1) * height / newHeight)
      for x in 0..<newWidth {
        let columns =
          (x * width / newWidth)..<max(x * width / newWidth + 1, (x + 1) * width / newWidth)
        var sum = 0
        for row in rows { for column in columns { sum += Int(pixels[row * width + column]) } }
        let count = rows.count * columns.count
        result.append(UInt8((sum + count / 2) / count))
      }
    }
    return GrayImage(
      pixels: result, width: newWidth, height: newHeight, usesCharacters: usesCharacters)
  }

  /// Draws the picture in the upper left corner, reduced if it is larger than the rectangle.
  package func render(into canvas: inout Canvas, in rect: Rect) {
    let glyphs = canvas.glyphs
    let picture = reduced(toWidth: rect.width, height: rect.height * 2)
    for row in 0..<picture.size.height {
      for x in 0..<picture.width {
        let upper = picture.pixels[2 * row * picture.width + x]
        let isLast = 2 * row + 1 >= picture.height
        let lower = isLast ? nil : picture.pixels[(2 * row + 1) * picture.width + x]
        let point = Point(x: rect.x + x, y: rect.y + row)
        if usesCharacters || glyphs == .ascii {
          let mean = (Int(upper) + Int(lower ?? upper)) / 2
          let shades = GlyphSet.asciiShades
          canvas.write(String(shades[mean * shades.count / 256]), at: point, in: rect)
        } else {
          canvas.write(
            String(glyphs.upperHalfBlock), at: point,
            style: Style(
              foreground: .gray(upper), background: lower.map { .gray($0) } ?? .standard),
            in: rect)
        }
      }
    }
  }
}
