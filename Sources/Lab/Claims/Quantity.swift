package import Compression

/// Something that a claim speaks of, as named in lesson files.
package enum Quantity: Sendable, Hashable {
  /// The share of the test images classified right.
  case accuracy
  /// How many test images are classified right.
  case correct
  /// On how many test images the compressed network disagrees with the uncompressed one.
  case flips
  /// The share of the kernels' weights that are zero.
  case sparsity
  /// The number of trainable values.
  case parameters
  /// The multiply-accumulate operations of one image.
  case macs
  /// The length of the file in a format.
  case bytes(StorageFormat)
  /// The share of one kernel's weights that are zero.
  case kernelSparsity(String)
  /// One kernel's signal-to-quantization-noise ratio in decibels.
  case kernelSignalToNoise(String)
  /// How many of one kernel's weights are zero.
  case kernelZeros(String)

  /// The names of all quantities, for messages.
  package static let allowed =
    "accuracy, correct, flips, sparsity, parameters, macs, "
    + StorageFormat.allCases.map { "bytes.\($0.rawValue)" }.joined(separator: ", ")
    + ", sparsity@KERNEL, sqnr@KERNEL, zeros@KERNEL"

  /// The quantity of that name.
  package init(_ name: String) throws(LabError) {
    let words = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    if words.count == 2 {
      let kernels = Recipe.layerNames.map { "\($0)/kernel" }
      let kernel = String(words[1])
      guard kernels.contains(kernel) else {
        throw .unknownKernel(kernel, available: kernels)
      }
      switch words[0] {
      case "sparsity": self = .kernelSparsity(kernel)
      case "sqnr": self = .kernelSignalToNoise(kernel)
      case "zeros": self = .kernelZeros(kernel)
      default: throw .unknownQuantity(name)
      }
      return
    }
    switch name {
    case "accuracy": self = .accuracy
    case "correct": self = .correct
    case "flips": self = .flips
    case "sparsity": self = .sparsity
    case "parameters": self = .parameters
    case "macs": self = .macs
    default:
      guard name.hasPrefix("bytes."),
        let format = StorageFormat(rawValue: String(name.dropFirst("bytes.".count)))
      else { throw .unknownQuantity(name) }
      self = .bytes(format)
    }
  }
}
