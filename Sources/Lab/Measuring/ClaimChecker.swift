package import Compression
import Synchronization

/// Checks statements about the network by measuring them.
///
/// A recipe that several statements share is measured once.
package final class ClaimChecker: Sendable {
  /// What must hold of a quantity.
  package enum Bound: Sendable, Hashable {
    /// The measured value is at most `tolerance` away from `value`.
    case equals(value: Double, tolerance: Double)
    /// The measured value is at least this.
    case atLeast(Double)
    /// The measured value is at most this.
    case atMost(Double)

    /// Whether a measured value satisfies the bound.
    package func holds(for measured: Double) -> Bool {
      switch self {
      // Decimal texts are not exact in binary; a hair more than the tolerance is let pass.
      case .equals(let value, let tolerance): abs(measured - value) <= tolerance + 1e-9
      case .atLeast(let bound): measured >= bound - 1e-9
      case .atMost(let bound): measured <= bound + 1e-9
      }
    }
  }

  /// A quantity that no measurement has.
  package struct UnknownQuantity: Error, CustomStringConvertible {
    /// What was asked for.
    package let name: String

    /// One line that says what there is.
    package var description: String {
      "there is no quantity “\(name)”; there are accuracy, correct, flips, sparsity, parameters, "
        + "macs, bytes.FORMAT, sparsity@LAYER/kernel, zeros@LAYER/kernel, sqnr@LAYER/kernel"
    }
  }

  private let laboratory: Laboratory
  private let known = Mutex<[Recipe: Measurement]>([:])

  /// Makes a checker for a laboratory.
  package init(laboratory: Laboratory) {
    self.laboratory = laboratory
  }

  /// The measured value of a quantity under a recipe.
  package func value(of quantity: String, under recipe: Recipe) throws -> Double {
    let measurement: Measurement
    if let measured = known.withLock({ $0[recipe] }) {
      measurement = measured
    } else {
      measurement = try laboratory.measure(recipe, latency: false)
      known.withLock { $0[recipe] = measurement }
    }
    guard let value = Self.value(of: quantity, in: measurement) else {
      throw UnknownQuantity(name: quantity)
    }
    return value
  }

  /// The value of a quantity in a measurement; nil when there is no such quantity.
  package static func value(of quantity: String, in measurement: Measurement) -> Double? {
    if quantity.hasPrefix("bytes.") {
      return measurement.bytes[String(quantity.dropFirst("bytes.".count))].map(Double.init)
    }
    if let at = quantity.firstIndex(of: "@") {
      let name = quantity[quantity.index(after: at)...]
      guard let layer = measurement.layers.first(where: { $0.name == name }) else { return nil }
      switch quantity[..<at] {
      case "sparsity": return layer.sparsity
      case "zeros": return Double(layer.zeros)
      case "sqnr": return layer.sqnr
      default: return nil
      }
    }
    switch quantity {
    case "accuracy": return measurement.accuracy
    case "correct": return Double(measurement.correct)
    case "flips": return Double(measurement.flips)
    case "sparsity": return measurement.sparsity
    case "parameters": return Double(measurement.parameters)
    case "macs": return Double(measurement.macs)
    default: return nil
    }
  }
}
