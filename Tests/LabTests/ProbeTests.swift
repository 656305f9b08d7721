import BundledContent
import Compression
import NeuralNetwork
import Testing

@testable import Lab

/// On the real network with 300 test images and 3,000 images to train and calibrate with.
@Suite struct ProbeTests {
  private static let made = Result { () throws -> Laboratory in
    let content = try BundledContent.locate(explicit: nil)
    let images = try FashionMNIST.test(in: content + "/datasets/fashion-mnist")
    let size = images.height * images.width
    // Test images that are not measured on are read faster than the training set.
    let training = ImageDataset(
      height: images.height, width: images.width,
      pixels: Array(images.pixels[(7_000 * size)...]), labels: Array(images.labels[7_000...]))
    return Laboratory(
      network: try NetworkFile.read(content + "/models/baseline.safetensors"),
      test: images.prefix(300), training: { training })
  }

  private func reading(_ probe: FaultProbe, _ recipe: Recipe) throws -> ProbeReading {
    try Self.made.get().probe(probe, on: recipe)
  }

  private func value(
    _ probe: FaultProbe, _ row: String, _ column: ProbeReading.Column, _ recipe: Recipe
  ) throws -> Double {
    try #require(try reading(probe, recipe).value(row, column))
  }

  /// The faults whose traces a recipe's readings show.
  private func traces(of recipe: Recipe) throws -> Set<Fault> {
    var found: Set<Fault> = []
    let isClipped = try value(.grids, "input", .clipped, recipe) > 0.2
    if isClipped { found.insert(.blackCalibration) }
    if try value(.grids, "input", .codesInUse, recipe) < 4, !isClipped {
      found.insert(.unscaledCalibration)
    }
    let end = try value(.grids, "dense", .gridEnd, recipe)
    if try end < value(.grids, "dense", .largestValue, recipe), !isClipped {
      found.insert(.oneClassCalibration)
    }
    if try reading(.sums, recipe).rows.contains(where: { $0.values[2] > 0 }) {
      found.insert(.int16Accumulator)
    }
    let bias = try value(.biases, "conv2d/bias", .relativeError, recipe)
    if bias > 0.1 {
      found.insert(.saturatedBias)
    } else if bias > 1e-4 {
      found.insert(.int8Bias)
    }
    if try value(.weights, "dense/kernel", .largestError, recipe) > 100 { found.insert(.scale128) }
    if try value(.weights, "dense/kernel", .meanError, recipe) < -0.9 {
      found.insert(.shiftedZeroPoint)
    }
    if try value(.layers, "conv2d", .signalToNoise, recipe) > 20,
      try value(.layers, "dense", .signalToNoise, recipe) < 3
    {
      found.insert(.channelFirstFlatten)
    }
    if case .kept = recipe.prune.pattern {
      if try value(.zeros, "dense/kernel", .foursAlongOutputs, recipe) == 1 {
        found.insert(.transposedPattern)
      }
    } else if recipe.prune.sparsity > 0 {
      if try value(.zeros, "dense/kernel", .zeros, recipe) < recipe.prune.sparsity - 0.02 {
        found.insert(.droppedMask)
      }
    }
    if recipe.finetune.mode == .qat {
      let accuracies = try reading(.withoutTuning, recipe).rows.map { $0.values[0] }
      if accuracies[0] - accuracies[1] < 0.15 { found.insert(.noGradient) }
    }
    return found
  }

  @Test(arguments: [
    "prune.pattern=2:4 weights.bits=8 activations.bits=8",
    "prune.pattern=2:4 weights.bits=8 weights.scheme=asymmetric activations.bits=8",
  ])
  func eachFaultLeavesItsOwnTracesAndNoOthers(line: String) throws {
    for fault in Fault.allCases {
      var recipe = try Recipe(line: line)
      recipe.injection.fault = fault
      guard (try? recipe.checkCombination()) != nil else { continue }
      #expect(try traces(of: recipe) == (fault == .none ? [] : [fault]), "\(line) \(fault)")
    }
  }

  @Test(arguments: [
    ("prune.sparsity=0.8 weights.bits=8 activations.bits=8 finetune.epochs=1", Fault.droppedMask),
    ("weights.bits=2 activations.bits=8 finetune.epochs=1 finetune.mode=qat", .noGradient),
  ])
  func soDoTheFaultsOfTraining(line: String, fault: Fault) throws {
    for hidden in [Fault.none, fault] {
      var recipe = try Recipe(line: line)
      recipe.injection.fault = hidden
      let found = try traces(of: recipe).contains(fault)
      #expect(found == (hidden == fault), "\(line) \(hidden)")
    }
  }

  @Test func accuraciesAreThoseOfTheLaboratory() throws {
    let laboratory = try Self.made.get()
    let recipe = try Recipe(line: "weights.bits=3 activations.bits=4")
    let reading = try laboratory.probe(.floatActivations, on: recipe)
    let images = laboratory.test.count
    #expect(reading.images == images)
    let float = try Recipe(line: "weights.bits=3")
    #expect(
      reading.rows.map { $0.values[0] } == [
        try laboratory.evaluation(of: recipe, images: images).accuracy,
        try laboratory.evaluation(of: float, images: images).accuracy,
      ])
    let report = try laboratory.faultReport(of: recipe)
    #expect(report.evaluation == (try laboratory.evaluation(of: recipe, images: images)))
    #expect(report.histograms.count == 3)
  }

  @Test func aFaultThatCannotActIsLeftOut() throws {
    let recipe = try Recipe(line: "weights.bits=8 fault=black-calibration")
    #expect(recipe.withPossibleFault.injection.fault == .none)
    let possible = try Recipe(line: "activations.bits=8 fault=black-calibration")
    #expect(possible.withPossibleFault == possible)
  }

  @Test func cancelledProbesStop() throws {
    let laboratory = LabSupport.laboratory(images: 60)
    let recipe = try Recipe(line: "weights.bits=8 activations.bits=8")
    for probe in [FaultProbe.sums, .layers, .floatWeights] {
      #expect(throws: LabError.cancelled) {
        try laboratory.probe(probe, on: recipe, isCancelled: { true })
      }
    }
  }
}
