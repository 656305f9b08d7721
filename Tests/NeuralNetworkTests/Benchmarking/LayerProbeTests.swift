import Testing

@testable import NeuralNetwork

@Suite struct LayerProbeTests {
  @Test func countsTheProductsOfTheBaselineCNN() throws {
    let test = IntegerTestNetwork(height: 28, width: 28, filters: 32, hidden: 128, classes: 10)
    let dataset = randomDataset(height: 28, width: 28, count: 64, classes: 10, seed: 5)
    let probe = try #require(
      LayerProbe(
        test.network, kernels: test.kernels, activationGrids: test.grids, dataset: dataset))
    // 26 × 26 places of 32 filters with 9 taps; 5,408 × 128 weights.
    #expect(probe.convolutionProducts == 64 * 26 * 26 * 32 * 9)
    #expect(probe.denseProducts == 64 * 5408 * 128)
    let nonzero = test.network.kernels[1].tensor.elements.count { $0 != 0 }
    #expect(probe.nonzeroProducts == 64 * nonzero)
    probe.multiplyDense()
    probe.multiplySparse()
    probe.multiplyIntegers()
  }

  @Test func needsSixtyFourImages() {
    let test = IntegerTestNetwork(height: 8, width: 8, filters: 3, hidden: 4, classes: 2)
    let dataset = randomDataset(height: 8, width: 8, count: 63, classes: 2, seed: 5)
    #expect(
      LayerProbe(
        test.network, kernels: test.kernels, activationGrids: test.grids, dataset: dataset) == nil)
  }
}
