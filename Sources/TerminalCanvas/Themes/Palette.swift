/// How many colours a terminal can show, as far as it matters here.
package enum ColorDepth: Sendable, Hashable {
  /// No colours.
  case none
  /// The eight basic colours.
  case eight
  /// The palette of 256 colours.
  case full

  /// Makes the depth of a terminal that reports so many colours.
  package init(colors: Int) {
    self = colors >= 256 ? .full : colors >= 8 ? .eight : .none
  }
}

/// The palette of 256 colours that terminals share.
///
/// Indices 0–15 are the basic colours, 16–231 a cube of 6×6×6 and 232–255 a ramp of 24 greys. The
/// values are those of xterm (file `256colres.pl` of its sources); users may have changed the basic
/// 16, so themes do not rely on these.
package enum Palette {
  /// The levels of red, green and blue in the cube.
  private static let levels = [0, 95, 135, 175, 215, 255]

  /// xterm's values of the basic 16.
  private static let basic: [(Int, Int, Int)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0), (0, 0, 238), (205, 0, 205), (0, 205, 205),
    (229, 229, 229), (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0), (92, 92, 255),
    (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]

  /// Returns red, green and blue, each 0 to 255, of a palette index.
  package static func components(of index: Int) -> (red: Int, green: Int, blue: Int) {
    precondition((0...255).contains(index), "A palette index lies between 0 and 255.")
    if index < 16 { return basic[index] }
    if index < 232 {
      let cube = index - 16
      return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    }
    let gray = 8 + 10 * (index - 232)
    return (gray, gray, gray)
  }

  /// Returns the relative luminance of a palette index, 0 to 1.
  ///
  /// L = 0.2126·R + 0.7152·G + 0.0722·B over linear components, as WCAG 2 defines it. The transfer
  /// curve of sRGB is replaced by a cubic that differs from it by less than 0.005.
  package static func luminance(of index: Int) -> Double {
    let (red, green, blue) = components(of: index)
    func linear(_ component: Int) -> Double {
      let value = Double(component) / 255
      return value * (0.0125 + value * (0.6822 + value * 0.3053))
    }
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
  }

  /// Returns the index of the cube's nearest colour; each component lies between 0 and 1.
  package static func cube(red: Double, green: Double, blue: Double) -> UInt8 {
    func level(_ value: Double) -> Int {
      let component = value.isFinite ? Int((max(0, min(1, value)) * 255).rounded()) : 0
      return nearest(to: component, in: levels)
    }
    return UInt8(16 + 36 * level(red) + 6 * level(green) + level(blue))
  }

  /// Returns the index of the grey nearest to a shade, at a depth.
  static func gray(_ shade: UInt8, at depth: ColorDepth) -> Int {
    switch depth {
    case .none: return -1
    case .eight: return shade < 85 ? 0 : 7
    case .full: return grays[nearest(to: Int(shade), in: grayShades)]
    }
  }

  /// Returns a palette index at a depth: itself, the nearest basic colour, or the default.
  static func index(_ index: Int, at depth: ColorDepth) -> Int {
    switch depth {
    case .none: return -1
    case .full: return index
    case .eight:
      if index < 8 { return index }
      if index < 16 { return index - 8 }
      let (red, green, blue) = components(of: index)
      let peak = max(red, green, blue)
      guard peak >= 95 else { return 0 }
      // A component counts when it is more than half as strong as the strongest.
      return (2 * red > peak ? 1 : 0) + (2 * green > peak ? 2 : 0) + (2 * blue > peak ? 4 : 0)
    }
  }

  /// The indices of all greys above the basic 16, darkest first.
  private static let grays: [Int] = [
    16...16, 232...240, 59...59, 241...244, 102...102, 245...248, 145...145, 249...252, 188...188,
    253...255, 231...231,
  ].flatMap { $0 }

  private static let grayShades: [Int] = grays.map { components(of: $0).red }

  /// The position of the value nearest to a target; of two equally near ones the first.
  private static func nearest(to target: Int, in values: [Int]) -> Int {
    var best = 0
    for position in values.indices where abs(values[position] - target) < abs(values[best] - target)
    {
      best = position
    }
    return best
  }
}
