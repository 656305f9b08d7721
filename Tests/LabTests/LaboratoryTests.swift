import Compression
import NeuralNetwork
import Synchronization
import Testing

@testable import Lab

@Suite struct LaboratoryTests {
  private func recipe(_ line: String) throws -> Recipe { try Recipe(line: line) }

  @Test func theDefaultRecipeFlipsNothing() throws {
    let laboratory = LabSupport.laboratory()
    let measurement = try laboratory.measure(Recipe())
    #expect(measurement.evaluation.flips.isEmpty)
    #expect(measurement.evaluation.correct == measurement.evaluation.baselineCorrect)
    #expect(measurement.evaluation.images == 1_200)
    #expect(measurement.size.parameters == laboratory.network.parameterCount)
    #expect(measurement.size.macs == laboratory.network.macs)
    #expect(measurement.size.sparsity == 0)
  }

  /// Whatever was measured before and is remembered, a result is that of a fresh laboratory.
  @Test func rememberedPartsGiveTheSameResults() throws {
    let used = LabSupport.laboratory()
    let lines = [
      "weights.bits=3", "weights.bits=2", "prune.sparsity=0.7 weights.bits=2", "prune.sparsity=0.7",
      "activations.bits=3", "activations.bits=2", "activations.bits=2 activations.range=mse",
      "activations.bits=2 activations.range=percentile:90 activations.samples=5",
      "prune.pattern=filter prune.sparsity=0.5", "prune.pattern=2:4 weights.bits=1",
      "weights.bits=3 activations.bits=3", "weights.bits=3",
    ]
    for line in lines + lines.reversed() {
      let first = try used.measure(recipe(line), measuresLatency: false)
      let fresh = try LabSupport.laboratory().measure(recipe(line), measuresLatency: false)
      #expect(first.evaluation == fresh.evaluation, "\(line)")
      #expect(first.size == fresh.size, "\(line)")
    }
  }

  @Test func aPartIsThePartOfTheWhole() throws {
    let laboratory = LabSupport.laboratory()
    let recipe = try recipe("weights.bits=2")
    let whole = try laboratory.evaluation(of: recipe, images: 1_200)
    let part = try LabSupport.laboratory().evaluation(of: recipe, images: 700)
    #expect(part.images == 700)
    #expect(part.flips == whole.flips.filter { $0.image < 700 })
    #expect(try laboratory.evaluation(of: recipe, images: 700) == part)
  }

  @Test func predictionsAreThoseOfTheCompressedNetwork() throws {
    let laboratory = LabSupport.laboratory(images: 300)
    let recipe = try recipe("weights.bits=2 activations.bits=3")
    let compressed = try Compressor.compress(laboratory.network, recipe)
    let statistics = try #require(
      ActivationCalibrator.statistics(
        of: compressed.network, on: LabSupport.images(64, seed: 9), count: 1024,
        hasDistribution: false, threads: 1))
    let plan = InferencePlan(
      compressed.network,
      activationGrids: statistics.grids(bits: 3, range: .minimumToMaximum))
    let predictions = plan.predictions(of: laboratory.test, in: 0..<300, threads: 1)
    let correct = zip(predictions, laboratory.test.labels).count { $0 == $1 }
    #expect(try laboratory.evaluation(of: recipe, images: 300).correct == correct)
  }

  @Test func theTrainingSetIsLoadedOnceAndOnlyWhenNeeded() throws {
    let loads = Mutex(0)
    let laboratory = Laboratory(
      network: LabSupport.network(), test: LabSupport.images(50), threads: 1
    ) {
      loads.withLock { $0 += 1 }
      return LabSupport.images(16, seed: 4)
    }
    _ = try laboratory.measure(recipe("weights.bits=4"))
    #expect(loads.withLock { $0 } == 0)
    _ = try laboratory.measure(recipe("activations.bits=4"))
    _ = try laboratory.measure(recipe("activations.bits=4 weights.bits=4"))
    #expect(loads.withLock { $0 } == 1)
  }

  @Test func whatLoadingThrowsComesThrough() throws {
    struct NoData: Error {}
    let laboratory = Laboratory(
      network: LabSupport.network(), test: LabSupport.images(50), threads: 1
    ) { throw NoData() }
    #expect(throws: NoData.self) { try laboratory.measure(recipe("activations.bits=4")) }
    #expect(try laboratory.measure(recipe("weights.bits=4")).evaluation.images == 50)
  }

  @Test(arguments: [0, -1, 51])
  func imagesOutOfRangeAreRefused(images: Int) throws {
    let laboratory = LabSupport.laboratory(images: 50)
    let error = #expect(throws: LabError.self) {
      try laboratory.measure(Recipe(), images: images)
    }
    #expect(error?.description == "the number of images must be from 1 to 50, not \(images)")
  }

  @Test func cancellingStopsAfterAChunkAndKeepsWhatWasDone() throws {
    let laboratory = LabSupport.laboratory()
    _ = try laboratory.baselinePredictions()
    let looks = Mutex(0)
    let recipe = try recipe("weights.bits=2")
    #expect(throws: LabError.cancelled) {
      try laboratory.evaluation(of: recipe, images: 1_200) {
        looks.withLock {
          $0 += 1
          return $0 > 1
        }
      }
    }
    // One look before the first chunk and one after it.
    #expect(looks.withLock { $0 } == 2)
    #expect(
      try laboratory.evaluation(of: recipe, images: 1_200)
        == LabSupport.laboratory().evaluation(of: recipe, images: 1_200))
  }

  @Test func contradictionsAreRefused() throws {
    #expect(throws: RecipeError.self) {
      try LabSupport.laboratory(images: 10).measure(
        recipe("prune.pattern=neuron prune.scope=conv2d"))
    }
  }

  @Test func aFormatThatCannotHoldTheNetworkIsLeftOut() throws {
    // 388 · 169 = 65,572 inputs of the dense layer are more than 16 bits can index.
    let laboratory = Laboratory(
      network: LabSupport.network(filters: 388, hidden: 1), test: LabSupport.images(1), threads: 1
    ) { LabSupport.images(1) }
    let bytes = try laboratory.size(of: Recipe(), formats: [.csr16, .bitmask]).bytes
    #expect(bytes.keys.map(\.rawValue) == ["bitmask"])
    #expect(throws: LabError.formatUnavailable(.csr16)) {
      try laboratory.value(of: Quantity("bytes.csr16"), for: Recipe())
    }
  }
}
