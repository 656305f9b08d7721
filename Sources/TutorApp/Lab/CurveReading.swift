import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

/// What a measured curve of accuracy shows, in sentences that follow from its points alone.
struct CurveReading: Sendable {
  /// A measured place.
  struct Place: Sendable, Hashable {
    /// The knob's value as the learner reads it.
    var name: String
    /// The share of test images classified right, on all of them.
    var accuracy: Double
    /// What the lesson expects there.
    var expected: Double?
  }

  /// The places in the knob's order.
  let places: [Place]
  /// The uncompressed network's accuracy.
  let baseline: Double
  /// Whether the order of the places has a meaning, so that one can walk along them.
  let isOrdered: Bool

  /// How far an accuracy may be from the baseline to count as kept.
  static let tolerance = 0.01

  /// Reads some places.
  init(places: [Place], baseline: Double, isOrdered: Bool) {
    self.places = places
    self.baseline = baseline
    self.isOrdered = isOrdered
  }

  /// The places from the mild end, which is nearer to the baseline, to the hard one.
  var walk: [Place] {
    guard let first = places.first, let last = places.last else { return [] }
    let isMildFirst = abs(first.accuracy - baseline) <= abs(last.accuracy - baseline)
    return isMildFirst ? places : places.reversed()
  }

  /// The last place of the walk up to which all are within a point of the baseline.
  var lastKept: Place? {
    walk.prefix { $0.accuracy >= baseline - Self.tolerance }.last
  }

  /// The place of least accuracy.
  var lowest: Place? { places.min { $0.accuracy < $1.accuracy } }

  /// The largest rise on the way from the mild to the hard end, if it is more than a point.
  var largestRise: (from: Place, to: Place)? {
    let rises = zip(walk, walk.dropFirst()).map { (from: $0, to: $1) }
    return rises.max { $0.to.accuracy - $0.from.accuracy < $1.to.accuracy - $1.from.accuracy }
      .flatMap { $0.to.accuracy - $0.from.accuracy > Self.tolerance ? $0 : nil }
  }

  /// The place that is farthest from what the lesson expects.
  var farthestFromExpected: (place: Place, distance: Double)? {
    places.compactMap { place in
      place.expected.map { (place: place, distance: abs(place.accuracy - $0)) }
    }.max { $0.distance < $1.distance }
  }

  /// What is worth saying, each in a sentence.
  func sentences(in language: Language) -> [String] {
    guard places.count >= 2, let lowest else { return [] }
    var phrases: [Phrase] = []
    if isOrdered {
      phrases.append(kept)
      if lowest.name != walk.last?.name || largestRise == nil {
        phrases.append(Self.lowestPhrase(lowest))
      }
      if let (from, to) = largestRise {
        let rise = ClaimText.points(to.accuracy - from.accuracy)
        let (low, high) = (ClaimText.percent(from.accuracy), ClaimText.percent(to.accuracy))
        phrases.append(
          Phrase(
            "Against the trend, \(to.name) with \(high) lies \(rise) points above \(from.name) with \(low).",
            "与趋势相反：\(to.name) 的 \(high) 比 \(from.name) 的 \(low) 高 \(rise) 个百分点。"))
      }
    } else {
      let highest = places.max { $0.accuracy < $1.accuracy } ?? lowest
      phrases.append(
        Phrase(
          "Highest: \(highest.name) with \(ClaimText.percent(highest.accuracy)).",
          "最高：\(highest.name)，\(ClaimText.percent(highest.accuracy))。"))
      phrases.append(Self.lowestPhrase(lowest))
    }
    if let (place, distance) = farthestFromExpected {
      let points = ClaimText.points(distance)
      phrases.append(
        Phrase(
          "Nowhere farther than \(points) points from the expected curve (at \(place.name)).",
          "与预期曲线相差最多 \(points) 个百分点（在 \(place.name) 处）。"))
    }
    return phrases.map { $0(language) }
  }

  private static func lowestPhrase(_ place: Place) -> Phrase {
    let accuracy = ClaimText.percent(place.accuracy)
    return Phrase("Lowest: \(place.name) with \(accuracy).", "最低：\(place.name)，\(accuracy)。")
  }

  private var kept: Phrase {
    let baselineText = ClaimText.percent(baseline)
    guard let lastKept, let start = walk.first else {
      return Phrase(
        "No measured place is within a point of the baseline, \(baselineText).",
        "没有一处测得的精度在基线 \(baselineText) 的 1 个百分点以内。")
    }
    let accuracy = ClaimText.percent(lastKept.accuracy)
    if lastKept == walk.last {
      return Phrase(
        "From \(start.name) to \(lastKept.name) all places are within a point of the baseline, \(baselineText).",
        "从 \(start.name) 到 \(lastKept.name)，全都在基线 \(baselineText) 的 1 个百分点以内。")
    }
    return Phrase(
      "Within a point of the baseline, \(baselineText), as far as \(lastKept.name): \(accuracy).",
      "在 \(lastKept.name) 之前（含）都在基线 \(baselineText) 的 1 个百分点以内：\(accuracy)。")
  }
}

extension LabScreen {
  /// What the exact points of the curve show; nil before there are two.
  func curveReading(_ context: TutorContext) -> CurveReading? {
    guard !prediction.isOpen, let key = RecipeKey.named(curve.key),
      case .ready(let facts) = context.laboratory
    else { return nil }
    let axis = KnobAxis(key: key, recipe: recipe)
    let expected = expectation(context)
    let exact = curve.points.filter(\.value.isExact).compactMap { value, point in
      axis.position(of: value).map { x in
        (
          x: x,
          place: CurveReading.Place(
            name: KnobRow.text(value, of: key), accuracy: point.accuracy,
            expected: expected.first { $0.value == value }?.accuracy)
        )
      }
    }.sorted { $0.x < $1.x }
    guard exact.count >= 2 else { return nil }
    let isOrdered = if case .name = key.kind { false } else { true }
    return CurveReading(
      places: exact.map(\.place), baseline: facts.baselineAccuracy, isOrdered: isOrdered)
  }

  /// What the curve shows as lines of the experiment's text; none before it was measured.
  func curveReadingLines(width: Int, _ context: TutorContext) -> [StyledLine] {
    guard let sentences = curveReading(context)?.sentences(in: context.language),
      !sentences.isEmpty, let key = RecipeKey.named(curve.key)
    else { return [] }
    let title = context.text(Phrase("Measured here", "在此实测")) + ": \(key.name)"
    return [[]] + context.typesetter.sectionTitle(title, width: width) + [[]]
      + sentences.flatMap {
        TextWrapping.wrap("\(context.glyphs.bullet) " + $0, width: width, hangingIndent: 2)
      }
  }
}
