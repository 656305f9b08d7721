import Compression
import Curriculum
import Lab

/// What was drawn of the lab's recipe beyond its measurement, and how far it was leafed through.
struct LabPictures: Sendable {
  /// The bytes of every format by what they are for.
  private(set) var storage: [StorageBreakdown] = []
  /// The zeros of the kernel that was asked for last.
  private(set) var mask: KernelMask?
  /// The filters of the first convolution.
  private(set) var filters: FilterPictures?
  /// What the first convolution makes of the image that was asked for last.
  private(set) var features: FeaturePictures?
  /// The bytes of every format along a knob.
  var weights = WeightsAlong()
  /// What was asked for and has not come yet.
  private(set) var awaited: [LabPicture.Request] = []
  /// How far each kind of picture was leafed through; negative before the first.
  private(set) var places: [PlotKind: Int] = [:]

  /// Forgets what belongs to a recipe that was left.
  mutating func forget() {
    let kept = (weights, places)
    self = LabPictures()
    (weights, places) = kept
  }

  /// Notes pictures as asked for and returns all that are awaited; none if nothing is new.
  mutating func expect(_ requests: [LabPicture.Request]) -> [LabPicture.Request] {
    let new = requests.filter { !awaited.contains($0) && !has($0) }
    guard !new.isEmpty else { return [] }
    // Of two masks or two images only the later one is still looked at.
    awaited.removeAll { old in
      new.contains { old.kind == $0.kind }
    }
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
  mutating func add(_ picture: LabPicture) {
    switch picture {
    case .storage(let breakdowns):
      storage = breakdowns
      awaited.removeAll { $0 == .storage }
    case .mask(let mask):
      self.mask = mask
      awaited.removeAll { $0 == .mask(kernel: mask.kernel) }
    case .filters(let filters):
      self.filters = filters
      awaited.removeAll { $0 == .filters }
    case .features(let features):
      self.features = features
      awaited.removeAll { $0 == .features(image: features.image) }
    }
  }

  /// Leafs through a kind of picture.
  mutating func leaf(_ kind: PlotKind, by step: Int) { places[kind, default: 0] += step }

  /// The place of a kind among so many, counted from 0 and going round.
  func place(of kind: PlotKind, among count: Int) -> Int {
    guard count > 0 else { return 0 }
    let place = (places[kind] ?? 0) % count
    return place < 0 ? place + count : place
  }
}

extension LabPicture.Request {
  /// The plot that shows the picture.
  var kind: PlotKind {
    switch self {
    case .storage: .bytes
    case .mask: .mask
    case .filters: .filters
    case .features: .features
    }
  }
}

/// The bytes of every format at the values of a knob.
struct WeightsAlong: Sendable {
  /// The knob's key; empty before the first value.
  private(set) var key = ""
  private var rest = Recipe()
  /// The bytes at each value.
  private(set) var points: [String: [StorageFormat: Int]] = [:]

  /// Whether the values belong to a curve.
  func belongs(to curve: Curve) -> Bool { key == curve.key && rest == curve.rest }

  /// Adds the bytes at a value; those along another curve are forgotten.
  mutating func add(_ bytes: [StorageFormat: Int], at value: String, along curve: Curve) {
    if !belongs(to: curve) {
      (key, rest, points) = (curve.key, curve.rest, [:])
    }
    points[value] = bytes
  }
}

extension LabScreen {
  /// What the visible pictures lack.
  mutating func pictureRequests(_ context: TutorContext) -> [TutorEffect] {
    guard let measurement, !prediction.isOpen else { return [] }
    let layout = LabLayout(area: context.screenArea, knobCount: knobs.count)
    let wanted = visiblePanels(in: layout).compactMap { panel -> LabPicture.Request? in
      switch panel {
      case .plot(.bytes): .storage
      case .plot(.mask): .mask(kernel: layer)
      case .plot(.filters): .filters
      case .plot(.features): .features(image: featureImage(measurement))
      default: nil
      }
    }
    let awaited = pictures.expect(wanted)
    return awaited.isEmpty ? [] : [.ask(.draw(awaited, of: recipe))]
  }

  /// The test image whose feature maps are shown: those with another prediction than before come
  /// first; without any, all in turn.
  func featureImage(_ measurement: Measurement) -> Int {
    let flips = measurement.evaluation.flips
    guard !flips.isEmpty else {
      return pictures.place(of: .features, among: measurement.evaluation.images)
    }
    return flips[pictures.place(of: .features, among: flips.count)].image
  }

  /// Shows the next or previous picture in each visible panel that has several.
  mutating func browse(by step: Int, _ context: TutorContext) -> [TutorEffect] {
    let layout = LabLayout(area: context.screenArea, knobCount: knobs.count)
    for case .plot(let kind) in visiblePanels(in: layout)
    where [.flips, .mask, .filters, .features].contains(kind) {
      pictures.leaf(kind, by: step)
    }
    return pictureRequests(context)
  }

  /// What measures the bytes along the knob, as far as they are unknown.
  ///
  /// - Parameter asked: Whether the learner asked for it, though every point trains.
  func weighing(asked: Bool) -> [TutorEffect] {
    guard asked || sweepsByItself, let key = Knob.named(curve.key) else { return [] }
    let known = pictures.weights.belongs(to: curve) ? pictures.weights.points : [:]
    let missing = key.sweepValues.filter { known[$0] == nil }
    return missing.isEmpty
      ? [] : [.ask(.weigh(key: key.name, values: missing, through: recipe))]
  }
}
