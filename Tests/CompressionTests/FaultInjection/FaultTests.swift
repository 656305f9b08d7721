import Localization
import NeuralNetwork
import Testing

@testable import Compression

/// Each mistake does what it says, and is refused where there is no occasion for it.
@Suite struct FaultTests {
  private let network = TestNetworks.seedShaped(filters: 4, units: 6)

  private func compress(_ line: String) throws -> CompressedNetwork {
    try Compressor.compress(network, Recipe(line: line))
  }

  @Test(arguments: [
    "fault=unscaled-calibration", "fault=black-calibration weights.bits=4",
    "fault=one-class-calibration prune.sparsity=0.5",
    "fault=dropped-mask prune.sparsity=0.5", "fault=dropped-mask finetune.epochs=1",
    "fault=dropped-mask finetune.epochs=1 prune.pattern=filter prune.sparsity=0.5",
    "fault=dropped-mask finetune.epochs=1 prune.sparsity=0.5 order=quantize-first",
    "fault=dropped-mask finetune.epochs=1 prune.sparsity=0.5 finetune.schedule=polynomial",
    "fault=no-gradient weights.bits=4", "fault=no-gradient weights.bits=4 finetune.epochs=1",
    "fault=no-gradient finetune.mode=qat finetune.epochs=1",
    "fault=int16-accumulator weights.bits=8", "fault=int16-accumulator activations.bits=8",
    "fault=int16-accumulator weights.bits=8 activations.bits=8 weights.scheme=asymmetric",
    "fault=saturated-bias weights.bits=8 activations.bits=8 weights.granularity=group:16",
    "fault=saturated-bias weights.bits=8 activations.bits=8 weights.layers=dense",
    "fault=scale-128", "fault=scale-128 weights.bits=1", "fault=scale-128 weights.bits=32",
    "fault=scale-128 weights.bits=8 weights.scheme=asymmetric",
    "fault=scale-128 weights.bits=8 weights.rounding=gptq",
    "fault=shifted-zero-point weights.bits=8", "fault=shifted-zero-point weights.scheme=asymmetric",
    "fault=transposed-pattern", "fault=transposed-pattern prune.sparsity=0.5",
    "fault=transposed-pattern prune.pattern=2:4 prune.criterion=wanda",
  ])
  func aMistakeWithoutOccasionIsRefused(line: String) throws {
    let recipe = try Recipe(line: line)
    let error = #expect(throws: RecipeError.self) { try recipe.checkCombination() }
    let sentence = error?.description ?? ""
    #expect(sentence.hasPrefix("fault=\(recipe.injection.fault.rawValue) needs "))
  }

  @Test(arguments: [
    "fault=unscaled-calibration activations.bits=16",
    "fault=black-calibration weights.bits=4 weights.rounding=gptq",
    "fault=one-class-calibration prune.sparsity=0.5 prune.criterion=wanda",
    "fault=dropped-mask finetune.epochs=1 prune.pattern=2:4",
    "fault=no-gradient finetune.mode=qat finetune.epochs=1 activations.bits=4",
    "fault=int16-accumulator weights.bits=8 activations.bits=8", "fault=int8-bias",
    "fault=saturated-bias weights.bits=4 activations.bits=8 weights.granularity=tensor",
    "fault=scale-128 weights.bits=2", "fault=channel-first-flatten",
    "fault=shifted-zero-point weights.bits@dense=8 weights.scheme=asymmetric",
    "fault=transposed-pattern prune.pattern=1:4 prune.criterion=random",
  ])
  func aMistakeWithOccasionIsMade(line: String) throws {
    try Recipe(line: line).checkCombination()
  }

  @Test func aScaleOfAPowerOfTwoTurnsTheGreatestPositiveWeightAround() throws {
    for bits in [2, 4, 8, 16] {
      for granularity in ["tensor", "channel", "group:16"] {
        let base = "weights.bits=\(bits) weights.granularity=\(granularity)"
        let wrong = try compress(base + " fault=scale-128")
        for (stored, kernel) in zip(
          wrong.tensors.filter { $0.name.role == .kernel }, network.kernels)
        {
          guard case .quantized(let quantized) = stored.values else {
            Issue.record("the kernel is rounded")
            continue
          }
          let power = Int32(1) << Int32(bits - 1)
          #expect(quantized.codes.allSatisfy { -power <= $0 && $0 < power })
          let layout = quantized.layout
          for (place, weight) in kernel.tensor.elements.enumerated() {
            let (row, column) = (place / layout.columns, place % layout.columns)
            let scale = quantized.scales[
              layout.scaleIndex(block: row / layout.blockRows, column: column)]
            // Rounded as if there were room, then cast to as many bits of two's complement.
            let free = Int32((weight / scale).rounded(.toNearestOrEven))
            let cast = free == power ? -power : free
            #expect(quantized.codes[place] == cast)
          }
        }
        for format in [StorageFormat.dense, .gzip, .huffman, .csr16, .bitmask] {
          let file = try TensorFile.encode(wrong.tensors, as: format)
          #expect(try TensorFile.decode(file, as: format) == wrong.tensors)
        }
      }
    }
  }

