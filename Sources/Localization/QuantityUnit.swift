import Foundation

/// How a quantity is counted, which says how it is typed and written.
package enum QuantityUnit: Sendable, Hashable {
  /// A share, typed and written in percent.
  case share
  /// A number of things.
  case count
  /// Bytes.
  case bytes
  /// Decibels.
  case decibels
  /// A ratio of two times.
  case factor

  /// The sign behind a number; empty for mere numbers.
  package var symbol: String {
    switch self {
    case .share: "%"
    case .count: ""
    case .bytes: "B"
    case .decibels: "dB"
    case .factor: "×"
    }
  }

  /// The sign that a bare number is read with; empty where a title tells the unit.
  package var prompt: String { self == .share || self == .factor ? "\(symbol) " : "" }

  /// A value with its unit.
  package func text(_ value: Double) -> String {
    switch self {
    case .share: QuantityFormat.percent(value)
    case .bytes: "\(Self.whole(value.rounded())) B"
    case .decibels: String(format: "%.1f dB", value)
    case .factor: String(format: "%.2f×", value)
    case .count: Self.whole(value)
    }
  }

  /// A value with its unit, without decimals that are zero.
  package func shortText(_ value: Double) -> String {
    let text = text(value)
    guard let point = text.firstIndex(of: ".") else { return text }
    let decimals = text[point...].dropFirst().prefix(while: \.isNumber)
    let kept = decimals.reversed().drop { $0 == "0" }.reversed()
    return text[..<point] + (kept.isEmpty ? "" : "." + String(kept)) + text[decimals.endIndex...]
  }

  /// A number with separators between thousands if it is a whole one that an integer can hold.
  private static func whole(_ value: Double) -> String {
    Int(exactly: value).map(NumberText.grouped) ?? String(format: "%g", value)
  }

  /// How much a number with one of the units that people type is in the quantity's own; a number
  /// without any counts by the empty one.
  private var factors: [Substring: Double] {
    switch self {
    case .share: ["%": 0.01]
    case .count: ["": 1]
    case .bytes:
      [
        "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "kib": 1024, "mib": 1_048_576,
      ]
    case .decibels: ["": 1, "db": 1]
    case .factor: ["": 1, "x": 1]
    }
  }

  /// A value as typed, such as `85 %`, `300 KB`, `2.5x`, `1,200` or `693962/8`; nil for what is none.
  ///
  /// A share without its sign is read in percent above 1 and as a share up to 1: nobody means less than
  /// a hundredth by `0.85`.
  package func value(from text: String) -> Double? {
    // Shares have no thousands, so that a comma among them is a decimal one.
    let typed = text.lowercased().replacing("×", with: "x")
      .replacing(",", with: self == .share ? "." : "").filter { !$0.isWhitespace }
    let number = typed.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "/") }
    let parts = number.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
      .map { Double($0) }
    guard let first = parts.first ?? nil, let divisor = parts.count == 2 ? parts[1] : 1,
      divisor != 0, case let value = first / divisor, value.isFinite
    else { return nil }
    let sign = typed.dropFirst(number.count)
    guard self == .share else { return factors[sign].map { value * $0 } }
    guard ["", "%"].contains(sign), 0...100 ~= value else { return nil }
    return sign == "%" || value > 1 ? value / 100 : value
  }

  /// What to type, for a text that cannot be read.
  package var example: Phrase {
    switch self {
    case .share: Phrase("Type a percentage, such as 85.")
    case .bytes: Phrase("Type bytes, such as 300 KB.")
    case .factor: Phrase("Type a factor, such as 2.5.")
    case .count, .decibels: Phrase("Type a number.")
    }
  }

  /// How far a guess is from the truth: points for shares, else the part of the truth.
  package func distance(_ guess: Double, _ truth: Double) -> Phrase {
    if self == .share {
      let points = QuantityFormat.points(abs(guess - truth))
      return Phrase("off by \(points) points")
    }
    guard truth != 0 else { return Phrase(verbatim: "") }
    let part = String(format: "%.0f %%", abs(guess - truth) / abs(truth) * 100)
    return Phrase("off by \(part)")
  }

  /// Whether a guess is a good one: within two points of a share, else within a tenth of the truth.
  package func isClose(_ guess: Double, _ truth: Double) -> Bool {
    self == .share ? abs(guess - truth) < 0.02 : abs(guess - truth) <= 0.1 * abs(truth)
  }
}
