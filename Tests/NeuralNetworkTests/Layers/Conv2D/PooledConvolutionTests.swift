import RandomNumbers
import Testing

@testable import NeuralNetwork

@Suite struct PooledConvolutionTests {
  /// Rows, columns and filters; with odd rows or columns the pooling drops the last ones.
  private static let sizes = [
    [28, 28, 32], [4, 4, 1], [5, 9, 3], [8, 6, 15], [6, 6, 16], [7, 12, 17], [6, 8, 31],
    [9, 9, 33], [10, 4, 48], [8, 9, 50], [28, 28, 5],
  ]

  private struct Case {
    let shape: ConvNetShape
    let geometry: ConvolutionGeometry
    let weights: ConvNetWeights
    let kernel: [Float]
    let bias: [Float]
    let image: FloatBuffer

    init?(_ size: [Int]) {
      let network = randomConvNet(
        height: size[0], width: size[1], filters: size[2], hidden: 3, classes: 2, seed: 31)
      guard let layers = ConvNetLayers(network) else { return nil }
      shape = layers.shape
      geometry = ConvolutionGeometry(
        height: size[0], width: size[1], channels: 1, kernelHeight: 3, kernelWidth: 3,
        filters: size[2])
      weights = ConvNetWeights(layers)
      kernel = layers.convolution.kernel.elements
      bias = layers.convolution.bias.elements
      var generator = SplitMix64(seed: 32)
      image = FloatBuffer(randomFloats(size[0] * size[1], from: &generator).map(abs))
    }

    /// The reference's features and places.
    var expected: (output: [Double], argmax: [UInt8]) {
      let sums = Reference.convolutionForward(
        input: image.elements.map(Double.init), kernel: kernel.map(Double.init),
        bias: bias.map(Double.init), geometry: geometry)
      return Reference.maxPoolForward(
        input: Reference.reluForward(sums), height: geometry.outputHeight,
        width: geometry.outputWidth, channels: geometry.filters)
    }

    /// The kernel's features and places, padding included.
    func run() -> (features: FloatBuffer, argmax: FloatBuffer) {
      let features = FloatBuffer([Float](repeating: .nan, count: shape.featureStride))
      let argmax = FloatBuffer(count: shape.featureStride)
      PooledConvolution.forward(
        shape, image: image.base, weights: weights.convKernel.base, bias: weights.convBias.base,
        features: features.base, argmax: argmax.base)
      return (features, argmax)
    }
  }

  @Test(arguments: sizes)
  func forwardIsTheReference(_ size: [Int]) throws {
    let test = try #require(Case(size))
    let expected = test.expected
    let (features, argmax) = test.run()
    let count = test.shape.features
    #expect(
      largestDifference(expected.output, Array(features.elements.prefix(count))) < 1e-5)
    #expect(features.elements.dropFirst(count).allSatisfy { $0 == 0 })
    for (index, place) in argmax.elements.prefix(count).enumerated() {
      let isActive = features.elements[index] > 0
      #expect(place == (isActive ? Float(expected.argmax[index]) : PooledConvolution.inactive))
    }
  }

  @Test(arguments: sizes)
  func forwardWithoutPlacesIsTheSame(_ size: [Int]) throws {
    let test = try #require(Case(size))
    let features = FloatBuffer([Float](repeating: .nan, count: test.shape.featureStride))
    PooledConvolution.forward(
      test.shape, image: test.image.base, weights: test.weights.convKernel.base,
      bias: test.weights.convBias.base, features: features.base)
    #expect(features.elements == test.run().features.elements)
  }

  /// An image of one brightness gives four equal values in each window.
  @Test func tiesGoToTheFirst() throws {
    let test = try #require(Case([6, 6, 20]))
    for index in 0..<36 { test.image.base[index] = 0.5 }
    let (features, argmax) = test.run()
    for index in 0..<test.shape.features {
      let expected: Float = features.base[index] > 0 ? 0 : PooledConvolution.inactive
      #expect(argmax.base[index] == expected)
    }
  }

  @Test(arguments: sizes)
  func backwardIsTheReference(_ size: [Int]) throws {
    let test = try #require(Case(size))
    let (features, argmax) = test.run()
    var generator = SplitMix64(seed: 33)
    let dFeatures = FloatBuffer(randomFloats(test.shape.featureStride, from: &generator))
    let stride = test.shape.filterStride
    let gradient = FloatBuffer([Float](repeating: .nan, count: 10 * stride))

    PooledConvolution.backward(
      test.shape, image: test.image.base, dFeatures: dFeatures.base, argmax: argmax.base,
      gradient: gradient.base)

    let count = test.shape.features
    let pooled = Reference.maxPoolBackward(
      dOutput: Reference.reluBackward(
        dOutput: dFeatures.elements.prefix(count).map(Double.init),
        output: features.elements.prefix(count).map(Double.init)),
      argmax: test.expected.argmax, height: test.geometry.outputHeight,
      width: test.geometry.outputWidth, channels: test.geometry.filters)
    let expected = Reference.convolutionBackward(
      dOutput: pooled, input: test.image.elements.map(Double.init),
      kernel: test.kernel.map(Double.init), geometry: test.geometry)
    for row in 0..<10 {
      let values = Array(gradient.elements[row * stride..<(row + 1) * stride])
      let filters = test.geometry.filters
      let reference =
        row < 9
        ? Array(expected.dKernel[row * filters..<(row + 1) * filters]) : expected.dBias
      // Sums of up to 169 terms of the order of 1.
      #expect(largestDifference(reference, Array(values.prefix(filters))) < 1e-4)
      #expect(values.dropFirst(filters).allSatisfy { $0 == 0 })
    }
  }
}
