import Compression
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct FaultMeasurementTests {
  /// Three batches of training images, so that their order matters.
  private func laboratory() -> Laboratory {
    Laboratory(network: LabSupport.network(), test: LabSupport.images(300), threads: 2) {
      LabSupport.images(300, seed: 9)
    }
  }

  private func recipe(_ line: String) throws -> Recipe { try Recipe(line: line) }

  /// Faults, outliers and seeds one after another leave nothing behind in what a laboratory keeps.
  @Test func rememberedPartsKnowOfFaultsAndSeeds() throws {
    let used = laboratory()
    let base = "weights.bits=8 activations.bits=8 activations.samples=32"
    let lines =
      [
        "none", "int16-accumulator", "saturated-bias", "int8-bias", "unscaled-calibration",
        "black-calibration", "one-class-calibration", "scale-128", "channel-first-flatten",
      ].map { "\(base) fault=\($0)" } + [
        base + " weights.outlier=64", base + " activations.outlier=64",
        base + " activations.range=mse fault=unscaled-calibration", base + " activations.range=mse",
        "weights.bits=3 weights.rounding=stochastic",
        "weights.bits=3 weights.rounding=stochastic seed=2",
        "weights.bits=3 weights.rounding=stochastic prune.criterion=random prune.sparsity=0.5 seed=2",
        "prune.pattern=2:4", "prune.pattern=2:4 fault=transposed-pattern",
      ]
    for line in lines + lines.reversed() {
      let first = try used.measure(recipe(line), measuresLatency: false)
      let fresh = try laboratory().measure(recipe(line), measuresLatency: false)
      #expect(first.evaluation == fresh.evaluation, "\(line)")
      #expect(first.size == fresh.size, "\(line)")
    }
  }

  @Test func everyFaultOfTheCodesChangesWhatTheNetworkSays() throws {
    let laboratory = laboratory()
    let base = "weights.bits=8 activations.bits=8 activations.samples=32"
    let right = try laboratory.evaluation(of: recipe(base), images: 300)
    for fault in ["unscaled-calibration", "black-calibration", "channel-first-flatten"] {
      let wrong = try laboratory.evaluation(of: recipe("\(base) fault=\(fault)"), images: 300)
      #expect(wrong.confusion != right.confusion, "\(fault)")
    }
  }

  @Test(arguments: ["finetune.mode=float", "weights.bits=8 finetune.mode=qat"])
  func aDroppedMaskLosesTheSparsity(mode: String) throws {
    let laboratory = laboratory()
    let base = "prune.sparsity=0.6 finetune.epochs=1 \(mode)"
    let kept = try laboratory.size(of: recipe(base), formats: []).sparsity
    let lost = try laboratory.size(of: recipe(base + " fault=dropped-mask"), formats: []).sparsity
    #expect(kept >= 0.599)
    #expect(lost < kept - 0.1)
  }

  /// The kernels keep the very codes of rounding without any training.
  @Test func trainingWithoutAnEstimatorLeavesTheCodesOfRoundingAlone() throws {
    let laboratory = laboratory()
    let rounded = try laboratory.compressed(recipe("weights.bits=2"))
    let aware = "weights.bits=2 finetune.epochs=1 finetune.mode=qat"
    let stuck = try laboratory.compressed(recipe(aware + " fault=no-gradient"))
    let learnt = try laboratory.compressed(recipe(aware))
    #expect(stuck.network.kernels == rounded.network.kernels)
    #expect(learnt.network.kernels != rounded.network.kernels)
    #expect(stuck.network.parameters != rounded.network.parameters)
  }

  @Test func seedsAndRatesOfFineTuningGiveOtherNetworks() throws {
    let laboratory = laboratory()
    func network(_ line: String) throws -> Network {
      try laboratory.compressed(recipe("finetune.epochs=1 " + line)).network
    }
    let first = try network("")
    #expect(try network("seed=1 finetune.rate=0.001") == first)
    #expect(try network("seed=2") != first)
    #expect(try network("finetune.rate=0.0001") != first)
    let again = try self.laboratory().compressed(recipe("finetune.epochs=1 seed=2")).network
    #expect(try network("seed=2") == again)
  }

  /// A bias of 8 bits is one of 256 multiples of what a unit of the sum stands for.
  @Test func saturatedBiasesAreWholeUnitsOfTheSum() throws {
    let laboratory = laboratory()
    let recipe = try recipe(
      "weights.bits=8 activations.bits=8 activations.samples=32 fault=saturated-bias")
    let compressed = try laboratory.compressed(recipe)
    let grids = try laboratory.activationGrids(for: recipe)
    let running = compressed.running(.saturatedBias, grids: grids)
    for (layer, site) in [("conv2d", "input"), ("dense", "conv2d"), ("dense_1", "dense")] {
      let kernel = try #require(compressed.affineKernels[layer])
      let grid = try #require(grids[site])
      let find = { (network: Network) in
        network.parameters.first { $0.name == "\(layer)/bias" }?.tensor.elements ?? []
      }
      for (channel, (bias, real)) in zip(find(running), find(compressed.network)).enumerated() {
        let unit = Double(grid.scale) * Double(kernel.scale(channel))
        let code = Double(bias) / unit
        #expect(abs(code - code.rounded()) < 1e-3 && (-128.001...127.001).contains(code))
        if abs(Double(real) / unit) < 127 { #expect(abs(Double(real) / unit - code) <= 0.5001) }
      }
    }
    #expect(compressed.running(.none, grids: grids) == compressed.network)
  }
}
