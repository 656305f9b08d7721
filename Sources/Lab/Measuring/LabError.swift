package import Compression

/// Why a measurement was not made.
package enum LabError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Someone asked for it to stop.
  case cancelled
  /// The test set has not so many images.
  case imagesOutOfRange(Int, available: Int)
  /// The test set has no such image.
  case noSuchImage(Int, available: Int)
  /// There is no such thing to measure.
  case unknownQuantity(String)
  /// The network has no kernel of that name.
  case unknownKernel(String, available: [String])
  /// The format cannot hold the network.
  case formatUnavailable(StorageFormat)

  /// One line that says what is wrong and what is allowed.
  package var description: String {
    switch self {
    case .cancelled: "the measurement was cancelled"
    case .imagesOutOfRange(let images, let available):
      "the number of images must be from 1 to \(available), not \(images)"
    case .noSuchImage(let image, let available):
      "the image must be from 0 to \(available - 1), not \(image)"
    case .formatUnavailable(let format):
      "the format \(format.rawValue) cannot hold this network"
    case .unknownQuantity(let name):
      "a quantity must be one of \(Quantity.claimable.joined(separator: ", ")), not \(name.prefix(40))"
    case .unknownKernel(let name, let available):
      "a kernel must be one of \(available.joined(separator: ", ")), not \(name.prefix(40))"
    }
  }
}
