import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

/// Two measurements as lines of a table, the most telling first.
struct RecipeComparison {
  /// The pinned recipe's measurement, called A.
  let pin: Measurement
  /// The current recipe's measurement, called B.
  let current: Measurement
  /// The learner's language.
  let language: Language
  /// The glyphs to draw with.
  let glyphs: GlyphSet

  /// A row: what is compared, A, B, and B against A.
  private typealias Row = (title: String, first: String, second: String, change: StyledRun)

  /// The images that one of the two gains over the other.
  var pairs: PairedComparison { PairedComparison(from: pin.evaluation, to: current.evaluation) }

  /// All lines.
  ///
  /// Where not all fit, the shortest file comes before the single formats.
  func lines(width: Int, height: Int) -> [StyledLine] {
    let head: Row = ("", "A", "B", StyledRun(Phrase("B against A")(language)))
    let accuracy: Row = (
      Phrase("accuracy")(language), accuracyText(pin), accuracyText(current),
      points(current.accuracy - pin.accuracy)
    )
    var lines = table([head, accuracy], width: width, isHead: true)
    lines += TextWrapping.wrap(
      verdict, style: .role(pairs.isMoreThanChance ? .accent : .text), width: width)
    let all = settings + bytes + latencies + speedups + layers
    let rows =
      lines.count + all.count <= height
      ? all : settings + shortest + speedups + latencies + layers + bytes
    return lines + table(rows, width: width, isHead: false)
  }

  private func accuracyText(_ measurement: Measurement) -> String {
    "\(QuantityFormat.percent(measurement.accuracy)) ±\(QuantityFormat.points(measurement.band.halfWidth))"
  }

  /// What the paired test says, in plain words.
  var verdict: String {
    let pairs = pairs
    guard pairs.disagreements > 0 else {
      return Phrase("A and B say the same of every image.")(language)
    }
    let probability =
      pairs.midP < 0.001 ? "< 0.001" : "= \(NumberText.fixed(pairs.midP, decimals: 3))"
    let band =
      "\(signed(pairs.band.lowerBound)) … \(signed(pairs.band.upperBound))"
    let meaning =
      pairs.isMoreThanChance
      ? Phrase("more than chance") : Phrase("no more than chance would give")
    return Phrase(
      "B gains \(pairs.gained) images and loses \(pairs.lost): \(meaning) "
        + "(McNemar mid-p \(probability); 95 %: \(band) points).")(language)
  }

  private func signed(_ share: Double) -> String {
    (share < 0 ? "−" : "+") + QuantityFormat.points(abs(share))
  }

  private func points(_ share: Double) -> StyledRun {
    if abs(share) < 0.00005 { return StyledRun("=", .role(.muted)) }
    let arrow = share < 0 ? "▼" : "▲"
    return StyledRun(
      "\(arrow)\(QuantityFormat.points(abs(share)))", .role(share < 0 ? .bad : .good))
  }

  /// A change of a cost in percent: less is good.
  private func percent(_ before: Double, _ after: Double) -> StyledRun {
    guard before > 0 else { return StyledRun("") }
    let change = (after - before) / before * 100
    if abs(change) < 0.05 { return StyledRun("=", .role(.muted)) }
    let sign = change < 0 ? "−" : "+"
    return StyledRun(
      "\(sign)\(NumberText.fixed(abs(change), decimals: 1)) %", .role(change < 0 ? .good : .bad))
  }

  private static let none = "–"

  private var settings: [Row] {
    let first = Dictionary(pin.recipe.settings.map { ($0.key, $0.value) }) { old, _ in old }
    let second = Dictionary(current.recipe.settings.map { ($0.key, $0.value) }) { old, _ in old }
    let keys = (current.recipe.settings + pin.recipe.settings).map(\.key)
    var seen: Set<String> = []
    return keys.filter { seen.insert($0).inserted && first[$0] != second[$0] }.map {
      ($0, first[$0] ?? Self.none, second[$0] ?? Self.none, StyledRun(""))
    }
  }

