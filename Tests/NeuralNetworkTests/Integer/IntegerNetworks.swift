@testable import NeuralNetwork

/// A network with integer kernels and grids, of any sizes, and its results in plain arithmetic.
struct IntegerTestNetwork {
  let network: Network
  let kernels: IntegerKernels
  let grids: ActivationGrids

  /// Rounds a random network's kernels to codes of ±`greatest`.
  init(
    height: Int, width: Int, filters: Int, hidden: Int, classes: Int, seed: UInt64 = 41,
    greatest: Float = 127, isPerChannel: Bool = true, levels: Int = 255
  ) {
    var network = randomConvNet(
      height: height, width: width, filters: filters, hidden: hidden, classes: classes, seed: seed)
    var kernels: IntegerKernels = [:]
    for kernel in network.kernels {
      let (quantized, tensor) = Self.rounded(
        kernel.tensor, greatest: greatest, isPerChannel: isPerChannel)
      kernels[kernel.name.layer] = quantized
      network.setParameter(kernel.name, to: tensor)
    }
    self.network = network
    self.kernels = kernels
    grids = [
      "input": QuantizationParameters(scale: 1 / Float(levels), levels: levels),
      "conv2d": QuantizationParameters(scale: 3.1 / Float(levels), levels: levels),
      "dense": QuantizationParameters(scale: 1.7 / Float(levels), levels: levels),
    ]
  }

  private static func rounded(
    _ kernel: Tensor, greatest: Float, isPerChannel: Bool
  ) -> (IntegerKernel, Tensor) {
    let channels = kernel.shape[kernel.shape.count - 1]
    func largest(_ indices: some Sequence<Int>) -> Float {
      indices.reduce(Float(0)) { max($0, abs(kernel.elements[$1])) }
    }
    let scales =
      isPerChannel
      ? (0..<channels).map {
        largest(stride(from: $0, to: kernel.count, by: channels)) / greatest
      } : [largest(0..<kernel.count) / greatest]
    var tensor = kernel
    let codes = kernel.elements.indices.map { index in
      let scale = scales[isPerChannel ? index % channels : 0]
      let code = (kernel.elements[index] / scale).rounded(.toNearestOrEven)
      tensor.elements[index] = code * scale
      return Int8(code)
    }
    return (IntegerKernel(codes: codes, scales: scales), tensor)
  }

  /// The logits of some images by the integer reference.
  ///
  /// - Parameter held: What becomes of each exact sum before anything else is done to it.
  func referenceLogits(
    of dataset: ImageDataset, held: (Int) -> Int = { $0 }
  ) -> [Float] {
    (0..<dataset.count).flatMap { referenceLogits(of: dataset.image($0), held: held) }
  }

  private func referenceLogits(
    of pixels: ArraySlice<UInt8>, held: (Int) -> Int
  ) -> [Float] {
    guard let inference = IntegerRunner(network, kernels: kernels, activationGrids: grids),
      let conv = kernels["conv2d"], let first = kernels["dense"], let last = kernels["dense_1"],
      let inputGrid = grids["input"], let convGrid = grids["conv2d"], let denseGrid = grids["dense"]
    else { return [] }
    let shape = inference.shape
    let biases = network.parameters.filter { !$0.isKernel }.map(\.tensor.elements)
    let geometry = ConvolutionGeometry(
      height: shape.height, width: shape.width, channels: 1, kernelHeight: 3, kernelWidth: 3,
      filters: shape.filters)
    let sums = Reference.integerConvolution(
      input: pixels.map { inputGrid.code(Float($0) / 255) }, kernel: conv.codes.map(Int.init),
      geometry: geometry
    ).map(held)
    let pooled = Reference.maxPoolForward(
      input: sums.map(Double.init), height: geometry.outputHeight, width: geometry.outputWidth,
      channels: shape.filters
    ).output.map { Int($0) }
    let features = codes(
      pooled,
      Requantization(
        kernel: conv, bias: biases[0], inputScale: inputGrid.scale, grid: convGrid),
      channels: shape.filters, levels: convGrid.levels)
    let hidden = codes(
      Reference.integerDense(
        input: features, kernel: first.codes.map(Int.init), outputs: shape.hidden
      ).map(held),
      Requantization(kernel: first, bias: biases[1], inputScale: convGrid.scale, grid: denseGrid),
      channels: shape.hidden, levels: denseGrid.levels)
    let output = Requantization(
      kernel: last, bias: biases[2], inputScale: denseGrid.scale, grid: nil)
    return Reference.integerDense(
      input: hidden, kernel: last.codes.map(Int.init), outputs: shape.classes
    ).map(held).enumerated().map { index, sum in
      Reference.scaled(
        sum, multiplier: output.multipliers.base[index], offset: output.offsets.base[index])
    }
  }

  private func codes(
    _ sums: [Int], _ output: Requantization, channels: Int, levels: Int
  ) -> [Int] {
    sums.enumerated().map { index, sum in
      Reference.requantized(
        sum, multiplier: output.multipliers.base[index % channels],
        offset: output.offsets.base[index % channels], levels: levels)
    }
  }
}
