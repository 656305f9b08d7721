/// From the bytes of an image to what a network sees.
enum PixelValues {
  /// The value of each byte: byte / divisor, rounded to a grid if one is given.
  static func table(grid: QuantizationParameters? = nil, divisor: Float = 255) -> [Float] {
    (0..<256).map { byte in
      let value = Float(byte) / divisor
      return grid?.rounded(value) ?? value
    }
  }

  /// Looks up the values of consecutive bytes in a table of 256.
  @inline(never)
  static func convert(
    _ pixels: UnsafePointer<UInt8>, count: Int, table: UnsafePointer<Float>,
    into values: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index < count {
      values[index] = table[Int(pixels[index])]
      index &+= 1
    }
  }
}
