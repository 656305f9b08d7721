import RandomNumbers
import Testing

@testable import NeuralNetwork

/// A kind of layer that the engine does not have: it moves in from here, without a change of the engine.
@Suite struct ResidualNetworkTests {
  /// A stem, a branch beside it, and their sum; with normalizations or without.
  private static func network(normalized: Bool = false, seed: UInt64 = 71) -> Network {
    var generator = SplitMix64(seed: seed)
    func tensor(_ shape: [Int], around middle: Float = 0) -> Tensor {
      Tensor(
        shape: shape,
        elements: randomFloats(shape.reduce(1, *), from: &generator).map { middle + 0.5 * $0 })
    }
    func normalization(_ name: String) -> [any NetworkLayer] {
      guard normalized else { return [] }
      var norm = BatchNormalization(name: name, channels: 5, activation: .relu)
      norm.gamma = tensor([5], around: 1)
      norm.beta = tensor([5])
      norm.mean = tensor([5])
      norm.variance = tensor([5], around: 0.8)
      return [norm]
    }
    let activation = normalized ? Activation.linear : .relu
    let stem = Conv2D(
      name: "stem", kernel: tensor([3, 3, 1, 5]), bias: tensor([5]), activation: activation)
    let branch = Conv2D(
      name: "branch", kernel: tensor([1, 1, 5, 5]), bias: tensor([5]), activation: activation)
    let dense = Dense(
      name: "dense", kernel: tensor([45, 4]), bias: tensor([4]), activation: .linear)
    return Network(
      inputShape: [8, 8, 1],
      layers: [stem] + normalization("stem_norm") + [branch] + normalization("branch_norm") + [
        Addition(name: "sum", of: normalized ? "stem_norm" : "stem"), MaxPooling2D(), Flatten(),
        dense,
      ])
  }

  private static let images = randomDataset(height: 8, width: 8, count: 11, classes: 4, seed: 72)

  @Test func theReferenceGradientsAreThoseOfTheLoss() {
    let reference = ReferenceNetwork<Double>(Self.network())
    let input = Self.images.image(3).map { Double($0) / 255 }
    let gradients = reference.backward(reference.forward(input), label: 2).gradients
    #expect(gradients.keys == reference.parameters.keys)
    for (name, values) in reference.parameters {
      let error = gradientError(
        of: { moved in
          var other = reference
          other.parameters[name] = moved
          return Reference.softmaxCrossEntropyForward(
            logits: other.forward(input).logits, label: 2
          ).loss
        }, at: values, gradient: gradients[name] ?? [], step: 1e-6)
      #expect(error < 1e-7, "\(name)")
    }
  }

  @Test func theGenericRunnerComputesWhatTheReferenceDoes() {
    let network = Self.network()
    let plan = InferencePlan(network)
    #expect(plan.runner is GenericRunner)
    let logits = plan.logits(of: Self.images, in: 0..<11, threads: 2)
    #expect(largestDifference(referenceLogits(network, Self.images), logits) < 2e-5)
    let session = plan.makeSession()
    #expect(
      (0..<11).map { session.run(Self.images, $0) }
        == plan.predictions(of: Self.images, in: 0..<11, threads: 2))
  }

  @Test func theGenericTrainingHasTheReferencesGradients() throws {
    let network = Self.network()
    let training = GenericTraining(network, batchSize: 11)
    _ = training.computeGradients(Self.images, indices: Array(0..<11)[...], threads: 2)
    let reference = ReferenceNetwork<Double>(network)
    for parameter in network.parameters {
      var expected = [Double](repeating: 0, count: parameter.tensor.count)
      for image in 0..<11 {
        let trace = reference.forward(Self.images.image(image).map { Double($0) / 255 })
        let gradients = reference.backward(trace, label: Int(Self.images.labels[image])).gradients
        for (place, gradient) in try #require(gradients[parameter.name]).enumerated() {
          expected[place] += gradient / 11
        }
      }
      let found = try #require(training.gradients[parameter.name])
      // Sixteen lanes hold each tap's channels.
      let channels = parameter.tensor.shape.last ?? 1
      let kept = expected.indices.map { found[$0 / channels * 16 + $0 % channels] }
      #expect(largestDifference(expected, kept) < 1e-5, "\(parameter.name)")
    }
  }

  @Test func theSumFollowsWhatANormalizationIsFoldedInto() {
    let network = Self.network(normalized: true)
    #expect(network.foldingBatchNormalization.layers.count == network.layers.count - 2)
    let logits = InferencePlan(network).logits(of: Self.images, in: 0..<11, threads: 1)
    #expect(largestDifference(referenceLogits(network, Self.images), logits) < 2e-5)
  }

  @Test func trainingLearnsWithoutDependingOnTheThreads() throws {
    func trained(threads: Int) throws -> Network {
      try #require(
        Trainer.train(
          Self.network(), on: Self.images,
          options: TrainingOptions(epochs: 3, batchSize: 4, threads: threads),
          isCancelled: { false }, progress: { _ in }))
    }
    let one = try trained(threads: 1)
    #expect(try one != Self.network() && one == trained(threads: 3))
  }

  @Test func theFixedPointNetworkRefusesWhatItDoesNotRun() {
    #expect(throws: FixedPointError.unsupportedLayer("sum")) {
      let grid = QuantizationParameters(scale: 0.1, levels: 255)
      let network = Self.network()
      _ = try FixedPointNetwork(
        network,
        kernels: network.kernels.reduce(into: [:]) {
          $0[$1.name.layer] = AffineKernel(codes: $1.tensor.elements.map { _ in 1 }, scales: [1])
        },
        activationGrids: ["input": grid, "stem": grid, "branch": grid])
    }
  }
}

/// The sum of the layer before and another one: the addition of a residual block.
private struct Addition: NetworkLayer {
  let name: String
  private var other: String

  init(name: String, of other: String) {
    self.name = name
    self.other = other
  }

  var inputs: [LayerInput] { [.previous, .output(of: other)] }

  mutating func renameInput(_ old: String, to new: String) {
    if other == old { other = new }
  }

  func outputShape(for inputs: [[Int]]) -> [Int] {
    precondition(inputs[0] == inputs[1], "Summands have the same shape.")
    return inputs[0]
  }

  func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    zip(call.inputs[0], call.inputs[1]).map { $0 + $1 }
  }

  func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    ReferenceGradients(inputs: [dOutput, dOutput])
  }

  func makeInferenceStage(for inputs: [[Int]]) -> any InferenceStage {
    AdditionInference(count: inputs[0].reduce(1, *))
  }

  func makeTrainingStage(_ values: StageValues) -> any TrainingStage {
    AdditionTraining(layer: self, values: values)
  }
}

private struct AdditionInference: InferenceStage {
  let count: Int

  func run(
    _ inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>,
    workspace: UnsafeMutablePointer<Float>
  ) {
    for index in 0..<count { output[index] = inputs[0][index] + inputs[1][index] }
  }
}

private final class AdditionTraining: TrainingStage {
  let layer: any NetworkLayer
  private let values: StageValues

  init(layer: Addition, values: StageValues) {
    self.layer = layer
    self.values = values
  }

  func forward(pass: Int, image: Int) {
    for index in 0..<values.output.size {
      values.output[image][index] = values.inputs[0][image][index] + values.inputs[1][image][index]
    }
  }

  func backward(pass: Int, image: Int, group: Int) {
    for dInput in values.dInputs {
      dInput?[image].update(from: values.dOutput[image], count: values.output.size)
    }
  }
}
