import BundledContent
import Compression
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct CompressedRunnerTests {
  private func laboratory() throws -> Laboratory {
    let content = try BundledContent.locate(explicit: nil)
    let data = content + "/datasets/fashion-mnist"
    // Calibration may take any images; the test images are read faster than the training images.
    let test = try FashionMNIST.test(in: data)
    return Laboratory(
      network: try NetworkFile.read(content + "/models/baseline.safetensors"), test: test,
      training: { test })
  }

  private func variant(_ line: String, in laboratory: Laboratory) throws -> PreparedVariant {
    try laboratory.prepare(try Recipe(line: line))
  }

  /// Both paths round at the same places; only the float path rounds its sums as well.
  @Test func integersAgreeWithSimulatedRounding() throws {
    let laboratory = try laboratory()
    for line in [
      "weights.bits=8 activations.bits=8 activations.samples=256",
      "weights.bits=4 weights.granularity=tensor activations.bits=4 activations.samples=256",
      "weights.bits=1 activations.bits=8 activations.samples=256",
      "prune.pattern=filter prune.sparsity=0.3 weights.bits=6 activations.bits=7",
    ] {
      let variant = try variant(line, in: laboratory)
      let images = 0..<laboratory.test.count
      let integer = laboratory.predictions(of: variant, in: images)
      let simulated = variant.engine.floatPlan.predictions(
        of: laboratory.test, in: images, threads: 2)
      #expect(variant.engine.integerPlan != nil, "\(line)")
      #expect(zip(integer, simulated).count { $0 != $1 } <= 2, "\(line)")
      // What the layers in front of the change left in the cache is used, and right.
      #expect(laboratory.predictions(of: variant, in: 500..<900) == Array(integer[500..<900]))
    }
  }

  @Test(arguments: [
    "activations.bits=8", "weights.bits=8", "weights.bits=16 activations.bits=8",
    "weights.bits=8 activations.bits=16", "weights.bits=8 weights.layers=dense activations.bits=8",
    "weights.bits=8 weights.scheme=asymmetric activations.bits=8",
    "weights.bits=8 weights.granularity=group:16 activations.bits=8",
  ])
  func otherRecipesRunInFloat(_ line: String) throws {
    let compressed = try Compressor.compress(BaselineCNN.make(seed: 1), try Recipe(line: line))
    let levels = line.hasSuffix("activations.bits=16") ? 65_535 : 255
    let sites = line.contains("activations") ? ["input", "conv2d", "dense"] : []
    let grids = sites.reduce(into: ActivationGrids()) {
      $0[$1] = QuantizationParameters(scale: 1 / 255, levels: levels)
    }
    let weights = compressed.integerKernels.flatMap {
      IntegerWeights(compressed.network, kernels: $0)
    }
    #expect(CompressedRunner(compressed, weights: weights, grids: grids).integerPlan == nil)
  }
}
