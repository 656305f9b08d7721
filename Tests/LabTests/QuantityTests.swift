import Compression
import Localization
import Testing

@testable import Lab

/// Quantities.
@Suite struct QuantityTests {
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
      ("bytes", Double(measurement.size.bytes.values.min() ?? 0)),
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
      let found = try laboratory.value(of: Quantity(quantity), for: Recipe(settings: settings))
      #expect(found == value, "\(quantity)")
      #expect(try Quantity(quantity).value(in: measurement) == value, "\(quantity)")
    }
  }

  @Test(arguments: [
    (
      "speed",
      "a quantity must be one of accuracy, correct, flips, sparsity, parameters, macs, "
        + "bytes, bytes.dense, bytes.csr16, bytes.bitmask, bytes.relative, bytes.huffman, bytes.gzip, sparsity@KERNEL, sqnr@KERNEL, "
        + "zeros@KERNEL, not speed"
    ),
    (
      "sqnr@dense", "a kernel must be one of conv2d/kernel, dense/kernel, dense_1/kernel, not dense"
    ),
  ])
  func unknownQuantitiesAreRefused(name: String, message: String) {
    let error = #expect(throws: LabError.self) {
      try Quantity(name)
    }
    #expect(error?.description == message)
  }

  @Test func everyQuantityIsFoundByItsNameWhichNoOtherHas() throws {
    for quantity in Quantity.all {
      #expect(try Quantity(quantity.name) == quantity)
      #expect(!quantity.title(.english).isEmpty && !quantity.title(.simplifiedChinese).isEmpty)
    }
    #expect(Set(Quantity.all.map(\.name)).count == Quantity.all.count)
    #expect(Quantity.all.filter(\.isQuality) == [.accuracy])
    #expect(
      Quantity.all.filter { !$0.isReproducible }.map(\.name)
        == ["speedup", "speedup.float32", "speedup.csr", "speedup.int8"])
  }

  @Test func whatALimitLeavesIsMoreTheBetterAValueIsAndAMissWeighsTenfold() throws {
    for (name, better, worse, limit) in [
      ("accuracy", 0.95, 0.92, 0.9), ("bytes", 100_000, 120_000, 150_000.0),
      ("speedup", 4.0, 3.0, 2.0),
    ] {
      let quantity = try Quantity(name)
      let most = quantity.reserve(of: better, against: limit)
      #expect(most > quantity.reserve(of: worse, against: limit), "\(name)")
      #expect(quantity.reserve(of: limit, against: limit) == 0, "\(name)")
      #expect(abs(quantity.reserve(of: limit, against: better) + 10 * most) < 1e-9, "\(name)")
    }
  }

  @Test(arguments: [
    ("accuracy", "85", 0.85), ("accuracy", "0.85", 0.85), ("bytes.csr16", "300 KB", 300_000),
    ("bytes.csr16", "1.5MiB", 1_572_864), ("bytes.dense", "348,407", 348_407),
    ("sparsity", "50", 0.5), ("sparsity", "0.5", 0.5), ("sparsity", "1 %", 0.01),
    ("speedup.int8", "2.5x", 2.5), ("speedup.int8", "2×", 2), ("flips", "120", 120),
    ("sqnr@dense/kernel", "20 dB", 20), ("accuracy", "85.5 %", 0.855),
    ("accuracy", "85,5", 0.855),
    ("accuracy", "100", 1), ("sparsity@dense/kernel", "90", 0.9), ("parameters", "1,000/8", 125),
  ])
  func guessesAreReadWithTheUnitsThatPeopleType(name: String, text: String, value: Double) throws {
    let guess = try #require(try Quantity(name).unit.value(from: text))
    #expect(abs(guess - value) < 1e-9 * max(1, value))
  }

  @Test(arguments: [
    ("bytes.dense", "many"), ("bytes.dense", "3 apples"), ("speedup.csr", "5 %"),
    ("sparsity", "140"), ("flips", "-3"), ("flips", ""),
    ("accuracy", ""), ("accuracy", "abc"), ("accuracy", "101"), ("accuracy", "-3"),
    ("accuracy", "nan"), ("parameters", "1/0"), ("parameters", "1/"),
  ])
  func whatHasNoSuchUnitIsNoGuess(name: String, text: String) throws {
    #expect(try Quantity(name).unit.value(from: text) == nil)
  }

  @Test func theTruthIsThereWhenWhatItNeedsWasMeasured() throws {
    let labels: [UInt8] = [0, 1]
    var measurement = Measurement(
      recipe: Recipe(),
      evaluation: Evaluation(
        predictions: [0, 0], baseline: [0, 1], labels: labels[...], classes: 2),
      size: NetworkSize(sparsity: 0.5, parameters: 10, macs: 20, bytes: [:], layers: []),
      latency: [:], seconds: 0)
    #expect(try Quantity("accuracy").value(in: measurement) == 0.5)
    #expect(try Quantity("flips").value(in: measurement) == 1)
    #expect(try Quantity("bytes.dense").value(in: measurement) == nil)
    measurement.size.bytes[.dense] = 77
    #expect(try Quantity("bytes.dense").value(in: measurement) == 77)
    #expect(try Quantity("speedup.int8").value(in: measurement) == nil)
    measurement.latency["int8"] = 4
    measurement.baselineLatency = 10
    #expect(try Quantity("speedup.int8").value(in: measurement) == 2.5)
  }

  @Test func sharesAreApartByPointsOtherNumbersByAPartOfTheTruth() throws {
    #expect(
      try Quantity("sparsity").unit.distance(0.5, 0.625)(.english) == "off by 12.50 points")
    #expect(try Quantity("bytes.dense").unit.distance(150, 200)(.english) == "off by 25 %")
    #expect(try Quantity("bytes.dense").unit.isClose(190, 200))
    #expect(try !Quantity("bytes.dense").unit.isClose(150, 200))
  }
}
