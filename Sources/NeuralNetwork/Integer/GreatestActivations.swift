private import CKernels
import VectorLanes

/// The greatest values between the layers of a network whose kernels are integer codes, while what
/// passes between its layers stays float.
///
/// The values are those of the float kernels, to the last bit, but only few of them are computed. A
/// run in integers, on a grid of 256 features that surely reaches far enough, tells every value within
/// a bound: a feature is off by at most half a step s, so an output of weights w by at most
/// s/2 · Σ|w|. Only where a value may be the greatest, given the bounds of all, it is computed in
/// float. For the baseline CNN and 1,024 images that are one to three images.
package enum GreatestActivations {
  /// So many images are computed in float at most; where more come into question, the run in
  /// integers told too little to be worth it.
  private static let maxImages = 64

  /// Rounding of the float kernels' sums, relative to Σ|w| · (greatest feature): at most 200
  /// additions follow one another, each off by 2⁻²⁴, and as much again for the run in integers.
  private static let roundingShare: Float = 2e-5

  /// Finds the greatest values for all images of a set, by site.
  ///
  /// The result does not depend on the number of threads, nor on what the cache holds.
  ///
  /// - Parameters:
  ///   - network: Its kernels hold the weights that the codes stand for.
  ///   - weights: The codes of its kernels.
  ///   - images: The calibration images; labels are not looked at.
  ///   - cache: Keeps features of the same images from one network to the next.
  /// - Returns: Nil where the run in integers tells too little; then the float kernels must be run.
  package static func find(
    of network: Network, weights: IntegerWeights, on images: ImageDataset, threads: Int,
    cache: IntegerStageCache
  ) -> [String: Float]? {
    guard let layers = ConvNetLayers(network) else { return nil }
    let (featureSite, hiddenSite) = (layers.convolution.name, layers.first.name)
    let greatestInput = Float(images.pixels.max() ?? 0) / 255
    let exact = ExactValues(layers)
    let reach = exact.reachOfFeatures(input: greatestInput)
    guard reach > 1e-20, reach.isFinite,
      let inference = IntegerRunner(
        network, weights: weights,
        activationGrids: [
          Network.inputSite: QuantizationParameters(scale: 1 / 255, levels: 255),
          featureSite: QuantizationParameters(scale: reach / 255, levels: 255),
          hiddenSite: QuantizationParameters(scale: 1, levels: 255),
        ])
    else { return nil }
    let (features, hidden) = cache.withStages(of: inference, on: images) { stage, _ in
      let stage =
        stage ?? IntegerStages.Stage(images: images.count, stride: inference.featureStride)
      let (greatestCodes, hidden) = run(inference, on: images, threads: threads, features: stage)
      if stage.greatest == nil {
        stage.greatest = exact.greatestFeature(
          of: images, greatestCodes: greatestCodes, maxImages: maxImages)
      }
      return (stage.greatest, hidden)
    }
    guard let features else { return nil }
    let bounds = exact.sumsOfMagnitudes.map {
      $0 * (reach / 255 * 0.51 + roundingShare * reach)
    }
    guard
      let greatestHidden = exact.greatestHidden(
        of: images, values: hidden, bounds: bounds, maxImages: maxImages)
    else { return nil }
    return [Network.inputSite: greatestInput, featureSite: features, hiddenSite: greatestHidden]
  }

  /// Computes the feature codes that are not known yet, with the greatest of each image, and the first
  /// dense layer's outputs before ReLU as values, `hiddenStride` an image.
  private static func run(
    _ inference: IntegerRunner, on images: ImageDataset, threads: Int,
    features: IntegerStages.Stage
  ) -> (greatestCodes: ByteBuffer, hidden: FloatBuffer) {
    let stride = inference.shape.hiddenStride
    let size = images.height * images.width
    let blockSize = IntegerRunner.blockSize
    let blocks = (images.count + blockSize - 1) / blockSize
    let values = FloatBuffer(
      count: roundedUp(images.count, to: IntegerDense.tileRows) * stride)
    let greatestCodes = ByteBuffer(count: images.count)
    let needsGreatest = features.greatest == nil
    let scratches = (0..<min(threads, blocks)).map { _ in
      IntegerRunner.Scratch(inference, images: 1)
    }
    images.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      // The array outlives all calls of the closure, which only read it.
      nonisolated(unsafe) let pixels = base
      Parallel.forEach(count: blocks, threads: threads) { block, worker in
        let first = block * blockSize
        let block = first..<min(first + blockSize, images.count)
        let codes = features.codes(of: first)
        if !features.knows(block) {
          inference.computeFeatures(
            pixels + first * size, images: block.count, into: codes, in: scratches[worker])
          features.learn(block)
        }
        if needsGreatest {
          for image in block {
            greatestCodes.codes[image] = nibble_greatest_byte(
              features.codes(of: image), inference.shape.features)
          }
        }
        inference.computeHiddenValues(
          codes, images: block.count, into: values.base + first * stride)
      }
    }
    return (greatestCodes, values)
  }
}

/// Single values of a network, computed by the float kernels.
private struct ExactValues {
  private let layers: ConvNetLayers
  private let convolution: FloatBuffer
  private let convolutionBias: FloatBuffer
  private let table = FloatBuffer(PixelValues.table())

  private var shape: ConvNetShape { layers.shape }

  init(_ layers: ConvNetLayers) {
    self.layers = layers
    let shape = layers.shape
    convolution = FloatBuffer(count: 9 * shape.filterStride)
    convolutionBias = FloatBuffer(count: shape.filterStride)
    ConvNetWeights.pack(
      convolution: layers.convolution.kernel.elements, shape, into: convolution.base)
    for (filter, bias) in layers.convolution.bias.elements.enumerated() {
      convolutionBias.base[filter] = bias
    }
  }

