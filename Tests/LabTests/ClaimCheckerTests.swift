import Compression
import Testing

@testable import Lab

@Suite struct ClaimCheckerTests {
  private let checker = ClaimChecker(LabSupport.laboratory(images: 100))

  @Test func quantitiesAreThoseOfTheMeasurement() throws {
    let settings = [(key: "weights.bits", value: "3"), (key: "prune.sparsity", value: "0.5")]
    let laboratory = LabSupport.laboratory(images: 100)
    let measurement = try laboratory.measure(try Recipe(settings: settings))
    let dense = measurement.size.layers[1]
    let expected: [(String, Double)] = [
      ("accuracy", measurement.accuracy), ("correct", Double(measurement.evaluation.correct)),
      ("flips", Double(measurement.evaluation.flips.count)),
      ("sparsity", measurement.size.sparsity),
      ("parameters", 20 + 1_695 + 60), ("macs", 676 * 18 + 1_690 + 50),
      ("bytes.dense", Double(measurement.size.bytes[.dense] ?? 0)),
      ("bytes.csr16", Double(measurement.size.bytes[.csr16] ?? 0)),
      ("bytes.bitmask", Double(measurement.size.bytes[.bitmask] ?? 0)),
      ("bytes.relative", Double(measurement.size.bytes[.relative] ?? 0)),
      ("bytes.huffman", Double(measurement.size.bytes[.huffman] ?? 0)),
      ("bytes.gzip", Double(measurement.size.bytes[.gzip] ?? 0)),
      ("sparsity@dense/kernel", dense.sparsity), ("sqnr@dense/kernel", dense.signalToNoise),
      ("zeros@dense/kernel", Double(dense.zeroCount)),
    ]
    for (quantity, value) in expected {
      #expect(try checker.value(of: quantity, settings: settings) == value, "\(quantity)")
    }
  }

  @Test func boundsHoldUpToRoundingAlone() {
    #expect(ClaimChecker.Bound.equals(value: 0.9098, tolerance: 0.0005).holds(for: 0.9103))
    #expect(!ClaimChecker.Bound.equals(value: 0.9098, tolerance: 0.0005).holds(for: 0.9104))
    #expect(ClaimChecker.Bound.atLeast(0.3).holds(for: 0.1 + 0.2))
    #expect(!ClaimChecker.Bound.atLeast(0.3).holds(for: 0.2999))
    #expect(ClaimChecker.Bound.atMost(0.3).holds(for: 0.1 + 0.2))
    #expect(!ClaimChecker.Bound.atMost(0.3).holds(for: 0.3001))
    #expect(ClaimChecker.Bound.atLeast(40).holds(for: .infinity))
    #expect(!ClaimChecker.Bound.equals(value: 40, tolerance: 1).holds(for: .infinity))
  }

  @Test(arguments: [
    (
      "speed",
      "a quantity must be one of accuracy, correct, flips, sparsity, parameters, macs, "
        + "bytes.dense, bytes.csr16, bytes.bitmask, bytes.relative, bytes.huffman, bytes.gzip, sparsity@KERNEL, sqnr@KERNEL, "
        + "zeros@KERNEL, not speed"
    ),
    (
      "sqnr@dense", "a kernel must be one of conv2d/kernel, dense/kernel, dense_1/kernel, not dense"
    ),
  ])
  func unknownQuantitiesAreRefused(name: String, message: String) {
    let error = #expect(throws: LabError.self) {
      try checker.value(of: name, settings: [])
    }
    #expect(error?.description == message)
  }

  @Test func wrongSettingsAreRefused() {
    #expect(throws: RecipeError.notAllowed(key: "weights.bits", value: "9")) {
      try checker.value(of: "accuracy", settings: [(key: "weights.bits", value: "9")])
    }
  }
}
