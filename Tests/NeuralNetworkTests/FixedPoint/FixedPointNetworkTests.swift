import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct FixedPointNetworkTests {
  private let network = randomConvNet(
    height: 9, width: 8, filters: 3, hidden: 6, classes: 4, seed: 12)

  /// Random codes for each kernel, with zero points, per channel or tensor.
  private func kernels(isPerChannel: Bool, isAsymmetric: Bool) -> [String: AffineKernel] {
    var generator = SplitMix64(seed: 77)
    return Dictionary(
      uniqueKeysWithValues: network.kernels.map { kernel in
        let scales = isPerChannel ? kernel.tensor.shape[kernel.tensor.shape.count - 1] : 1
        let codes = kernel.tensor.elements.map { _ in
          Int32(generator.nextIndex(below: 256)) - (isAsymmetric ? 0 : 128)
        }
        return (
          kernel.name.layer,
          AffineKernel(
            codes: codes, scales: (0..<scales).map { _ in 0.001 + 0.004 * generator.nextFloat() },
            zeroPoints: isAsymmetric
              ? (0..<scales).map { _ in Int32(100 + generator.nextIndex(below: 56)) } : [])
        )
      })
  }

  private let grids: ActivationGrids = [
    "input": QuantizationParameters(scale: 1 / 255, levels: 255),
    "conv2d": QuantizationParameters(scale: 0.02, levels: 255),
    "dense": QuantizationParameters(scale: 0.03, levels: 255),
  ]

  private func pixels(_ seed: UInt64) -> [UInt8] {
    var generator = SplitMix64(seed: seed)
    return (0..<72).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
  }

  /// The formula Σ (w − z_w)(x − z_x) + bias in plain arithmetic, without any folding.
  @Test(arguments: [(true, true), (true, false), (false, true), (false, false)])
  func sumsAreThoseOfTheFormula(isPerChannel: Bool, isAsymmetric: Bool) throws {
    let kernels = kernels(isPerChannel: isPerChannel, isAsymmetric: isAsymmetric)
    for isSigned in [false, true] {
      let plan = try FixedPointNetwork(
        network, kernels: kernels, activationGrids: grids, hasSignedActivations: isSigned)
      let trace = plan.trace(pixels(3)[...])
      for (index, layer) in plan.weightedLayers.enumerated() {
        let channels = layer.geometry.filters
        let weights = layer.kernel.codes.enumerated().map {
          Int($1) - Int(layer.kernel.zeroPoint($0 % channels))
        }
        let inputs = trace.inputs[index].map { Int($0) - Int(layer.input.zeroPoint) }
        let expected = Reference.integerConvolution(
          input: inputs, kernel: weights, geometry: layer.geometry
        ).enumerated().map { $1 + Int(layer.biases[$0 % channels]) }
        #expect(trace.accumulators[index].map(Int.init) == expected, "\(layer.name)")
        for (place, sum) in trace.accumulators[index].enumerated() where layer.output != nil {
          let output = try #require(layer.output)
          let exact = Double(sum) * layer.multipliers[place % channels].real
          let held = min(max(exact, 0), 255)
          let code = Double(trace.outputs[index][place] - output.zeroPoint)
          #expect(abs(code - held) <= 0.5 + 0x1p-8)
        }
      }
    }
  }

  /// Codes around zero (int8) and from zero (uint8) are the same network.
  @Test func signedAndUnsignedActivationsGiveTheSameSums() throws {
    let kernels = kernels(isPerChannel: true, isAsymmetric: true)
    let unsigned = try FixedPointNetwork(network, kernels: kernels, activationGrids: grids)
    let signed = try FixedPointNetwork(
      network, kernels: kernels, activationGrids: grids, hasSignedActivations: true)
    for seed: UInt64 in 1...5 {
      #expect(
        unsigned.trace(pixels(seed)[...]).accumulators
          == signed.trace(pixels(seed)[...]).accumulators)
    }
    #expect(signed.weightedLayers[0].input.least == -128)
    #expect(signed.weightedLayers[0].input.greatest == 127)
  }

  /// A step's products and bias add up to its sum, and its code is what the network passed on.
  @Test func stepsAddUp() throws {
    let plan = try FixedPointNetwork(
      network, kernels: kernels(isPerChannel: true, isAsymmetric: true), activationGrids: grids,
      hasSignedActivations: true)
    let image = pixels(9)
    let trace = plan.trace(image[...])
    for (index, layer) in plan.weightedLayers.enumerated() {
      let shape = layer.outputShape
      let count = shape.reduce(1, *)
      for flat in stride(from: 0, to: count, by: max(1, count / 17)) {
        let place =
          shape.count == 1
          ? [flat] : [flat / shape[2] / shape[1], flat / shape[2] % shape[1], flat % shape[2]]
        let step = try plan.step(layer: layer.name, place: place, pixels: image[...])
        #expect(step.terms.count == layer.inputsPerOutput)
        #expect(step.terms.reduce(step.bias) { $0 + $1.product } == step.accumulator)
        #expect(step.requantization?.code ?? step.accumulator == trace.outputs[index][flat])
        #expect((step.requantization == nil) == (layer.name == "dense_1"))
      }
    }
  }

  @Test func saysWhatDoesNotRunInIntegers() throws {
    let kernels = kernels(isPerChannel: true, isAsymmetric: false)
    #expect(throws: FixedPointError.missingGrid(site: "conv2d")) {
      try FixedPointNetwork(
        network, kernels: kernels, activationGrids: grids.filter { $0.key != "conv2d" })
    }
    #expect(throws: FixedPointError.missingCodes(layer: "dense")) {
      try FixedPointNetwork(
        network, kernels: kernels.filter { $0.key != "dense" }, activationGrids: grids)
    }
    var tiny = grids
    tiny["dense"] = QuantizationParameters(scale: 1e-30, levels: 255)
    var biased = network
    biased.setParameter("dense_1/bias", to: Tensor(shape: [4], elements: [1, 1, 1, 1]))
    #expect(throws: FixedPointError.tooLarge(layer: "dense_1")) {
      try FixedPointNetwork(biased, kernels: kernels, activationGrids: tiny)
    }
    let plan = try FixedPointNetwork(network, kernels: kernels, activationGrids: grids)
    #expect(throws: FixedPointError.noSuchOutput([6], shape: [6])) {
      try plan.step(layer: "dense", place: [6], pixels: pixels(1)[...])
    }
    #expect(
      throws: FixedPointError.unknownLayer("flatten", available: plan.weightedLayers.map(\.name))
    ) {
      try plan.step(layer: "flatten", place: [6], pixels: pixels(1)[...])
    }
  }
}
