import NeuralNetwork
import Testing

@testable import Compression

@Suite struct CodebookTests {
  @Test(arguments: ["kmeans", "quantile"], ["tensor", "channel"])
  func everyFormatGivesTheCodebookBack(codebook: String, granularity: String) throws {
    let network = TestNetworks.seedShaped(filters: 3, units: 7)
    for bits in 1...8 {
      let recipe = try Recipe(
        line: "weights.codebook=\(codebook) weights.granularity=\(granularity) "
          + "weights.bits=\(bits) prune.sparsity=0.6 prune.scope=layer")
      let compressed = try Compressor.compress(network, recipe)
      for format in StorageFormat.allCases {
        let bytes = try TensorFile.encode(compressed.tensors, as: format)
        #expect(try TensorFile.decode(bytes, as: format) == compressed.tensors)
        #expect(TensorFile.format(of: bytes) == format)
      }
      for (before, after) in zip(compressed.unrounded.kernels, compressed.network.kernels) {
        for (old, new) in zip(before.tensor.elements, after.tensor.elements) where old == 0 {
          #expect(new == 0)
        }
      }
    }
  }

  /// Two clumps have their means as centres, whatever the distance between them.
  @Test func centresAreTheMeansOfClumps() {
    #expect(CodebookQuantizer.centres(of: [-3, -2, -1, 9, 10, 11], 2) == [-2, 10])
    #expect(CodebookQuantizer.quantileMeans(of: [1, 3, 10, 20, 30, 60], 3) == [2, 15, 45])
  }

  @Test func kMeansBeatsEqualDistancesAndTheErrorFallsWithBits() throws {
    var random = TestRandom(8)
    let kernel = random.tensor([600, 5])
    var last = Double.infinity
    for bits in 2...6 {
      var options = WeightQuantization()
      options.bits = bits
      options.granularity = .tensor
      let uniform = WeightQuantizer.quantize(kernel, options).dequantized
      options.codebook = .kmeans
      let means = CodebookQuantizer.quantize(kernel, options).dequantized
      func error(_ other: Tensor) -> Double {
        zip(kernel.elements, other.elements).reduce(0) {
          $0 + Double($1.0 - $1.1) * Double($1.0 - $1.1)
        }
      }
      #expect(error(means) < error(uniform))
      #expect(error(means) < last)
      last = error(means)
    }
  }
}
