package import Compression
package import NeuralNetwork

/// One output of one layer in the integer network, beside what the same place is in float.
package struct StepInspection: Sendable, Equatable {
  /// How the output came about in integers.
  package let step: IntegerStep
  /// The same output of the network as it was before rounding: pruned and tuned, float throughout.
  package let floatValue: Float
  /// The same output with weights and activations rounded, but computed in float.
  package let simulatedValue: Float
}

extension Laboratory {
  /// Looks into one output of a layer for one test image.
  ///
  /// - Parameters:
  ///   - place: row, column and channel of a convolution's output before pooling, or a dense unit.
  /// - Throws: `FixedPointError`, `RecipeError`, `LabError`, or what loading the training set throws.
  package func inspect(
    _ recipe: Recipe, layer: String, place: [Int], image: Int
  ) throws -> StepInspection {
    guard 0..<test.count ~= image else {
      throw LabError.noSuchImage(image, available: test.count)
    }
    let pixels = test.image(image)
    let step = try fixedPointNetwork(of: recipe).step(layer: layer, place: place, pixels: pixels)
    let compressed = try compressed(recipe)
    let flat = zip(place, step.outputShape).reduce(0) { $0 * $1.1 + $1.0 }
    let values = pixels.map { Float($0) / 255 }
    func value(_ network: Sequential, _ grids: ActivationGrids) -> Float {
      let index = network.layers.firstIndex { $0.weights?.name == layer } ?? 0
      let trace = ReferenceNetwork<Float>(network, activationGrids: grids).forward(values)
      let value = trace.values[index + 1][flat]
      // A convolution's grid is applied after its pooling; rounding keeps order, so it may come first.
      return grids[layer]?.rounded(value) ?? value
    }
    let grids = try activationGrids(for: recipe)
    return StepInspection(
      step: step, floatValue: value(compressed.unrounded, [:]),
      simulatedValue: value(compressed.running(recipe.disturbance.fault, grids: grids), grids))
  }
}
