import Curriculum
import Foundation
import Localization
import TerminalCanvas

/// Numbers and places as the step inspector writes them.
enum InspectorText {
  /// A place of an output: row, column and filter, or the unit.
  static func place(_ place: [Int], in language: Language) -> String {
    guard place.count == 3 else {
      return Phrase("unit \(place.first ?? 0)")(language)
    }
    return Phrase("row \(place[0]), column \(place[1]), filter \(place[2])")(language)
  }

  /// A whole number with separators.
  static func grouped(_ value: some BinaryInteger) -> String { NumberText.grouped(Int(value)) }

  /// A real number with four significant digits or more, never in a wider form than it needs.
  static func real(_ value: Double) -> String {
    let size = value.magnitude
    let decimals = size >= 1000 ? 1 : size >= 10 ? 3 : size >= 0.01 || size == 0 ? 4 : 7
    return NumberText.fixed(value, decimals: decimals)
  }

  /// A difference, with its sign.
  static func difference(_ value: Double) -> String { (value >= 0 ? "+" : "") + real(value) }

  /// A scale or multiplier, to five significant digits, in powers of ten where it is very small.
  static func scale(_ value: Double) -> String {
    guard value.magnitude >= 0.000_1 || value == 0 else {
      return String(format: "%.4e", value)
    }
    return String(format: "%.5g", value)
  }
}
