package import Compression
import NeuralNetwork

/// Checks statements about the laboratory's network by measuring it.
package struct ClaimChecker: Sendable {
  private let laboratory: Laboratory

  /// A condition on a number.
  package enum Bound: Sendable, Hashable {
    /// The number is at most `tolerance` away from `value`.
    case equals(value: Double, tolerance: Double)
    /// The number is at least this.
    case atLeast(Double)
    /// The number is at most this.
    case atMost(Double)

    /// Whether a number meets the condition.
    ///
    /// A part in 10¹² is granted, since 0.9098 + 0.0005 is not exact in binary.
    package func holds(for value: Double) -> Bool {
      switch self {
      case .equals(let expected, let tolerance):
        if value == expected { return true }
        return abs(value - expected) <= tolerance + 1e-12 * max(1, abs(expected))
      case .atLeast(let bound): return value >= bound - 1e-12 * max(1, abs(bound))
      case .atMost(let bound): return value <= bound + 1e-12 * max(1, abs(bound))
      }
    }
  }

  /// Makes a checker.
  package init(_ laboratory: Laboratory) { self.laboratory = laboratory }

  /// The measured value of a quantity of a recipe on the whole test set, as lessons name both.
  ///
  /// Only what the quantity needs is computed.
  ///
  /// - Throws: `RecipeError` for settings, `LabError` for a quantity that does not exist, or what
  ///   loading the training set throws.
  package func value(
    of name: String, settings: [(key: String, value: String)]
  ) throws -> Double {
    try value(of: Quantity(name), for: Recipe(settings: settings))
  }

  /// The measured value of a quantity.
  package func value(of quantity: Quantity, for recipe: Recipe) throws -> Double {
    switch quantity {
    case .accuracy: try evaluation(recipe).accuracy
    case .correct: Double(try evaluation(recipe).correct)
    case .flips: Double(try evaluation(recipe).flips.count)
    case .sparsity: try laboratory.size(of: recipe, formats: []).sparsity
    case .parameters: Double(try laboratory.size(of: recipe, formats: []).parameters)
    case .macs: Double(try laboratory.size(of: recipe, formats: []).macs)
    case .bytes(let format): try bytes(format, recipe)
    case .kernelSparsity(let name): try kernel(name, recipe).sparsity
    case .kernelSignalToNoise(let name): try kernel(name, recipe).signalToNoise
    case .kernelZeros(let name): Double(try kernel(name, recipe).zeroCount)
    }
  }

  private func evaluation(_ recipe: Recipe) throws -> Evaluation {
    try laboratory.evaluation(of: recipe, images: laboratory.test.count)
  }

  private func bytes(_ format: StorageFormat, _ recipe: Recipe) throws -> Double {
    guard let bytes = try laboratory.size(of: recipe, formats: [format]).bytes[format] else {
      throw LabError.formatUnavailable(format)
    }
    return Double(bytes)
  }

  private func kernel(
    _ name: String, _ recipe: Recipe
  ) throws -> CompressedNetwork.KernelReport {
    let kernels = try laboratory.compressed(recipe).kernels
    guard let kernel = kernels.first(where: { $0.name == name }) else {
      throw LabError.unknownKernel(name, available: kernels.map(\.name))
    }
    return kernel
  }
}
