import NeuralNetwork
import Testing

@Suite struct BaselineCNNTests {
  @Test func hasTheSizesOfTheTextbookNetwork() {
    let network = BaselineCNN.make(seed: 1)
    #expect(network.parameterCount == 693_962)
    #expect(network.macs == 888_192)
    #expect(network.kernels.map(\.name) == ["conv2d/kernel", "dense/kernel", "dense_1/kernel"])
  }

  @Test func dependsOnItsSeedAlone() {
    #expect(BaselineCNN.make(seed: 5) == BaselineCNN.make(seed: 5))
    #expect(BaselineCNN.make(seed: 5) != BaselineCNN.make(seed: 6))
  }

  /// A uniform distribution in ±limit has the variance limit² / 3; with 692,224 samples the estimate
  /// is within half a percent.
  @Test func kernelsAreGlorotUniformAndBiasesZero() {
    let network = BaselineCNN.make(seed: 1)
    let limits = [(6.0 / 297).squareRoot(), (6.0 / 5536).squareRoot(), (6.0 / 138).squareRoot()]
    for (kernel, limit) in zip(network.kernels, limits) {
      let values = kernel.tensor.elements.map(Double.init)
      #expect(values.allSatisfy { abs($0) <= limit })
      #expect((values.map(abs).max() ?? 0) > 0.95 * limit)
    }
    let dense = network.kernels[1].tensor.elements.map(Double.init)
    let variance = dense.reduce(0) { $0 + $1 * $1 } / Double(dense.count)
    #expect(abs(variance / (limits[1] * limits[1] / 3) - 1) < 0.005)
    #expect(
      network.parameters.filter { !$0.isKernel }.allSatisfy {
        $0.tensor.elements.allSatisfy { $0 == 0 }
      })
  }
}
