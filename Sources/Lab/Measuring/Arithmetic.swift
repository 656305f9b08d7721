package import Compression
import Localization
package import NeuralNetwork

/// The arithmetic that a compressed network is run in.
package enum Arithmetic: String, Sendable, CaseIterable {
  /// Whatever is fastest: integers with float multipliers where the recipe allows it, else float.
  case fastest
  /// Float on the values that the codes stand for: simulated ("fake") quantization.
  case simulated
  /// Integers alone, as in Jacob et al. 2018 (see `FixedPointNetwork`).
  case fixedPoint = "fixed-point"
}

extension Laboratory {
  /// The compressed network in integers alone.
  ///
  /// - Throws: `FixedPointError` where the recipe leaves floats, groups or codebooks.
  package func fixedPointNetwork(
    of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> FixedPointNetwork {
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    let grids = try activationGrids(for: recipe, isCancelled: isCancelled)
    let fault = recipe.injection.fault
    return try FixedPointNetwork(
      compressed.running(fault, grids: grids), kernels: compressed.affineKernels,
      activationGrids: grids, accumulator: fault.accumulator)
  }

  /// What the compressed network says of the first images in a given arithmetic.
  ///
  /// Unlike `evaluation(of:images:)` nothing of it is kept but the network.
  package func evaluation(
    of recipe: Recipe, in arithmetic: Arithmetic, images: Int,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> Evaluation {
    guard 1...test.count ~= images else {
      throw LabError.imagesOutOfRange(images, available: test.count)
    }
    let runner: any ForwardRunner
    switch arithmetic {
    case .fastest: return try evaluation(of: recipe, images: images, isCancelled: isCancelled)
    case .simulated:
      guard recipe.injection.fault.accumulator == .int32 else {
        throw RecipeError.contradiction(
          Phrase(
            "fault=\(recipe.injection.fault.rawValue) needs an arithmetic with integer sums: "
              + "fastest or fixed-point"))
      }
      let grids = try activationGrids(for: recipe, isCancelled: isCancelled)
      runner =
        InferencePlan(
          try compressed(recipe, isCancelled: isCancelled)
            .running(recipe.injection.fault, grids: grids), activationGrids: grids
        ).runner
    case .fixedPoint:
      runner = try fixedPointNetwork(of: recipe, isCancelled: isCancelled)
    }
    let baseline = try baselinePredictions(isCancelled: isCancelled)
    guard
      let predictions = runner.predictions(
        of: test, in: 0..<images, threads: threads, isCancelled: isCancelled)
    else { throw LabError.cancelled }
    return Evaluation(
      predictions: predictions[...], baseline: baseline[..<images], labels: test.labels[..<images],
      classes: network.outputCount)
  }
}
