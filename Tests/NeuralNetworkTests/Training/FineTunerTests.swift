import RandomNumbers
import Synchronization
import Testing

@testable import NeuralNetwork

@Suite struct FineTunerTests {
  private static func images(_ count: Int) -> ImageDataset {
    var generator = SplitMix64(seed: 5)
    let pixels = (0..<count * 144).map { _ in UInt8(generator.nextIndex(below: 256)) }
    let labels = (0..<count).map { _ in UInt8(generator.nextIndex(below: 4)) }
    return ImageDataset(height: 12, width: 12, pixels: pixels, labels: labels)
  }

  private static let network = BaselineCNN.make(
    seed: 82, imageSide: 12, filters: 5, hidden: 19, classes: 4)

  /// The network with every third kernel weight set to zero.
  private static var masked: Network {
    var masked = network
    for kernel in network.kernels {
      var tensor = kernel.tensor
      for index in stride(from: 0, to: tensor.count, by: 3) { tensor.elements[index] = 0 }
      masked.setParameter(kernel.name, to: tensor)
    }
    return masked
  }

  private static func tune(
    _ network: Network, _ rules: FineTuningRules, epochs: Int = 2, threads: Int = 2
  ) throws -> Network {
    try #require(
      FineTuner.tune(
        network, on: images(75), rules: rules,
        options: TrainingOptions(epochs: epochs, batchSize: 16, threads: threads),
        isCancelled: { false }, progress: { _ in }))
  }

  /// A grid of quarters, whose weights beyond ±0.25 are clipped.
  private static func quarters(_ kernels: [NamedParameter]) -> [RoundedKernel] {
    kernels.map { kernel in
      let values = kernel.tensor.elements.map { weight in
        min(max((weight * 16).rounded(.toNearestOrEven) / 16, -0.25), 0.25)
      }
      return RoundedKernel(
        values: Tensor(shape: kernel.tensor.shape, elements: values),
        clipped: kernel.tensor.elements.indices.filter {
          kernel.tensor.elements[$0].magnitude > 0.28
        })
    }
  }

  @Test func withoutRulesItIsTraining() throws {
    let options = TrainingOptions(epochs: 2, batchSize: 16, threads: 2)
    let trained = Trainer.train(
      Self.network, on: Self.images(75), options: options, isCancelled: { false },
      progress: { _ in })
    #expect(try Self.tune(Self.network, FineTuningRules()) == trained)
  }

  /// Rounding is flat almost everywhere: without an estimator the rounded kernels learn nothing, and
  /// only what is not rounded moves.
  @Test func roundingWithoutAnEstimatorLeavesKernelsAsTheyWere() throws {
    var rules = FineTuningRules()
    rules.round = { kernels in
      Self.quarters(kernels).enumerated().map { index, rounded in
        RoundedKernel(
          values: rounded.values, clipped: rounded.clipped, passesGradient: index == 2)
      }
    }
    let tuned = try Self.tune(Self.network, rules)
    #expect(tuned.kernels[0] == Self.network.kernels[0])
    #expect(tuned.kernels[1] == Self.network.kernels[1])
    #expect(tuned.kernels[2] != Self.network.kernels[2])
    let biases = { (network: Network) in network.parameters.filter { !$0.isKernel } }
    #expect(zip(biases(tuned), biases(Self.network)).allSatisfy { $0 != $1 })
  }

  /// Rounded activations without an estimator cut off everything in front of them.
  @Test func roundedActivationsWithoutAnEstimatorCutOffTheLayersBefore() throws {
    var rules = FineTuningRules()
    rules.activationGrids = { _ in
      [
        "conv2d": QuantizationParameters(scale: 0.02, levels: 255),
        "dense": QuantizationParameters(scale: 0.02, levels: 255),
      ]
    }
    #expect(try Self.tune(Self.network, rules).kernels[0] != Self.network.kernels[0])
    rules.activationsPassGradient = false
    let tuned = try Self.tune(Self.network, rules)
    #expect(Array(tuned.parameters[..<4]) == Array(Self.network.parameters[..<4]))
    #expect(tuned.parameters[4] != Self.network.parameters[4])
    #expect(tuned.parameters[5] != Self.network.parameters[5])
  }

  @Test func zerosStayExactlyAndOthersLearn() throws {
    var rules = FineTuningRules()
    rules.keepsZeros = true
    rules.round = Self.quarters
    let start = Self.masked
    let tuned = try Self.tune(start, rules)
    for (before, after) in zip(start.kernels, tuned.kernels) {
      for (old, new) in zip(before.tensor.elements, after.tensor.elements) where old == 0 {
        #expect(new.bitPattern == 0)
      }
      #expect(before != after)
    }
  }

  @Test func theResultDoesNotDependOnThreads() throws {
    var rules = FineTuningRules()
    rules.keepsZeros = true
    rules.round = Self.quarters
    rules.activationGrids = { network in
      Dictionary(
        uniqueKeysWithValues: (network.activationSites.compactMap { $0 } + ["input"])
          .map { ($0, QuantizationParameters(scale: 0.05, levels: 15)) })
    }
    let results = try [1, 2, 3].map { try Self.tune(Self.masked, rules, threads: $0) }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  /// A weight whose gradient is always held back keeps its value, since its mean stays zero.
  @Test func clippedWeightsGetNoGradient() throws {
    var rules = FineTuningRules()
    rules.round = { kernels in
      kernels.map { RoundedKernel(values: $0.tensor, clipped: Array(0..<7)) }
    }
    let tuned = try Self.tune(Self.network, rules)
    for (before, after) in zip(Self.network.kernels, tuned.kernels) {
      #expect(Array(before.tensor.elements[..<7]) == Array(after.tensor.elements[..<7]))
      #expect(before.tensor.elements[7...] != after.tensor.elements[7...])
    }
  }

  @Test func roundedWeightsAreWhatTheLossSees() throws {
    let losses = Mutex<[Double]>([])
    var rules = FineTuningRules()
    rules.round = { $0.map { RoundedKernel(values: Tensor(zeros: $0.tensor.shape), clipped: []) } }
    _ = FineTuner.tune(
      Self.network, on: Self.images(16), rules: rules,
      options: TrainingOptions(epochs: 1, batchSize: 16, threads: 1), isCancelled: { false },
      progress: { progress in losses.withLock { $0.append(progress.loss) } })
    // Kernels of zero and biases of zero give equal logits: the loss is ln 4.
    let loss = try #require(losses.withLock { $0.last })
    #expect(abs(loss - 1.386_294_361) < 1e-6)
  }

  @Test func theRampEndsAtItsEndAndNeverGoesBack() throws {
    let shares = Mutex<[Double]>([])
    var rules = FineTuningRules()
    rules.prune = { network, progress in
      shares.withLock { $0.append(progress) }
      var pruned = network
      for kernel in network.kernels {
        var tensor = kernel.tensor
        for index in 0..<Int(Double(tensor.count) * 0.8 * progress) { tensor.elements[index] = 0 }
        pruned.setParameter(kernel.name, to: tensor)
      }
      return pruned
    }
    let tuned = try Self.tune(Self.network, rules, epochs: 8)
    let seen = shares.withLock { $0 }
    #expect(seen == seen.sorted() && seen.last == 1 && seen.count > 2)
    for kernel in tuned.kernels {
      let zeros = Int(Double(kernel.tensor.count) * 0.8)
      #expect(kernel.tensor.elements[..<zeros].allSatisfy { $0 == 0 })
      #expect(kernel.tensor.elements[zeros...].allSatisfy { $0 != 0 })
    }
  }

  @Test func cancellingGivesNothing() {
    let looks = Mutex(0)
    let tuned = FineTuner.tune(
      Self.network, on: Self.images(75), rules: FineTuningRules(),
      options: TrainingOptions(epochs: 2, batchSize: 16, threads: 1),
      isCancelled: {
        looks.withLock {
          $0 += 1
          return $0 > 3
        }
      }, progress: { _ in })
    #expect(tuned == nil)
    #expect(looks.withLock { $0 } == 4)
  }
}
