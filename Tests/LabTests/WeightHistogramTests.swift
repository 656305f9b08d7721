import Compression
import NeuralNetwork
import Testing

@testable import Lab

@Suite struct WeightHistogramTests {
  // By hand: bins −2…−1, −1…0, 0…1, 1…2; 2 itself belongs to the last.
  @Test func weightsAreCountedInTheirBins() {
    let kernel = Tensor(shape: [6, 1], elements: [-1.5, -0.5, 0, 0.5, 0.7, 2])
    let histogram = WeightHistogram(of: kernel, quantized: nil, bins: 4)
    #expect(histogram.counts == [1, 1, 2, 1])
    #expect(histogram.zeros == 1)
    #expect(histogram.range == -2...2)
    #expect(histogram.levels.isEmpty && histogram.clipping == nil && histogram.grids == 0)
    #expect(histogram.extreme == 2 && histogram.step == nil)
    // √((2.25 + 0.25 + 0.25 + 0.49 + 4) / 5)
    #expect(abs(histogram.deviation - 1.2033) < 1e-4)
  }

  @Test func theGridIsThatOfTheRounding() throws {
    let kernel = Tensor(shape: [3, 1], elements: [-3, 1, 2])
    let options = try Recipe(line: "weights.bits=3").weights
    let histogram = WeightHistogram(
      of: kernel, quantized: WeightQuantizer.quantize(kernel, options), bins: 6)
    #expect(histogram.levels == [-3, -2, -1, 0, 1, 2, 3])
    #expect(histogram.clipping == -3...3 && histogram.step == 1 && histogram.extreme == -3)
    let sign = WeightHistogram(
      of: kernel,
      quantized: WeightQuantizer.quantize(kernel, try Recipe(line: "weights.bits=1").weights),
      bins: 6)
    #expect(sign.levels == [-2, 2])
  }

  @Test func everyWeightIsCountedOnce() throws {
    let laboratory = LabSupport.laboratory(images: 10)
    for line in [
      "", "prune.sparsity=0.8", "weights.bits=16", "weights.bits=4 weights.scheme=asymmetric",
    ] {
      for kernel in laboratory.network.kernels {
        let histogram = try laboratory.weightHistogram(
          of: kernel.name.text, under: try Recipe(line: line), bins: 61)
        #expect(histogram.counts.reduce(0, +) + histogram.zeros == kernel.tensor.count)
      }
    }
    #expect(throws: LabError.self) {
      try laboratory.weightHistogram(of: "dense", under: Recipe(), bins: 3)
    }
  }

  @Test func aKernelOfZerosHasARange() {
    let histogram = WeightHistogram(of: Tensor(zeros: [4, 1]), quantized: nil, bins: 3)
    #expect(histogram.counts == [0, 0, 0] && histogram.zeros == 4 && histogram.range == -1...1)
  }
}
