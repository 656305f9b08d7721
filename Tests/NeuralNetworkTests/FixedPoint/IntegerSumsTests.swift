import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct IntegerSumsTests {
  private let network = randomConvNet(
    height: 9, width: 8, filters: 3, hidden: 6, classes: 4, seed: 12)

  private func plan(accumulator: AccumulatorWidth = .int32) throws -> FixedPointNetwork {
    var generator = SplitMix64(seed: 5)
    let kernels = Dictionary(
      uniqueKeysWithValues: network.kernels.map { kernel in
        (
          kernel.name.layer,
          AffineKernel(
            codes: kernel.tensor.elements.map { _ in Int32(generator.nextIndex(below: 256)) },
            scales: [0.003], zeroPoints: [117])
        )
      })
    return try FixedPointNetwork(
      network, kernels: kernels,
      activationGrids: [
        "input": QuantizationParameters(scale: 1 / 255, levels: 255),
        "conv2d": QuantizationParameters(scale: 0.02, levels: 255),
        "dense": QuantizationParameters(scale: 0.03, levels: 255),
      ], hasSignedActivations: true, accumulator: accumulator)
  }

  private func pixels(_ seed: UInt64) -> [UInt8] {
    var generator = SplitMix64(seed: seed)
    return (0..<72).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
  }

  @Test func thePartsOfASumAddUp() throws {
    let plan = try plan()
    for (layer, place) in [("conv2d", [3, 2, 1]), ("dense", [4]), ("dense_1", [0])] {
      let step = try plan.step(layer: layer, place: place, pixels: pixels(3)[...])
      let plain = step.terms.reduce(Int64(0)) { $0 + Int64($1.input) * Int64($1.weight) }
      #expect(step.codeProducts == plain)
      #expect(step.zeroPointCorrection != 0)
      #expect(
        Int64(step.bias) + step.codeProducts + step.zeroPointCorrection == Int64(step.accumulator))
      #expect(step.runningSums.count == step.terms.count + 1)
      #expect(step.runningSums.first == Int64(step.bias))
      #expect(step.runningSums.last == step.exactSum)
      #expect(step.exactSum == Int64(step.accumulator))
    }
  }

  @Test func narrowAccumulatorsLeaveTheExactSum() throws {
    let (wide, narrow) = (try plan(), try plan(accumulator: .int16))
    let image = pixels(8)[...]
    let (right, wrong) = (wide.trace(image), narrow.trace(image))
    #expect(narrow.exactAccumulators(in: wrong)[0] == right.accumulators[0])
    var differs = false
    for (flat, sum) in right.accumulators[0].enumerated() {
      let channel = flat % 3
      let step = try narrow.step(
        layer: "conv2d", place: [flat / 3 / 6, flat / 3 % 6, channel], in: wrong)
      #expect(step.exactSum == Int64(sum))
      #expect(step.accumulator == Int32(Int16(truncatingIfNeeded: sum)))
      if Int64(step.accumulator) != step.exactSum { differs = true }
    }
    #expect(differs)
  }

  @Test func valuesAreThoseOfSteps() throws {
    let plan = try plan()
    let trace = plan.trace(pixels(4)[...])
    let values = plan.values(of: trace)
    for (index, layer) in plan.weightedLayers.enumerated() {
      let place = layer.outputShape.map { $0 - 1 }
      let step = try plan.step(layer: layer.name, place: place, in: trace)
      #expect(values[index].last == step.value)
    }
  }

  @Test(arguments: [
    (0, 1), (-1, 1), (1, 2), (-2, 2), (127, 8), (128, 9), (-128, 8), (32_767, 16), (32_768, 17),
    (-32_768, 16), (-32_769, 17), (1 << 31, 33),
  ])
  func widthsAreThoseOfTwosComplement(value: Int64, bits: Int) {
    #expect(IntegerWidth.bits(of: value) == bits)
  }

  /// A bin is where the logarithm says; at the edges of bins rounding may fall on either side.
  @Test func binsLieOnTheLogarithm() {
    var generator = SplitMix64(seed: 1)
    var sums = (0..<2_000).map { _ in
      Int32(truncatingIfNeeded: generator.next()) >> Int32(generator.nextIndex(below: 31))
    }
    sums += [0, 1, -1, .max, .min, 32_767, -32_768]
    for sum in sums {
      let place = (AccumulatorSurvey.position(of: Double(sum)) + 32) * 4
      let bin = Double(AccumulatorSurvey.bin(of: sum))
      #expect(bin <= place + 1e-6 && place <= bin + 1 + 1e-6, "\(sum)")
      #expect((0..<AccumulatorSurvey.binCount).contains(Int(bin)))
    }
  }

  @Test func aSurveyHoldsAllSums() throws {
    let plan = try plan()
    var survey = AccumulatorSurvey(plan)
    var sums = plan.weightedLayers.map { _ in [Int32]() }
    for seed in 0..<6 {
      let trace = plan.trace(pixels(UInt64(seed))[...])
      survey.add(trace)
      for index in sums.indices { sums[index] += trace.accumulators[index] }
    }
    #expect(survey.images == 6)
    for (layer, sums) in zip(survey.layers, sums) {
      #expect(layer.total == sums.count)
      #expect(layer.counts.reduce(0, +) == sums.count)
      #expect(layer.least == sums.min())
      #expect(layer.greatest == sums.max())
      #expect(layer.beyond16 == sums.count { $0 > 32_767 || $0 < -32_768 })
      #expect(layer.bits <= layer.reachBits)
      #expect(layer.reach.contains(Int64(layer.least)))
      #expect(layer.reach.contains(Int64(layer.greatest)))
    }
  }

  /// White pixels where a filter's weights are positive, black elsewhere, give the greatest sum there is.
  @Test func theBoundIsReached() throws {
    let plan = try plan()
    let layer = plan.weightedLayers[0]
    let filters = layer.geometry.filters
    let greatest = (0..<filters).map { filter -> Int32 in
      var pixels = [UInt8](repeating: 0, count: 72)
      for row in 0..<3 {
        for column in 0..<3 {
          let code = layer.kernel.codes[(row * 3 + column) * filters + filter]
          if code > layer.kernel.zeroPoint(filter) { pixels[row * 8 + column] = 255 }
        }
      }
      return plan.trace(pixels[...]).accumulators[0][filter]
    }.max()
    #expect(greatest.map(Int64.init) == layer.reachOfSums.upperBound)
  }
}
