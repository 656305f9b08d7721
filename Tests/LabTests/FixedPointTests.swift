import BundledContent
import Compression
import Localization
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct FixedPointTests {
  private func laboratory() throws -> Laboratory {
    let content = try BundledContent.locate(explicit: nil)
    // Calibration may take any images; the test images are read faster than the training images.
    let test = try FashionMNIST.test(in: content + "/datasets/fashion-mnist")
    return Laboratory(
      network: try NetworkFile.read(content + "/models/baseline.safetensors"), test: test,
      training: { test })
  }

  /// Integers alone and simulated rounding may differ by 5 images of 10,000; here on the first 1,000.
  @Test(arguments: [
    "weights.bits=8 weights.granularity=tensor", "weights.bits=8",
    "weights.bits=8 weights.scheme=asymmetric",
    "weights.bits=8 weights.granularity=tensor weights.scheme=asymmetric",
    "weights.bits=4 weights.granularity=tensor", "weights.bits=4",
    "weights.bits=4 weights.granularity=tensor weights.scheme=asymmetric",
  ])
  func fixedPointAgreesWithSimulatedRounding(line: String) throws {
    let laboratory = try laboratory()
    let recipe = try Recipe(line: line + " activations.bits=8 activations.samples=256")
    let exact = try laboratory.evaluation(of: recipe, in: .fixedPoint, images: 1_000)
    let simulated = try laboratory.evaluation(of: recipe, in: .simulated, images: 1_000)
    #expect(abs(exact.correct - simulated.correct) <= 3)
    #expect(exact.correct > 850)
  }

  /// Both integer networks make the mistakes of the integer network alike.
  @Test(arguments: [
    ("int16-accumulator", 8, 0.0...0.5), ("int16-accumulator", 4, 0.85...1.0),
    ("saturated-bias", 8, 0.75...0.89),
  ])
  func bothIntegerNetworksMakeTheSameMistakes(
    fault: String, bits: Int, accuracies: ClosedRange<Double>
  ) throws {
    let laboratory = try laboratory()
    let base = "weights.bits=\(bits) activations.bits=\(bits) activations.samples=64"
    let recipe = try Recipe(line: base + " fault=\(fault)")
    let fast = try laboratory.evaluation(of: recipe, images: 500)
    let plain = try laboratory.evaluation(of: recipe, in: .fixedPoint, images: 500)
    // Multipliers in fixed point move a few codes by one.
    let differences = zip(fast.confusion.joined(), plain.confusion.joined()).count { $0 != $1 }
    #expect(fault == "int16-accumulator" && bits == 8 || differences <= 8)
    #expect(accuracies.contains(fast.accuracy) && accuracies.contains(plain.accuracy))
    if fault == "int16-accumulator" {
      let error = #expect(throws: RecipeError.self) {
        try laboratory.evaluation(of: recipe, in: .simulated, images: 500)
      }
      #expect(error?.description.contains("integer sums") == true)
    }
  }

  @Test func aStepStandsForWhatFloatComputes() throws {
    let laboratory = try laboratory()
    let recipe = try Recipe(line: "weights.bits=8 activations.bits=8 activations.samples=64")
    for (layer, place) in [("conv2d", [9, 13, 4]), ("dense", [11]), ("dense_1", [7])] {
      let inspection = try laboratory.inspect(recipe, layer: layer, place: place, image: 3)
      let scale = inspection.step.requantization.map { Float($0.output.scale) } ?? 0.1
      // Codes of earlier layers may be one step off, so one step of this layer's grid is allowed.
      #expect(abs(inspection.step.value - inspection.simulatedValue) <= 1.01 * scale, "\(layer)")
      #expect(abs(inspection.floatValue - inspection.simulatedValue) <= 8 * scale, "\(layer)")
    }
    #expect(throws: LabError.self) {
      try laboratory.inspect(recipe, layer: "conv2d", place: [0, 0, 0], image: 10_000)
    }
  }

  @Test func floatsAndGroupsAreRefused() throws {
    let laboratory = LabSupport.laboratory(images: 20)
    for line in [
      "", "weights.bits=8", "weights.bits=4 weights.granularity=group:16 activations.bits=8",
    ] {
      #expect(throws: FixedPointError.self, "\(line)") {
        try laboratory.fixedPointNetwork(of: try Recipe(line: line))
      }
    }
  }
}
