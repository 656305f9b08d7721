import Testing
import VectorLanes

@testable import NeuralNetwork

@Suite struct GreatestActivationsTests {
  /// Filters, hidden units, classes, rows and columns around the kernels' vectors, panels and tiles.
  private static let sizes = [
    [32, 128, 10, 28, 28], [7, 5, 3, 9, 12], [16, 16, 16, 6, 6], [17, 33, 17, 11, 8],
    [33, 48, 11, 7, 16], [40, 3, 2, 8, 5],
  ]

  private func network(_ size: [Int], greatest: Float) -> IntegerTestNetwork {
    IntegerTestNetwork(
      height: size[3], width: size[4], filters: size[0], hidden: size[1], classes: size[2],
      greatest: greatest)
  }

  private func greatestByFloats(
    _ network: Network, on images: ImageDataset
  ) -> [String: Float] {
    var greatest: [String: Float] = [:]
    InferencePlan(network, skipsZeros: false).visitActivations(of: images, in: 0..<images.count) {
      site, values in greatest[site] = values.reduce(greatest[site] ?? 0, max)
    }
    return greatest
  }

  /// To the last bit, whether few or all of the images come into question: 60 are few enough.
  @Test(arguments: sizes, [127, 7, 1] as [Float])
  func valuesAreThoseOfTheFloatKernels(_ size: [Int], greatest: Float) throws {
    let test = network(size, greatest: greatest)
    let images = randomDataset(
      height: size[3], width: size[4], count: 60, classes: size[2], seed: 5)
    let weights = try #require(IntegerWeights(test.network, kernels: test.kernels))
    let cache = IntegerStageCache()
    let found = GreatestActivations.find(
      of: test.network, weights: weights, on: images, threads: 2, cache: cache)
    #expect(found == greatestByFloats(test.network, on: images))
    let again = GreatestActivations.find(
      of: test.network, weights: weights, on: images, threads: 3, cache: cache)
    #expect(again == found)
  }

  /// The cache holds the features of one convolution and one set of images; others must not see them.
  @Test func aChangedLayerOrImageIsSeenThroughTheCache() throws {
    let size = Self.sizes[0]
    let cache = IntegerStageCache()
    for (greatest, seed) in [(127, 5), (7, 5), (7, 6), (127, 6)] as [(Float, UInt64)] {
      let test = network(size, greatest: greatest)
      let images = randomDataset(
        height: size[3], width: size[4], count: 40, classes: size[2], seed: seed)
      let weights = try #require(IntegerWeights(test.network, kernels: test.kernels))
      let found = GreatestActivations.find(
        of: test.network, weights: weights, on: images, threads: 2, cache: cache)
      #expect(found == greatestByFloats(test.network, on: images))
    }
  }

  @Test func aNetworkWhoseFeaturesAreAllZeroIsLeftToTheFloatKernels() throws {
    var test = network(Self.sizes[0], greatest: 127).network
    var kernels: IntegerKernels = [:]
    for kernel in test.kernels {
      test.setParameter(
        kernel.name,
        to: Tensor(
          shape: kernel.tensor.shape, elements: [Float](repeating: 0, count: kernel.tensor.count)))
      kernels[kernel.name.layer] = IntegerKernel(
        codes: [Int8](repeating: 0, count: kernel.tensor.count), scales: [1])
    }
    test.setParameter(
      "conv2d/bias", to: Tensor(shape: [32], elements: [Float](repeating: -1, count: 32)))
    let weights = try #require(IntegerWeights(test, kernels: kernels))
    let images = randomDataset(height: 28, width: 28, count: 8, classes: 10, seed: 5)
    #expect(
      GreatestActivations.find(
        of: test, weights: weights, on: images, threads: 1, cache: IntegerStageCache()) == nil)
  }

  @Test func bytesAreInterleavedInGroupsOfFour() throws {
    // Panels of 32 and 16 outputs and what is left, whole groups of inputs and a part of one.
    for (inputs, outputs) in [(9, 50), (8, 32), (4, 16), (3, 5), (13, 81)] {
      let codes = (0..<inputs * outputs).map { Int8(truncatingIfNeeded: $0 * 7) }
      let packed = IntegerDense.pack(codes, inputs: inputs, outputs: outputs)
      let groups = (inputs + 3) / 4
      let stride = roundedUp(outputs, to: laneCount)
      for k in 0..<inputs {
        for output in 0..<outputs {
          let panel = output / 32 * 32
          let width = min(32, stride - panel)
          let place =
            panel * groups * 4 + k / 4 * 4 * width + 4 * (output - panel) + k % 4
          #expect(packed.weights[place] == codes[k * outputs + output])
        }
      }
    }
  }
}
