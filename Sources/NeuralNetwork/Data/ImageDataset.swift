/// Labelled grey images as raw bytes.
///
/// Pixels stay bytes in memory; a value that a network sees is Float(byte) / divisor.
package struct ImageDataset: Sendable {
  /// Rows of one image.
  package let height: Int
  /// Columns of one image.
  package let width: Int
  /// All pixels, image after image, row by row.
  package let pixels: [UInt8]
  /// The class of each image.
  package let labels: [UInt8]
  /// What a byte is divided by: 255, or 1 where images are passed on as they lie in the file.
  package let divisor: Float

  /// Makes a data set.
  package init(
    height: Int, width: Int, pixels: [UInt8], labels: [UInt8], divisor: Float = 255
  ) {
    precondition(divisor > 0 && divisor.isFinite, "Bytes are divided by a positive number.")
    precondition(
      pixels.count == labels.count * height * width,
      "Every label needs one image of \(height)×\(width) pixels.")
    self.height = height
    self.width = width
    self.pixels = pixels
    self.labels = labels
    self.divisor = divisor
  }

  /// The number of images.
  package var count: Int { labels.count }

  /// The bytes of one image.
  package func image(_ index: Int) -> ArraySlice<UInt8> {
    pixels[index * height * width..<(index + 1) * height * width]
  }

  /// The first images, at most `count` of them.
  package func prefix(_ count: Int) -> ImageDataset {
    let kept = min(count, self.count)
    return ImageDataset(
      height: height, width: width, pixels: Array(pixels.prefix(kept * height * width)),
      labels: Array(labels.prefix(kept)), divisor: divisor)
  }
}
