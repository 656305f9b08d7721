private import Foundation

/// Readers of IDX files of unsigned bytes, gzip-compressed or plain.
///
/// The format (yann.lecun.com/exdb/mnist): a big-endian magic number 0x0000TTDD with the element type
/// TT (08 for bytes) and the number of dimensions DD, one big-endian 32-bit extent for each
/// dimension, then the elements in row-major order.
package enum IDXFile {
  /// The most items a file may announce; the largest set of this family (EMNIST) holds 814,255.
  package static let itemLimit = 1_000_000

  /// No compressed file of that many items is larger.
  private static let byteLimit = 1 << 30

  /// A compressed file's path, or the same without its `.gz` where only that file exists.
  static func existing(_ compressed: String) -> String {
    let plain = compressed.hasSuffix(".gz") ? String(compressed.dropLast(3)) : compressed
    let exists = { FileManager.default.fileExists(atPath: $0) }
    return !exists(compressed) && exists(plain) ? plain : compressed
  }

  /// Reads images of one size: their number and their pixels, image after image.
  package static func images(
    at path: String, height: Int, width: Int
  ) throws(IDXError) -> (count: Int, pixels: [UInt8]) {
    let (count, elements) = try read(path, dimensions: [height, width])
    return (count, elements)
  }

  /// Reads labels below a number of classes.
  package static func labels(at path: String, classes: Int) throws(IDXError) -> [UInt8] {
    let labels = try read(path, dimensions: []).elements
    if let index = labels.firstIndex(where: { $0 >= classes }) {
      throw IDXError(
        file: path, problem: .wrongLabel(found: labels[index], index: index, classes: classes))
    }
    return labels
  }

  /// The header is unpacked and checked by itself first, so that it bounds what the rest may take.
  private static func read(
    _ path: String, dimensions: [Int]
  ) throws(IDXError) -> (count: Int, elements: [UInt8]) {
    let stored = try contents(of: path)
    let headerLength = 4 * (2 + dimensions.count)
    // An IDX file begins with two zeros; whatever does not is for the gzip reader to judge.
    let isPlain = stored.starts(with: [0, 0])
    let header =
      isPlain
      ? Array(stored.prefix(headerLength))
      : try unpacking(path) { () throws(GzipError) in
        try Gzip.prefix(of: stored, count: headerLength)
      }
    let count = try itemCount(announcedBy: header, of: path, dimensions: dimensions)
    let length = headerLength + dimensions.reduce(count, *)
    let bytes =
      isPlain
      ? stored
      : try unpacking(path) { () throws(GzipError) in
        try Gzip.decompress(stored, limit: length)
      }
    guard bytes.count >= length else {
      throw IDXError(file: path, problem: .truncated(expected: length, found: bytes.count))
    }
    guard bytes.count == length else {
      throw IDXError(file: path, problem: .trailingBytes(bytes.count - length))
    }
    return (count, Array(bytes[headerLength...]))
  }

  private static func unpacking<Result>(
    _ path: String, _ body: () throws(GzipError) -> Result
  ) throws(IDXError) -> Result {
    do throws(GzipError) {
      return try body()
    } catch {
      throw IDXError(file: path, problem: .gzip(error))
    }
  }

  private static func itemCount(
    announcedBy header: [UInt8], of path: String, dimensions: [Int]
  ) throws(IDXError) -> Int {
    let words = stride(from: 0, to: header.count - 3, by: 4).map { start in
      header[start..<start + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    }
    let magic = UInt32(0x0801 + dimensions.count)
    if let found = words.first, found != magic {
      throw IDXError(file: path, problem: .wrongMagic(expected: magic, found: found))
    }
    guard words.count == 2 + dimensions.count else {
      let length = 4 * (2 + dimensions.count)
      throw IDXError(file: path, problem: .truncated(expected: length, found: header.count))
    }
    let found = words.dropFirst(2).map(Int.init)
    guard found == dimensions else {
      throw IDXError(file: path, problem: .wrongDimensions(expected: dimensions, found: found))
    }
    guard 1...itemLimit ~= Int(words[1]) else {
      throw IDXError(file: path, problem: .wrongCount(found: Int(words[1]), limit: itemLimit))
    }
    return Int(words[1])
  }

  /// The bytes of a regular file; a device or a pipe might never end.
  private static func contents(of path: String) throws(IDXError) -> [UInt8] {
    let url = URL(fileURLWithPath: path).resolvingSymlinksInPath()
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: url.path) else {
      throw IDXError(file: path, problem: .missing)
    }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw IDXError(file: path, problem: .unreadable("not a regular file"))
    }
    guard let size = attributes[.size] as? Int, size <= byteLimit else {
      throw IDXError(file: path, problem: .unreadable("larger than \(byteLimit) bytes"))
    }
    guard let data = try? Data(contentsOf: url) else {
      throw IDXError(file: path, problem: .unreadable("access is denied, or a device failed"))
    }
    return [UInt8](data)
  }
}
