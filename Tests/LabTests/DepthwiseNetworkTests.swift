import BundledContent
import Compression
import NeuralNetwork
import Testing

@testable import Lab

/// The bundled network with normalizations and a depthwise convolution.
@Suite struct DepthwiseNetworkTests {
  private func bundled() throws -> (network: Network, test: ImageDataset) {
    let content = try BundledContent.locate(explicit: nil)
    return (
      try NetworkFile.read(content + "/models/" + BuiltInNetwork.depthwise.fileName),
      try FashionMNIST.test(in: content + "/datasets/fashion-mnist")
    )
  }

  private func laboratory() throws -> Laboratory {
    let (network, test) = try bundled()
    return Laboratory(
      network: network.foldingBatchNormalization, test: test, training: { test })
  }

  @Test func foldingIsExactOnTheTrainedNetwork() throws {
    let (network, test) = try bundled()
    #expect(network.hasBatchNormalization)
    let whole = ReferenceNetwork<Double>(network)
    let folded = ReferenceNetwork<Double>(network.foldingBatchNormalization)
    let plan = InferencePlan(network).logits(of: test, in: 0..<20, threads: 2)
    for index in 0..<20 {
      let values = test.image(index).map { Double($0) / 255 }
      let (before, after) = (whole.forward(values).logits, folded.forward(values).logits)
      let largest = before.map(abs).max() ?? 0
      for (channel, logit) in before.enumerated() {
        // The folded weights are rounded to single precision once more.
        #expect(abs(logit - after[channel]) < 2e-6 * (1 + largest))
        #expect(abs(logit - Double(plan[index * 10 + channel])) < 2e-5 * (1 + largest))
      }
    }
  }

  @Test func itClassifiesAtLeast88Percent() throws {
    let laboratory = try laboratory()
    let correct = try laboratory.evaluation(of: Recipe(), images: 10_000).correct
    #expect(correct >= 8_800)
    #expect((10_000...60_000).contains(laboratory.network.parameterCount))
  }

  /// One scale for a depthwise kernel costs far more than
  /// one for each channel (Krishnamoorthi 2018; Nagel and others 2019).
  @Test func oneScaleForATensorHurtsTheDepthwiseLayerMost() throws {
    let laboratory = try laboratory()
    func correct(_ bits: Int, _ granularity: String, _ layer: String) throws -> Evaluation {
      try laboratory.evaluation(
        of: try Recipe(
          line: "weights.bits=\(bits) weights.granularity=\(granularity) weights.layers=\(layer)"),
        images: 2_000)
    }
    let baseline = try laboratory.evaluation(of: Recipe(), images: 2_000).correct
    let tensor = baseline - (try correct(4, "tensor", "depthwise_conv2d").correct)
    let channel = baseline - (try correct(4, "channel", "depthwise_conv2d").correct)
    #expect(tensor > 200 && channel < 40)
    for other in ["conv2d_1", "dense"] {
      #expect(baseline - (try correct(4, "tensor", other).correct) < tensor / 2, "\(other)")
    }
    let flips = try (
      correct(8, "tensor", "depthwise_conv2d").flips.count,
      correct(8, "channel", "depthwise_conv2d").flips.count
    )
    #expect(flips.0 > 2 * flips.1)
  }

  @Test(arguments: [
    "weights.granularity=channel", "weights.granularity=tensor weights.scheme=asymmetric",
  ])
  func itRunsInIntegersAlone(line: String) throws {
    let laboratory = try laboratory()
    let recipe = try Recipe(
      line: "weights.bits=8 activations.bits=8 activations.samples=256 " + line)
    let exact = try laboratory.evaluation(of: recipe, in: .fixedPoint, images: 1_000)
    let simulated = try laboratory.evaluation(of: recipe, in: .simulated, images: 1_000)
    #expect(abs(exact.correct - simulated.correct) <= 3)
    let step = try laboratory.inspect(
      recipe, layer: "depthwise_conv2d", place: [4, 5, 6], image: 2
    ).step
    #expect(step.terms.count == 9)
    #expect(step.terms.reduce(step.bias) { $0 + $1.product } == step.accumulator)
  }

  @Test func equalizationBringsMostOfItBack() throws {
    let laboratory = try laboratory()
    func correct(_ line: String) throws -> Int {
      try laboratory.evaluation(of: try Recipe(line: line), images: 2_000).correct
    }
    let uneven = "weights.bits=4 weights.granularity=tensor"
    #expect(try correct(uneven + " weights.equalize=on") > correct(uneven) + 400)
    let exact = try correct("weights.bits=16 weights.equalize=on")
    #expect(try abs(exact - correct("")) <= 2)
  }

  @Test(arguments: [
    "prune.pattern=filter prune.sparsity=0.5", "prune.criterion=wanda prune.sparsity=0.5",
    "weights.bits=4 weights.rounding=gptq", "activations.smooth=0.5",
    "prune.scope=dense_1 prune.sparsity=0.5", "weights.bits=4 weights.layers=dense_1",
    "weights.bits=4 weights.bits@dense_1=8", "finetune.epochs=1 finetune.mode=qat",
  ])
  func whatOnlyTheBaselineCNNHasIsRefused(line: String) throws {
    let laboratory = try laboratory()
    #expect(throws: RecipeError.self) {
      try laboratory.evaluation(of: try Recipe(line: line), images: 10)
    }
  }
}