  @Test func aShiftedZeroPointMovesEveryWeightByOneStep() throws {
    let base = "weights.bits=4 weights.scheme=asymmetric weights.granularity=tensor"
    let (right, wrong) = (try compress(base), try compress(base + " fault=shifted-zero-point"))
    for (before, after) in zip(right.tensors, wrong.tensors) {
      guard case .quantized(let old) = before.values, case .quantized(let new) = after.values
      else {
        #expect(before == after)
        continue
      }
      #expect(old.codes == new.codes && old.scales == new.scales)
      for (weight, moved) in zip(old.dequantized.elements, new.dequantized.elements) {
        #expect(abs((weight - moved) - old.scales[0]) < 1e-5 * old.scales[0] * 16)
      }
    }
    let pruned = try compress(base + " prune.sparsity=0.5 fault=shifted-zero-point")
    // Each former zero stands for minus one step, and only former ones for zero.
    #expect(pruned.sparsity < 0.3)
  }

  @Test func biasesOfEightBitsLieOnTheirOwnGrid() throws {
    let wrong = try compress("fault=int8-bias")
    for (before, after) in zip(network.parameters, wrong.network.parameters) {
      guard !before.isKernel else {
        #expect(before == after)
        continue
      }
      let scale = (before.tensor.elements.map(\.magnitude).max() ?? 0) / 127
      for (old, new) in zip(before.tensor.elements, after.tensor.elements) {
        #expect(abs(old - new) <= scale * 0.5001)
        #expect(abs((new / scale).rounded() - new / scale) < 1e-3)
      }
    }
  }

  @Test func aChannelFirstFlattenReadsTheTransposedFeatures() throws {
    let wrong = try compress("fault=channel-first-flatten")
    let image = ImageDataset(
      height: 28, width: 28, pixels: (0..<784).map { UInt8($0 * 7 % 251) }, labels: [0])
    var hidden: [Float] = []
    var features: [Float] = []
    InferencePlan(wrong.network).visitActivations(of: image, in: 0..<1) { site, values in
      if site == "dense" { hidden = Array(values) }
      if site == "conv2d" { features = Array(values) }
    }
    let (kernel, bias) = (network.parameters[2].tensor, network.parameters[3].tensor)
    for unit in 0..<6 {
      // The weights as learnt belong to rows, columns, channels; the values are taken in the order
      // channels, rows, columns.
      var sum = bias.elements[unit]
      var place = 0
      for channel in 0..<4 {
        for y in 0..<13 {
          for x in 0..<13 {
            sum += features[place] * kernel.elements[((y * 13 + x) * 4 + channel) * 6 + unit]
            place += 1
          }
        }
      }
      #expect(abs(max(sum, 0) - hidden[unit]) < 1e-4)
    }
  }

  @Test func transposedGroupsRunAlongTheOutputs() throws {
    let wrong = try compress("prune.pattern=1:4 prune.scope=dense fault=transposed-pattern")
    let (before, after) = (network.kernels[1].tensor, wrong.network.kernels[1].tensor)
    for row in 0..<before.shape[0] {
      // Six outputs: one group of four, and two that are left over and stay.
      let old = Array(before.elements[row * 6..<row * 6 + 6])
      let new = Array(after.elements[row * 6..<row * 6 + 6])
      let largest = old[..<4].map(\.magnitude).max() ?? 0
      for column in 0..<4 {
        #expect(new[column] == (old[column].magnitude == largest ? old[column] : 0))
      }
      #expect(new[4...] == old[4...])
    }
  }

  @Test func faultsThatCannotTouchThePreparationAreNotPartOfIt() throws {
    let tuned = "weights.bits=8 activations.bits=8 finetune.epochs=1 finetune.mode=qat"
    func parts(_ fault: String) throws -> (weights: Bool, preparation: Bool) {
      let recipe = try Recipe(line: "\(tuned) prune.sparsity=0.5 fault=\(fault)")
      return (
        recipe.weightsKey.injection.fault != .none,
        recipe.preparationKey.injection.fault != .none
      )
    }
    #expect(try parts("int16-accumulator") == (false, false))
    #expect(try parts("saturated-bias") == (false, false))
    #expect(try parts("scale-128") == (true, false))
    #expect(try parts("int8-bias") == (true, false))
    #expect(try parts("dropped-mask") == (true, true))
    #expect(try parts("no-gradient") == (true, true))
    // The grids of quantization-aware training are calibrated too.
    #expect(try parts("black-calibration") == (true, true))
    let plain = try Recipe(line: "weights.bits=8 activations.bits=8 fault=black-calibration")
    #expect(plain.weightsKey.injection.fault == .none)
  }
}
