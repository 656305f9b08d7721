package import Compression

/// Something that can be drawn of a recipe beyond its measurement.
package enum LabPicture: Sendable {
  /// The bytes of every format by what they are for.
  case storage([StorageBreakdown])
  /// Which weights of a kernel are zero.
  case mask(KernelMask)
  /// The filters of the first convolution.
  case filters(FilterPictures)
  /// What the first convolution makes of an image.
  case features(FeaturePictures)

  /// A picture as it is asked for.
  package enum Request: Sendable, Hashable {
    /// The bytes of every format by what they are for.
    case storage
    /// The zeros of a kernel.
    case mask(kernel: String)
    /// The filters of the first convolution.
    case filters
    /// What the first convolution makes of a test image.
    case features(image: Int)
  }
}

extension Laboratory {
  /// Draws a picture of a recipe; nil where the network has nothing to draw.
  package func picture(
    _ request: LabPicture.Request, of recipe: Recipe,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> LabPicture? {
    switch request {
    case .storage:
      .storage(try breakdowns(of: recipe, isCancelled: isCancelled))
    case .mask(let kernel):
      .mask(try mask(of: kernel, under: recipe, isCancelled: isCancelled))
    case .filters:
      try filters(under: recipe, isCancelled: isCancelled).map { .filters($0) }
    case .features(let image):
      try features(of: image, under: recipe, isCancelled: isCancelled).map { .features($0) }
    }
  }

  /// What the bytes of the compressed network are for in every format that can hold it.
  package func breakdowns(
    of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> [StorageBreakdown] {
    let tensors = try compressed(recipe, isCancelled: isCancelled).tensors
    var breakdowns: [StorageBreakdown] = []
    for format in StorageFormat.allCases {
      if isCancelled() { throw LabError.cancelled }
      if let breakdown = try? TensorFile.breakdown(of: tensors, as: format) {
        breakdowns.append(breakdown)
      }
    }
    return breakdowns
  }
}
