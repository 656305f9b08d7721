import Foundation
import RandomNumbers
import Testing

@testable import NeuralNetwork

/// Attention, as language models have it: it moves in from here, without a change of the engine.
@Suite struct AttentionNetworkTests {
  /// A convolution whose places become tokens, attention among them, and a dense layer.
  private static let network: Network = {
    var generator = SplitMix64(seed: 81)
    func tensor(_ shape: [Int]) -> Tensor {
      Tensor(
        shape: shape,
        elements: randomFloats(shape.reduce(1, *), from: &generator).map { 0.5 * $0 })
    }
    return Network(
      inputShape: [6, 6, 1],
      layers: [
        Conv2D(name: "tokens", kernel: tensor([3, 3, 1, 5]), bias: tensor([5]), activation: .relu),
        Attention(
          name: "attention", projections: ["query", "key", "value"].map { _ in tensor([5, 5]) }),
        Flatten(),
        Dense(name: "dense", kernel: tensor([80, 4]), bias: tensor([4]), activation: .linear),
      ])
  }()

  private static let images = randomDataset(height: 6, width: 6, count: 9, classes: 4, seed: 82)

  @Test func theReferenceGradientsAreThoseOfTheLoss() {
    let reference = ReferenceNetwork<Double>(Self.network)
    let input = Self.images.image(2).map { Double($0) / 255 }
    let gradients = reference.backward(reference.forward(input), label: 1).gradients
    #expect(gradients["attention/query"]?.contains { abs($0) > 1e-6 } == true)
    for (name, values) in reference.parameters {
      let error = gradientError(
        of: { moved in
          var other = reference
          other.parameters[name] = moved
          return Reference.softmaxCrossEntropyForward(
            logits: other.forward(input).logits, label: 1
          ).loss
        }, at: values, gradient: gradients[name] ?? [], step: 1e-6)
      #expect(error < 1e-6, "\(name)")
    }
  }

  @Test func theGenericRunnerComputesWhatTheReferenceDoes() {
    let plan = InferencePlan(Self.network)
    #expect(plan.runner is GenericRunner)
    let logits = plan.logits(of: Self.images, in: 0..<9, threads: 2)
    #expect(largestDifference(referenceLogits(Self.network, Self.images), logits) < 2e-5)
  }

  @Test func theGenericTrainingHasTheReferencesGradients() throws {
    let training = GenericTraining(Self.network, batchSize: 9)
    _ = training.computeGradients(Self.images, indices: Array(0..<9)[...], threads: 2)
    let reference = ReferenceNetwork<Double>(Self.network)
    for parameter in Self.network.parameters where parameter.name.layer == "attention" {
      var expected = [Double](repeating: 0, count: parameter.tensor.count)
      for image in 0..<9 {
        let trace = reference.forward(Self.images.image(image).map { Double($0) / 255 })
        let gradients = reference.backward(trace, label: Int(Self.images.labels[image])).gradients
        for (place, gradient) in try #require(gradients[parameter.name]).enumerated() {
          expected[place] += gradient / 9
        }
      }
      let found = try #require(training.gradients[parameter.name])
      let kept = expected.indices.map { found[$0 / 5 * 16 + $0 % 5] }
      #expect(largestDifference(expected, kept) < 1e-5, "\(parameter.name)")
    }
  }

  @Test func trainingLearnsTheProjectionsWithoutDependingOnTheThreads() throws {
    func trained(threads: Int) throws -> Network {
      try #require(
        Trainer.train(
          Self.network, on: Self.images,
          options: TrainingOptions(epochs: 2, batchSize: 4, threads: threads),
          isCancelled: { false }, progress: { _ in }))
    }
    let one = try trained(threads: 1)
    #expect(try one == trained(threads: 3))
    for name: ParameterName in ["attention/query", "attention/key", "attention/value"] {
      let (before, after) = [Self.network, one].map { network in
        network.parameters.first { $0.name == name }
      }.destructured
      #expect(before != nil && before != after, "\(name)")
    }
  }
}

extension Array {
  /// The two elements of a pair.
  fileprivate var destructured: (Element, Element) { (self[0], self[1]) }
}

/// Self-attention of one head over the places of an image, each a token of its channels:
/// softmax(X·Q (X·K)ᵀ / √channels) · X·V.
private struct Attention: NetworkLayer {
  static let roles = ["query", "key", "value"].map(ParameterRole.init(rawValue:))

  let name: String
  /// The weights of queries, keys and values, each [channels, channels].
  var projections: [Tensor]

  var parameterPaths: [(role: ParameterRole, path: WritableKeyPath<Self, Tensor>)] {
    Self.roles.indices.map { (Self.roles[$0], \Self.projections[$0]) }
  }

  func outputShape(for inputs: [[Int]]) -> [Int] { inputs[0] }

  func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar] {
    AttentionPass(call.input, weights: Self.roles.map { call[$0] }).output
  }

  func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar> {
    let (dInput, dWeights) = AttentionPass(call.input, weights: Self.roles.map { call[$0] })
      .backward(dOutput)
    return ReferenceGradients(
      inputs: [dInput],
      parameters: Dictionary(uniqueKeysWithValues: zip(Self.roles, dWeights)))
  }

  func makeInferenceStage(for inputs: [[Int]]) -> any InferenceStage {
    AttentionInference(count: inputs[0].reduce(1, *), weights: projections.map(\.elements))
  }

  func makeTrainingStage(_ values: StageValues) -> any TrainingStage {
    AttentionTraining(layer: self, values: values)
  }
}

