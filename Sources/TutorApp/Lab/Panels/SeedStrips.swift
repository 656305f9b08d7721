import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

/// Three lines of points over one axis of accuracies.
struct SeedStrips {
  /// The runs.
  let comparison: SeedComparison
  /// The uncompressed network.
  let facts: LaboratoryFacts
  /// Language and glyphs.
  let inputs: PanelInputs

  private struct Strip {
    let name: Phrase
    let values: [Double]
    /// What the line covers: mean ± one standard deviation, or the baseline's band.
    let span: ClosedRange<Double>?
    let text: String
    let role: Role
  }

  private var strips: [Strip] {
    func strip(_ name: Phrase, isControl: Bool, _ role: Role) -> Strip {
      let values = comparison.accuracies(isControl: isControl)
      guard !values.isEmpty else {
        return Strip(name: name, values: [], span: nil, text: "…", role: role)
      }
      let mean = SeedVerdict.mean(values)
      let deviation = SeedVerdict.variance(values).squareRoot()
      return Strip(
        name: name, values: values, span: mean - deviation...mean + deviation,
        text: QuantityFormat.points(mean)
          + (values.count > 1 ? " ±" + QuantityFormat.points(deviation) : ""), role: role)
    }
    let band = AccuracyBand.wilson(
      correct: facts.baselineCorrect, images: facts.testSet.count)
    return [
      strip(Phrase("recipe"), isControl: false, .series1),
      strip(Phrase("control"), isControl: true, .series2),
      Strip(
        name: Phrase("baseline"), values: [facts.baselineAccuracy],
        span: band.lower...band.upper,
        text: QuantityFormat.points(facts.baselineAccuracy) + " ±"
          + QuantityFormat.points(band.halfWidth),
        role: .muted),
    ]
  }

  /// Draws the lines, and below them the ends of the axis.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    let strips = strips
    let labels = strips.map { inputs.text($0.name) }
    let labelWidth = (labels.map(TextWidth.width(of:)).max() ?? 0) + 1
    let valueWidth = 13
    let track = Rect(
      x: rect.x + labelWidth, y: rect.y, width: max(0, rect.width - labelWidth - valueWidth),
      height: rect.height)
    let ends = ends(of: strips)
    for (row, strip) in strips.enumerated() where row < rect.height {
      canvas.write(
        [StyledRun(labels[row], .role(strip.role))], row: row,
        of: Rect(x: rect.x, y: rect.y, width: labelWidth, height: rect.height))
      canvas.write(
        [StyledRun(strip.text, .role(.text))], row: row,
        of: Rect(
          x: rect.maxX - valueWidth + 1, y: rect.y, width: valueWidth - 1, height: rect.height))
      draw(strip, over: ends, into: &canvas, y: rect.y + row, track: track)
    }
    guard rect.height > strips.count else { return }
    let upper = QuantityFormat.percent(ends.upperBound)
    let width = TextWidth.width(of: upper)
    let axis = Rect(x: track.x, y: rect.y + strips.count, width: track.width, height: 1)
    let lower = String(QuantityFormat.points(ends.lowerBound))
    guard axis.width > width + lower.count else { return }
    canvas.write([StyledRun(lower, .role(.muted))], row: 0, of: axis)
    canvas.write([StyledRun(upper, .role(.muted))], row: 0, of: axis, alignment: .right)
  }

  /// The ends of the axis: everything that is drawn, rounded outwards to half a point.
  private func ends(of strips: [Strip]) -> ClosedRange<Double> {
    let values = strips.flatMap { strip in
      strip.values + (strip.span.map { [$0.lowerBound, $0.upperBound] } ?? [])
    }
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    return max(0, (least * 200).rounded(.down) / 200)...min(1, (greatest * 200).rounded(.up) / 200)
  }

  private func draw(
    _ strip: Strip, over ends: ClosedRange<Double>, into canvas: inout Canvas, y: Int,
    track: Rect
  ) {
    guard track.width > 1, ends.upperBound > ends.lowerBound else { return }
    func column(_ value: Double) -> Int {
      let share = (value - ends.lowerBound) / (ends.upperBound - ends.lowerBound)
      return track.x + Int((share * Double(track.width - 1)).rounded())
    }
    let glyphs = inputs.glyphs
    if let span = strip.span {
      let (left, right) = (column(span.lowerBound), column(span.upperBound))
      canvas.fill(
        Rect(x: left, y: y, width: right - left + 1, height: 1), with: "─", style: .role(strip.role)
      )
    }
    // Points that share a cell are counted, so that none seems to be missing.
    let places = Dictionary(grouping: strip.values, by: column)
    for (x, values) in places {
      let mark = values.count == 1 ? glyphs.radioOn : Character(String(values.count))
      canvas.fill(
        Rect(x: x, y: y, width: 1, height: 1), with: mark, style: .role(strip.role, bold: true))
    }
  }
}
