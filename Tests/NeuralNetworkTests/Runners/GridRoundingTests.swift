import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct GridRoundingTests {
  /// Halves of the step, on both sides of the grid's ends, and random values; counts around a vector.
  @Test(arguments: [0, 1, 15, 16, 17, 40])
  func isTheRoundingOfSingleValues(_ count: Int) {
    var generator = SplitMix64(seed: 101)
    for grid in [
      QuantizationParameters(scale: 0.25, levels: 3),
      QuantizationParameters(scale: 0.1, levels: 15),
      QuantizationParameters(scale: 1 / 255, levels: 255),
    ] {
      let halves = (0..<count).map { Float($0 - 5) * grid.scale / 2 }
      let random = randomFloats(count, from: &generator)
      for values in [halves, random] {
        let buffer = FloatBuffer(values)
        grid.round(buffer.base, count: count)
        #expect(buffer.elements == values.map(grid.rounded))
      }
    }
  }
}
