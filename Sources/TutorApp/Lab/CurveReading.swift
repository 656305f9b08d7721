import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

extension CurveReading {
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
        let rise = QuantityFormat.points(to.accuracy - from.accuracy)
        let (low, high) = (
          QuantityFormat.percent(from.accuracy), QuantityFormat.percent(to.accuracy)
        )
        phrases.append(
          Phrase(
            "Against the trend, \(to.name) with \(high) lies \(rise) points above \(from.name) with \(low)."
          ))
      }
    } else {
      let highest = places.max { $0.accuracy < $1.accuracy } ?? lowest
      phrases.append(
        Phrase("Highest: \(highest.name) with \(QuantityFormat.percent(highest.accuracy))."))
      phrases.append(Self.lowestPhrase(lowest))
    }
    if let (place, distance) = farthestFromExpected {
      let points = QuantityFormat.points(distance)
      phrases.append(
        Phrase("Nowhere farther than \(points) points from the expected curve (at \(place.name))."))
    }
    return phrases.map { $0(language) }
  }

  private static func lowestPhrase(_ place: Place) -> Phrase {
    let accuracy = QuantityFormat.percent(place.accuracy)
    return Phrase("Lowest: \(place.name) with \(accuracy).")
  }

  private var kept: Phrase {
    let baselineText = QuantityFormat.percent(baseline)
    guard let lastKept, let start = walk.first else {
      return Phrase("No measured place is within a point of the baseline, \(baselineText).")
    }
    let accuracy = QuantityFormat.percent(lastKept.accuracy)
    if lastKept == walk.last {
      return Phrase(
        "From \(start.name) to \(lastKept.name) all places are within a point of the baseline, \(baselineText)."
      )
    }
    return Phrase(
      "Within a point of the baseline, \(baselineText), as far as \(lastKept.name): \(accuracy).")
  }
}

extension LabScreen {
  /// What the exact points of the curve show; nil before there are two.
  func curveReading(_ context: TutorContext) -> CurveReading? {
    guard !session.prediction.isOpen, let facts = context.facts else { return nil }
    let (curve, key) = (session.curve, session.curve.key)
    let axis = KnobAxis(key: key, recipe: session.recipe)
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
      !sentences.isEmpty
    else { return [] }
    let title =
      context.text(Phrase("Measured here")) + ": \(session.curve.key.name)"
    return [[]] + context.typesetter.sectionTitle(title, width: width) + [[]]
      + sentences.flatMap {
        TextWrapping.wrap("• " + $0, width: width, hangingIndent: 2)
      }
  }
}