/// One image's attention with what its gradient needs; matrices lie row by row.
private struct AttentionPass<Scalar: BinaryFloatingPoint> {
  private let (channels, tokens): (Int, Int)
  private let input: [Scalar]
  private let weights: [[Scalar]]
  /// Queries, keys and values, each [tokens][channels].
  private let projected: [[Scalar]]
  /// How much each token looks at each: [tokens][tokens].
  private let attention: [Scalar]
  /// [tokens][channels].
  let output: [Scalar]

  init(_ input: [Scalar], weights: [[Scalar]]) {
    let channels = Int(Double(weights[0].count).squareRoot())
    let tokens = input.count / channels
    let projected = weights.map { Self.product(input, $0, tokens, channels, channels) }
    var scores = Self.product(
      projected[0], Self.transposed(projected[1], tokens, channels), tokens, channels, tokens)
    let scale = 1 / Scalar(channels).squareRoot()
    for row in 0..<tokens {
      let range = row * tokens..<(row + 1) * tokens
      let top = scores[range].max() ?? 0
      for index in range { scores[index] = Scalar(exp(Double((scores[index] - top) * scale))) }
      let sum = scores[range].reduce(0, +)
      for index in range { scores[index] /= sum }
    }
    (self.channels, self.tokens, self.input, self.weights) = (channels, tokens, input, weights)
    (self.projected, attention) = (projected, scores)
    output = Self.product(scores, projected[2], tokens, tokens, channels)
  }

  /// The gradients by the input and by the three weights.
  func backward(_ dOutput: [Scalar]) -> (dInput: [Scalar], dWeights: [[Scalar]]) {
    let dAttention = Self.product(
      dOutput, Self.transposed(projected[2], tokens, channels), tokens, channels, tokens)
    var dScores = [Scalar](repeating: 0, count: tokens * tokens)
    let scale = 1 / Scalar(channels).squareRoot()
    for row in 0..<tokens {
      let range = row * tokens..<(row + 1) * tokens
      let mean = range.reduce(Scalar(0)) { $0 + attention[$1] * dAttention[$1] }
      for index in range {
        dScores[index] = attention[index] * (dAttention[index] - mean) * scale
      }
    }
    let dProjected = [
      Self.product(dScores, projected[1], tokens, tokens, channels),
      Self.product(
        Self.transposed(dScores, tokens, tokens), projected[0], tokens, tokens, channels),
      Self.product(
        Self.transposed(attention, tokens, tokens), dOutput, tokens, tokens, channels),
    ]
    let inputTransposed = Self.transposed(input, tokens, channels)
    var dInput = [Scalar](repeating: 0, count: input.count)
    for (gradient, matrix) in zip(dProjected, weights) {
      let part = Self.product(
        gradient, Self.transposed(matrix, channels, channels), tokens, channels, channels)
      for index in dInput.indices { dInput[index] += part[index] }
    }
    return (
      dInput, dProjected.map { Self.product(inputTransposed, $0, channels, tokens, channels) }
    )
  }

  private static func product(
    _ a: [Scalar], _ b: [Scalar], _ rows: Int, _ inner: Int, _ columns: Int
  ) -> [Scalar] {
    var result = [Scalar](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for k in 0..<inner {
        for column in 0..<columns {
          result[row * columns + column] += a[row * inner + k] * b[k * columns + column]
        }
      }
    }
    return result
  }

  private static func transposed(_ a: [Scalar], _ rows: Int, _ columns: Int) -> [Scalar] {
    (0..<columns).flatMap { column in (0..<rows).map { a[$0 * columns + column] } }
  }
}

private struct AttentionInference: InferenceStage {
  let count: Int
  let weights: [[Float]]

  func run(
    _ inputs: [UnsafePointer<Float>], output: UnsafeMutablePointer<Float>,
    workspace: UnsafeMutablePointer<Float>
  ) {
    let input = Array(UnsafeBufferPointer(start: inputs[0], count: count))
    for (index, value) in AttentionPass(input, weights: weights).output.enumerated() {
      output[index] = value
    }
  }
}

private final class AttentionTraining: TrainingStage {
  private let original: Attention
  private let values: StageValues
  let parameters: [ParameterRole: GroupedParameter]

  init(layer: Attention, values: StageValues) {
    original = layer
    self.values = values
    parameters = Dictionary(
      uniqueKeysWithValues: zip(Attention.roles, layer.projections).map { role, tensor in
        let packed = LaneLayout.pack(tensor.elements, channels: tensor.shape[1])
        return (role, GroupedParameter(packed, groups: values.groups))
      })
  }

  private var weights: [[Float]] {
    Attention.roles.compactMap { role in
      parameters[role].map {
        LaneLayout.unpack($0.trained.weights, channels: original.projections[0].shape[1])
      }
    }
  }

  var layer: any NetworkLayer {
    var layer = original
    for (index, elements) in weights.enumerated() {
      layer.projections[index] = Tensor(shape: layer.projections[index].shape, elements: elements)
    }
    return layer
  }

  private func pass(image: Int) -> AttentionPass<Float> {
    AttentionPass(
      Array(UnsafeBufferPointer(start: values.input[image], count: values.input.size)),
      weights: weights)
  }

  func forward(pass: Int, image: Int) {
    for (index, value) in self.pass(image: image).output.enumerated() {
      values.output[image][index] = value
    }
  }

  func backward(pass: Int, image: Int, group: Int) {
    let dOutput = Array(
      UnsafeBufferPointer(start: values.dOutput[image], count: values.output.size))
    let (dInput, dWeights) = self.pass(image: image).backward(dOutput)
    for (role, gradient) in zip(Attention.roles, dWeights) {
      guard let parameter = parameters[role] else { continue }
      let channels = original.projections[0].shape[1]
      for (index, value) in gradient.enumerated() {
        parameter.gradient(ofGroup: group)[index / channels * 16 + index % channels] += value
      }
    }
    for (index, value) in dInput.enumerated() { values.dInput?[image][index] = value }
  }
}
