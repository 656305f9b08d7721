package import Compression

/// What the bytes of the compressed network are for, in every format that can hold it.
package struct StoragePicture: LabPicture {
  /// Makes the picture.
  package init() {}

  package func content(
    in laboratory: Laboratory, of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [StorageBreakdown]? {
    let tensors = try laboratory.compressed(recipe, isCancelled: isCancelled).tensors
    return try StorageFormat.allCases.compactMap { format in
      if isCancelled() { throw LabError.cancelled }
      return try? TensorFile.breakdown(of: tensors, as: format)
    }
  }
}
