package import Compression

/// What was drawn of a recipe beyond its measurement, and how far its pictures were leafed through.
package struct PictureAlbum: Sendable {
  /// The bytes of every format by what they are for.
  package private(set) var storage: [StorageBreakdown] = []
  /// The zeros of the kernel that was asked for last.
  package private(set) var mask: KernelMask?
  /// The filters of the first convolution.
  package private(set) var filters: FilterPictures?
  /// What the first convolution makes of the image that was asked for last.
  package private(set) var features: FeaturePictures?
  /// What was asked for and has not come yet.
  package private(set) var awaited: [LabPicture.Request] = []
  private var places: [String: Int] = [:]

  /// Makes an empty album.
  package init() {}

  /// Forgets what belongs to a recipe that was left; how far it was leafed through stays.
  package mutating func forget() {
    let kept = places
    self = PictureAlbum()
    places = kept
  }

  /// Notes pictures as asked for and returns all that are awaited; none if nothing is new.
  package mutating func expect(_ requests: [LabPicture.Request]) -> [LabPicture.Request] {
    let new = requests.filter { !awaited.contains($0) && !has($0) }
    guard !new.isEmpty else { return [] }
    // Of two masks or two images only the later one is still looked at.
    awaited.removeAll { old in new.contains { old.isReplaced(by: $0) } }
    awaited += new
    return awaited
  }

  private func has(_ request: LabPicture.Request) -> Bool {
    switch request {
    case .storage: !storage.isEmpty
    case .mask(let kernel): mask?.kernel == kernel
    case .filters: filters != nil
    case .features(let image): features?.image == image
    }
  }

  /// Takes a picture that was drawn.
  package mutating func add(_ picture: LabPicture) {
    let answered: LabPicture.Request
    switch picture {
    case .storage(let breakdowns): (storage, answered) = (breakdowns, .storage)
    case .mask(let mask): (self.mask, answered) = (mask, .mask(kernel: mask.kernel))
    case .filters(let filters): (self.filters, answered) = (filters, .filters)
    case .features(let features):
      (self.features, answered) = (features, .features(image: features.image))
    }
    awaited.removeAll { $0 == answered }
  }

  /// Goes on by some pictures, or back, in the pile of a name.
  package mutating func leaf(_ pile: String, by step: Int) { places[pile, default: 0] += step }

  /// The place in a pile of some pictures, counted from 0 and going round.
  package func place(in pile: String, among count: Int) -> Int {
    guard count > 0 else { return 0 }
    let place = (places[pile] ?? 0) % count
    return place < 0 ? place + count : place
  }
}

extension LabPicture.Request {
  /// Whether another request asks for a picture that takes this one's place.
  fileprivate func isReplaced(by other: LabPicture.Request) -> Bool {
    switch (self, other) {
    case (.storage, .storage), (.mask, .mask), (.filters, .filters), (.features, .features): true
    default: false
    }
  }
}
