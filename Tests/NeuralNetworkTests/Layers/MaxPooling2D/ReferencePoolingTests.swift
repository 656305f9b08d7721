import NeuralNetwork
import RandomNumbers
import Testing

/// The backward operation against central differences of the forward one.
@Suite struct ReferencePoolingTests {
  private static let tolerance = 1e-8

  /// The values of a window are a random order of well-separated ones, so that no step changes which
  /// is the largest.
  @Test(arguments: [(2, 2, 1), (5, 7, 3), (4, 6, 2)])
  func maxPool(_ height: Int, _ width: Int, _ channels: Int) {
    var generator = SplitMix64(seed: 4)
    let count = height * width * channels
    let input = generator.shuffled(Array(0..<count)).map { 0.1 * Double($0) }
    let dOutput = randomDoubles((height / 2) * (width / 2) * channels, from: &generator)

    let pooled = Reference.maxPoolForward(
      input: input, height: height, width: width, channels: channels)
    let gradient = Reference.maxPoolBackward(
      dOutput: dOutput, argmax: pooled.argmax, height: height, width: width, channels: channels)

    let error = gradientError(
      of: {
        dot(
          dOutput,
          Reference.maxPoolForward(input: $0, height: height, width: width, channels: channels)
            .output)
      }, at: input, gradient: gradient)
    #expect(error < Self.tolerance)
  }

  @Test func maxPoolTiesGoToTheFirst() {
    let pooled = Reference.maxPoolForward(
      input: [1.0, 2, 2, 2, 5, 5, 5, 5], height: 2, width: 4, channels: 1)
    #expect(pooled.output == [5, 5])
    #expect(pooled.argmax == [2, 2])
    #expect(
      Reference.maxPoolForward(input: [3.0, 3, 3, 3], height: 2, width: 2, channels: 1).argmax
        == [0])
  }
}
