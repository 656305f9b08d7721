import BundledContent
import Compression
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct ScratchTests {
  @Test func printAll() throws {
    let content = try BundledContent.locate(explicit: nil)
    let data = content + "/datasets/fashion-mnist"
    let laboratory = Laboratory(
      network: try NetworkFile.read(content + "/models/seed.safetensors"),
      test: try FashionMNIST.test(in: data), training: { try FashionMNIST.training(in: data) })
    for line in ["prune.pattern=2:4 weights.bits=8 activations.bits=8",
    "prune.pattern=2:4 weights.bits=8 weights.scheme=asymmetric activations.bits=8",
    "prune.sparsity=0.8 weights.bits=2 activations.bits=8 finetune.epochs=1 finetune.mode=qat"] {
      for fault in Fault.allCases {
        var recipe = try Recipe(line: line)
        recipe.disturbance.fault = fault
        guard (try? recipe.checkCombination()) != nil else { continue }
        if recipe.finetune.epochs > 0, ![.none, .droppedMask, .noGradient].contains(fault) { continue }
        let start = ContinuousClock.now
        let report = try laboratory.faultReport(of: recipe)
        print("#### \(line) fault=\(fault.rawValue)  accuracy \(report.outcome.accuracy) flips \(report.outcome.flips.count) sparsity \(report.size.sparsity) sqnr", report.size.layers.map(\.signalToNoise), ContinuousClock.now - start)
        for probe in FaultProbe.allCases where probe != .classes {
          let start = ContinuousClock.now
          let reading = try laboratory.probe(probe, on: recipe)
          print(probe, reading.columns, reading.rows.map { "\($0.name) \($0.values)" }, ContinuousClock.now - start)
        }
      }
    }
  }
}