  private var bytes: [Row] {
    StorageFormat.allCases.compactMap { format in
      let (first, second) = (pin.size.bytes[format], current.size.bytes[format])
      guard first != nil || second != nil else { return nil }
      return (
        "\(format.rawValue) B", first.map(NumberText.grouped) ?? Self.none,
        second.map(NumberText.grouped) ?? Self.none,
        percent(Double(first ?? 0), Double(second ?? first ?? 0))
      )
    }
  }

  /// The shortest files, whatever their formats.
  private var shortest: [Row] {
    guard let first = pin.size.shortest, let second = current.size.shortest else { return [] }
    func text(_ file: (format: StorageFormat, bytes: Int)) -> String {
      "\(NumberText.grouped(file.bytes)) \(file.format.rawValue)"
    }
    return [
      (
        Phrase("shortest B")(language), text(first), text(second),
        percent(Double(first.bytes), Double(second.bytes))
      )
    ]
  }

  private var latencies: [Row] {
    let kernels = Set(pin.latency.keys).union(current.latency.keys).sorted()
    return kernels.map { kernel in
      let (first, second) = (pin.latency[kernel], current.latency[kernel])
      func text(_ time: Double?) -> String {
        time.map { NumberText.fixed($0, decimals: 1) } ?? Self.none
      }
      return (
        "\(kernel) µs", text(first), text(second),
        // Measured at two moments, of which the machine's state is part: no verdict by colour.
        first == nil || second == nil
          ? StyledRun("") : StyledRun(percent(first ?? 0, second ?? 0).text, .role(.muted))
      )
    }
  }

  /// How many times as fast as the uncompressed network in float, which each was timed in turn with.
  private var speedups: [Row] {
    guard let first = pin.speedup(), let second = current.speedup() else { return [] }
    func text(_ factor: Double) -> String { NumberText.fixed(factor, decimals: 2) + "×" }
    return [
      (
        Phrase("speed-up")(language), text(first), text(second),
        StyledRun(percent(first, second).text, .role(second < first ? .bad : .good))
      )
    ]
  }

  private var layers: [Row] {
    let names = (pin.size.layers + current.size.layers).map(\.name)
    var seen: Set<String> = []
    return names.filter { seen.insert($0).inserted }.map { name in
      func ratio(_ measurement: Measurement) -> Double? {
        measurement.size.layer(name)?.signalToNoise
      }
      func text(_ value: Double?) -> String {
        guard let value else { return Self.none }
        return value.isFinite
          ? NumberText.fixed(value, decimals: 1) : glyphs == .unicode ? "∞" : "inf"
      }
      let (first, second) = (ratio(pin), ratio(current))
      var change = StyledRun("")
      if let first, let second, first.isFinite, second.isFinite, abs(second - first) >= 0.05 {
        let sign = second < first ? "−" : "+"
        change = StyledRun(
          sign + NumberText.fixed(abs(second - first), decimals: 1),
          .role(second < first ? .bad : .good))
      }
      return ("\(name) dB", text(first), text(second), change)
    }
  }

  /// Rows set in columns; a narrow panel does without the last one.
  private func table(_ rows: [Row], width: Int, isHead: Bool) -> [StyledLine] {
    let hasChange = width >= 56
    let columns = hasChange ? 3 : 2
    let titleWidth = min(22, max(8, width * (hasChange ? 28 : 30) / 100))
    let columnWidth = max(1, (width - titleWidth) / columns)
    return rows.enumerated().map { index, row in
      let style = Style.role(isHead && index == 0 ? .heading : .text, bold: isHead)
      func cell(_ text: String) -> StyledLine {
        TextFitting.align(
          [StyledRun(TextFitting.truncate(text, to: columnWidth - 1), style)], to: columnWidth,
          alignment: .right)
      }
      let title = TextFitting.truncate(row.title, to: titleWidth)
      return [StyledRun(TextFitting.pad(title, to: titleWidth), .role(.muted))] + cell(row.first)
        + cell(row.second)
        + (hasChange
          ? TextFitting.align([row.change], to: columnWidth, alignment: .right) : [])
    }
  }
}
