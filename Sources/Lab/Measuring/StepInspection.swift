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

/// All outputs of all layers for one image: in integers, simulated, and in float.
///
/// A plain value: looking at one output after another computes nothing of the network again.
package struct ImageInspection: Sendable {
  /// The recipe that made the network.
  package let recipe: Recipe
  /// The image's index in the test set.
  package let image: Int
  /// The network in integers.
  package let network: FixedPointNetwork
  /// What the image became in it.
  package let trace: FixedPointNetwork.Trace
  /// The outputs of each layer with weights before rounding, float throughout.
  package let floatValues: [[Float]]
  /// The same with weights and activations rounded, but computed in float.
  package let simulatedValues: [[Float]]

  /// Looks into one output of a layer.
  ///
  /// - Parameter place: row, column and channel of a convolution's output before pooling, or a dense
  ///   unit.
  package func step(layer: String, place: [Int]) throws(FixedPointError) -> StepInspection {
    let step = try network.step(layer: layer, place: place, in: trace)
    let index = network.weightedLayers.firstIndex { $0.name == layer } ?? 0
    let flat = zip(place, step.outputShape).reduce(0) { $0 * $1.1 + $1.0 }
    return StepInspection(
      step: step, floatValue: floatValues[index][flat],
      simulatedValue: simulatedValues[index][flat])
  }
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
    try inspect(recipe, image: image).step(layer: layer, place: place)
  }

  /// Runs one test image in integers, simulated and in float, and keeps all outputs.
  ///
  /// - Throws: `FixedPointError`, `RecipeError`, `LabError`, or what loading the training set throws.
  package func inspect(
    _ recipe: Recipe, image: Int, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> ImageInspection {
    guard 0..<test.count ~= image else {
      throw LabError.noSuchImage(image, available: test.count)
    }
    let pixels = test.image(image)
    let integers = try fixedPointNetwork(of: recipe, isCancelled: isCancelled)
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    let values = pixels.map { Float($0) / 255 }
    func outputs(_ network: Network, _ grids: ActivationGrids) -> [[Float]] {
      let trace = ReferenceNetwork<Float>(network, activationGrids: grids).forward(values)
      return network.layers.indices.compactMap { index in
        guard let name = network.layers[index].weights?.name else { return nil }
        // A convolution's grid is applied after its pooling; rounding keeps order, so it may come first.
        let output = trace.values[index + 1]
        return grids[name].map { grid in output.map(grid.rounded) } ?? output
      }
    }
    let grids = try activationGrids(for: recipe, isCancelled: isCancelled)
    return ImageInspection(
      recipe: recipe, image: image, network: integers, trace: integers.trace(pixels),
      floatValues: outputs(compressed.unrounded, [:]),
      simulatedValues: outputs(
        compressed.running(recipe.disturbance.fault, grids: grids), grids))
  }

  /// How large the sums of each layer become over the first test images.
  ///
  /// - Parameters:
  ///   - progress: told of the survey so far after every few images.
  /// - Throws: `FixedPointError`, `RecipeError`, `LabError`, or what loading the training set throws.
  package func accumulators(
    of recipe: Recipe, images: Int, isCancelled: @escaping @Sendable () -> Bool = { false },
    progress: (AccumulatorSurvey) -> Void = { _ in }
  ) throws -> AccumulatorSurvey {
    guard 1...test.count ~= images else {
      throw LabError.imagesOutOfRange(images, available: test.count)
    }
    let integers = try fixedPointNetwork(of: recipe, isCancelled: isCancelled)
    var survey = AccumulatorSurvey(integers)
    while survey.images < images {
      if isCancelled() { throw LabError.cancelled }
      let first = survey.images
      let traces = Parallel.map(
        count: min(Self.tracesAtOnce, images - first), threads: threads
      ) { integers.trace(self.test.image(first + $0)) }
      for trace in traces { survey.add(trace) }
      if survey.images < images { progress(survey) }
    }
    return survey
  }

  /// The images that run between two looks at whether to stop.
  private static let tracesAtOnce = 20
}