  /// What no feature exceeds for pixels of 0 … `input`: max over filters of Σ max(w, 0) · input + b.
  func reachOfFeatures(input: Float) -> Float {
    let kernel = layers.convolution.kernel.elements
    let reaches = (0..<shape.filters).map { filter in
      stride(from: filter, to: kernel.count, by: shape.filters)
        .reduce(convolutionBias.base[filter]) { $0 + max(kernel[$1], 0) * input }
    }
    return (reaches.max() ?? 0) * 1.0001
  }

  /// Σ|w| of each output of the first dense layer, [hiddenStride].
  var sumsOfMagnitudes: [Float] {
    var sums = [Float](repeating: 0, count: shape.hiddenStride)
    layers.first.kernel.elements.withUnsafeBufferPointer { kernel in
      guard let base = kernel.baseAddress else { return }
      var output = 0
      while output < shape.hidden {
        if output &+ laneCount <= shape.hidden {
          var lanes = Lanes.zero
          for input in 0..<shape.features {
            let weights = Lanes(at: base + input &* shape.hidden + output)
            lanes += weights.larger(-weights)
          }
          for lane in 0..<laneCount { sums[output + lane] = lanes[lane] }
          output += laneCount
        } else {
          for input in 0..<shape.features {
            sums[output] += abs(kernel[input * shape.hidden + output])
          }
          output += 1
        }
      }
    }
    return sums
  }

  /// The greatest feature of all images, given the greatest code of each; nil if too many images come
  /// into question.
  func greatestFeature(
    of images: ImageDataset, greatestCodes: ByteBuffer, maxImages: Int
  ) -> Float? {
    // A code is the nearest one, so the greatest value's is at most one below the greatest code.
    let codes = greatestCodes.codes
    let limit = (0..<images.count).reduce(0) { max($0, Int(codes[$1])) } - 1
    let candidates = (0..<images.count).filter { Int(codes[$0]) >= limit }
    guard candidates.count <= maxImages, limit > 0 else { return nil }
    let features = FloatBuffer(count: shape.featureStride)
    return candidates.reduce(0) { result, image in
      computeFeatures(of: images, image: image, into: features)
      return (0..<shape.features).reduce(result) { max($0, features.base[$1]) }
    }
  }

  private func computeFeatures(of images: ImageDataset, image: Int, into features: FloatBuffer) {
    let size = shape.height * shape.width
    let values = FloatBuffer(count: size)
    images.pixels.withUnsafeBufferPointer { pixels in
      guard let base = pixels.baseAddress else { return }
      PixelValues.convert(
        base + image * size, count: size, table: table.base, into: values.base)
    }
    PooledConvolution.forward(
      shape, image: values.base, weights: convolution.base, bias: convolutionBias.base,
      features: features.base)
  }

  /// The greatest output of the first dense layer after ReLU, given each output before ReLU within a
  /// bound; nil if too many images come into question.
  func greatestHidden(
    of images: ImageDataset, values: FloatBuffer, bounds: [Float], maxImages: Int
  ) -> Float? {
    let candidates = candidates(images: images.count, values: values, bounds: bounds)
    let outputs = Set(candidates.flatMap(\.outputs)).sorted()
    guard candidates.count <= maxImages else { return nil }
    guard !outputs.isEmpty else { return 0 }
    let sizes = DenseForward.Sizes(
      inputStride: shape.featureStride, outputStride: roundedUp(outputs.count, to: laneCount))
    let weights = FloatBuffer(count: sizes.outputStride * sizes.inputStride)
    let bias = FloatBuffer(count: sizes.outputStride)
    let kernel = layers.first.kernel.elements
    let allBiases = layers.first.bias.elements
    for (row, output) in outputs.enumerated() {
      bias.base[row] = allBiases[output]
      for input in 0..<shape.features {
        weights.base[row * sizes.inputStride + input] = kernel[input * shape.hidden + output]
      }
    }
    let features = FloatBuffer(count: shape.featureStride)
    let hidden = FloatBuffer(count: sizes.outputStride)
    return candidates.reduce(0) { result, candidate in
      computeFeatures(of: images, image: candidate.image, into: features)
      DenseForward.forwardOne(
        sizes, input: features.base, weights: weights.base, bias: bias.base, output: hidden.base,
        relu: true)
      return outputs.indices.reduce(result) { max($0, hidden.base[$1]) }
    }
  }

  /// The images and outputs whose value may be the greatest.
  private func candidates(
    images: Int, values: FloatBuffer, bounds: [Float]
  ) -> [(image: Int, outputs: [Int])] {
    bounds.withUnsafeBufferPointer { bounds in
      guard let bound = bounds.baseAddress else { return [] }
      // The greatest value is surely not below this; after ReLU not below zero either.
      var least = Lanes.zero
      for image in 0..<images {
        let row = values.base + image &* shape.hiddenStride
        for output in stride(from: 0, to: shape.hiddenStride, by: laneCount) {
          least = least.larger(Lanes(at: row + output) - Lanes(at: bound + output))
        }
      }
      let limit = least.max()
      var candidates: [(image: Int, outputs: [Int])] = []
      for image in 0..<images {
        let row = values.base + image &* shape.hiddenStride
        var greatest = Lanes(repeating: -.infinity)
        for output in stride(from: 0, to: shape.hiddenStride, by: laneCount) {
          greatest = greatest.larger(Lanes(at: row + output) + Lanes(at: bound + output))
        }
        guard greatest.max() >= limit else { continue }
        let outputs = (0..<shape.hidden).filter { row[$0] + bound[$0] >= limit }
        if !outputs.isEmpty { candidates.append((image, outputs)) }
      }
      return candidates
    }
  }
}
