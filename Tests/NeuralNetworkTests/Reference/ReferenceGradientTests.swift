import NeuralNetwork
import Testing

/// Every backward operation against central differences of its forward one.
@Suite struct ReferenceGradientTests {
  private static let tolerance = 1e-8

  @Test(arguments: [
    ConvolutionGeometry(
      height: 5, width: 6, channels: 1, kernelHeight: 3, kernelWidth: 3, filters: 4),
    ConvolutionGeometry(
      height: 4, width: 3, channels: 2, kernelHeight: 2, kernelWidth: 3, filters: 3),
    ConvolutionGeometry(
      height: 1, width: 1, channels: 3, kernelHeight: 1, kernelWidth: 1, filters: 1),
  ])
  func convolution(_ geometry: ConvolutionGeometry) {
    var generator = SplitMix64(seed: 1)
    let inputs = geometry.height * geometry.width * geometry.channels
    let weights =
      geometry.kernelHeight * geometry.kernelWidth * geometry.channels * geometry.filters
    let input = randomDoubles(inputs, from: &generator)
    let kernel = randomDoubles(weights, from: &generator)
    let bias = randomDoubles(geometry.filters, from: &generator)
    let dOutput = randomDoubles(
      geometry.outputHeight * geometry.outputWidth * geometry.filters, from: &generator)
    func loss(_ input: [Double], _ kernel: [Double], _ bias: [Double]) -> Double {
      dot(
        dOutput,
        Reference.convolutionForward(input: input, kernel: kernel, bias: bias, geometry: geometry))
    }

    let gradient = Reference.convolutionBackward(
      dOutput: dOutput, input: input, kernel: kernel, geometry: geometry)

    let errors = [
      gradientError(of: { loss($0, kernel, bias) }, at: input, gradient: gradient.dInput),
      gradientError(of: { loss(input, $0, bias) }, at: kernel, gradient: gradient.dKernel),
      gradientError(of: { loss(input, kernel, $0) }, at: bias, gradient: gradient.dBias),
    ]
    #expect(errors.allSatisfy { $0 < Self.tolerance }, "\(errors)")
  }

  @Test(arguments: [(1, 1), (7, 3), (12, 5)])
  func dense(_ inputs: Int, _ outputs: Int) {
    var generator = SplitMix64(seed: 2)
    let input = randomDoubles(inputs, from: &generator)
    let kernel = randomDoubles(inputs * outputs, from: &generator)
    let bias = randomDoubles(outputs, from: &generator)
    let dOutput = randomDoubles(outputs, from: &generator)
    func loss(_ input: [Double], _ kernel: [Double], _ bias: [Double]) -> Double {
      dot(dOutput, Reference.denseForward(input: input, kernel: kernel, bias: bias))
    }

    let gradient = Reference.denseBackward(dOutput: dOutput, input: input, kernel: kernel)

    let errors = [
      gradientError(of: { loss($0, kernel, bias) }, at: input, gradient: gradient.dInput),
      gradientError(of: { loss(input, $0, bias) }, at: kernel, gradient: gradient.dKernel),
      gradientError(of: { loss(input, kernel, $0) }, at: bias, gradient: gradient.dBias),
    ]
    #expect(errors.allSatisfy { $0 < Self.tolerance }, "\(errors)")
  }

  /// ReLU is checked away from its kink: 0.1 is far more than the step.
  @Test func relu() {
    var generator = SplitMix64(seed: 3)
    let input = randomDoubles(40, from: &generator).map { $0 < 0 ? $0 - 0.1 : $0 + 0.1 }
    let dOutput = randomDoubles(40, from: &generator)

    let gradient = Reference.reluBackward(
      dOutput: dOutput, output: Reference.reluForward(input))

    let error = gradientError(
      of: { dot(dOutput, Reference.reluForward($0)) }, at: input, gradient: gradient)
    #expect(error < Self.tolerance)
  }

  @Test func reluHasNoGradientAtItsKink() {
    #expect(Reference.reluBackward(dOutput: [1, 1, 1], output: [-0.0, 0.0, 0.5]) == [0, 0, 1])
  }

  /// The values of a window are a random order of well-separated ones, so that no step changes which
  /// is the largest.
  @Test(arguments: [(2, 2, 1), (5, 7, 3), (4, 6, 2)])
  func maxPool(_ height: Int, _ width: Int, _ channels: Int) {
    var generator = SplitMix64(seed: 4)
    let count = height * width * channels
    let input = generator.permutation(of: count).map { 0.1 * Double($0) }
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

  @Test(arguments: [1, 2, 10])
  func softmaxCrossEntropy(_ classes: Int) {
    var generator = SplitMix64(seed: 5)
    for label in 0..<classes {
      let logits = randomDoubles(classes, from: &generator).map { 5 * $0 }
      let forward = Reference.softmaxCrossEntropyForward(logits: logits, label: label)
      let gradient = Reference.softmaxCrossEntropyBackward(
        probabilities: forward.probabilities, label: label)
      let error = gradientError(
        of: { Reference.softmaxCrossEntropyForward(logits: $0, label: label).loss }, at: logits,
        gradient: gradient)
      #expect(error < Self.tolerance)
    }
  }

  @Test func softmaxCrossEntropyOfLargeLogitsIsFinite() {
    let forward = Reference.softmaxCrossEntropyForward(logits: [1000.0, 0, -1000], label: 1)
    #expect(forward.loss == 1000)
    #expect(forward.probabilities == [1, 0, 0])
  }

  /// log 10 for ten equal logits; e/(e+1) for a lead of 1 between two.
  @Test func softmaxCrossEntropyKnownAnswers() {
    let equal = Reference.softmaxCrossEntropyForward(
      logits: [Double](repeating: 3, count: 10), label: 4)
    #expect(abs(equal.loss - 2.302585092994046) < 1e-14)
    let two = Reference.softmaxCrossEntropyForward(logits: [1.0, 0], label: 0)
    #expect(abs(two.probabilities[0] - 0.7310585786300049) < 1e-15)
  }
}
