import Localization

/// A network that is too large to be measured while somebody waits.
struct OversizedNetwork: UserFacingError {
  /// The file.
  let file: String
  /// The multiply-accumulate operations of one image.
  let operations: Int

  /// The most operations of one image: a hundred times the built-in network's.
  static let maxOperations = 100_000_000

  /// One line that says what is wrong and what is allowed.
  var text: Phrase {
    let (found, allowed) = (
      NumberText.grouped(operations), NumberText.grouped(Self.maxOperations)
    )
    return Phrase(
      "\(file): \(found) multiply-accumulates an image are too many for the lab, "
        + "which takes up to \(allowed)")
  }
}
