package import Localization

/// Why a file could not be read as an IDX file.
package struct IDXError: UserFacingError, Equatable {
  /// What is wrong with a file.
  package enum Problem: Equatable, Sendable {
    /// There is no such file.
    case missing
    /// The path exists but cannot be read as a file, with the reason.
    case unreadable(String)
    /// The gzip layer is broken.
    case gzip(GzipError)
    /// The unpacked data ends before its header, or holds fewer bytes than its header announces.
    case truncated(expected: Int, found: Int)
    /// More bytes follow than the header announces.
    case trailingBytes(Int)
    /// The first four bytes are not those of this kind of file.
    case wrongMagic(expected: UInt32, found: UInt32)
    /// The images are not of the size that is needed.
    case wrongDimensions(expected: [Int], found: [Int])
    /// The header announces no item, or more than any data set of this kind holds.
    case wrongCount(found: Int, limit: Int)
    /// The file of labels holds another number of items than the file of images.
    case countsDiffer(images: Int, labels: Int)
    /// A label is not a class.
    case wrongLabel(found: UInt8, index: Int, classes: Int)
  }

  /// The path of the file.
  package let file: String
  /// What is wrong with it.
  package let problem: Problem

  /// Makes an error about a file.
  package init(file: String, problem: Problem) {
    self.file = file
    self.problem = problem
  }

  /// One line: the file, what is wrong, and what is expected.
  package var text: Phrase { Phrase("\(file): \(explanation)") }

  private var explanation: Phrase {
    switch problem {
    case .missing: Phrase("no such file")
    case .unreadable(let reason): Phrase("cannot be read: \(reason)")
    case .gzip(let error): error.text
    case .truncated(let expected, let found):
      Phrase("truncated: \(expected) bytes of IDX data expected, \(found) found")
    case .trailingBytes(let count):
      Phrase("\(count) bytes follow the items that its header announces")
    case .wrongMagic(let expected, let found):
      Phrase(
        "wrong magic number: \(hexadecimal(expected)) expected, \(hexadecimal(found)) found")
    case .wrongDimensions(let expected, let found):
      Phrase("wrong image size: \(size(expected)) expected, \(size(found)) found")
    case .wrongCount(let found, let limit):
      Phrase("wrong number of items: 1 to \(limit) allowed, \(found) announced")
    case .countsDiffer(let images, let labels):
      Phrase("\(labels) labels for \(images) images")
    case .wrongLabel(let found, let index, let classes):
      Phrase("label \(found) of image \(index) is not a class (0 to \(classes - 1))")
    }
  }

  private func hexadecimal(_ value: UInt32) -> String {
    let digits = String(value, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }

  private func size(_ dimensions: [Int]) -> String {
    dimensions.map(String.init).joined(separator: "×")
  }
}
