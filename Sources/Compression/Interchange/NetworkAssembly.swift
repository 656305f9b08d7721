package import NeuralNetwork

/// Puts a network together from the tensors of a file.
///
/// Files hold networks of images of 28×28 and 10 classes with the layers of the baseline CNN (the first
/// dense layer may be factorised), or with those of the depthwise network, with its normalizations or
/// after they were folded. Any number of filters and units is accepted, as long as the shapes agree with
/// one another.
package enum NetworkAssembly {
  /// The greatest magnitude of a parameter, normalizations folded.
  ///
  /// Trained networks stay below a hundred. With larger values the sums of squares that calibration takes
  /// of a layer's inputs would leave the range of a float.
  package static let greatestMagnitude: Float = 10_000

  /// The network whose parameters these are.
  package static func network(
    of parameters: [NamedParameter]
  ) throws(SafetensorsError) -> Network {
    let network = try layers(of: parameters)
    for parameter in network.foldingBatchNormalization.parameters {
      if let value = parameter.tensor.elements.first(where: {
        !($0.magnitude <= greatestMagnitude)
      }) {
        throw .badTensor(
          name: parameter.name, "a value is \(value), beyond ±\(Int(greatestMagnitude))")
      }
    }
    return network
  }

  private static func layers(
    of parameters: [NamedParameter]
  ) throws(SafetensorsError) -> Network {
    let tensors = NamedTensors(parameters)
    if tensors.has("depthwise_conv2d/kernel") {
      try tensors.checkNames(
        names(DepthwiseNetwork.layerNames, ["kernel", "bias"])
          + names(
            DepthwiseNetwork.normalizationNames,
            ["gamma", "beta", "moving_mean", "moving_variance"]))
      return try depthwise(tensors)
    }
    try tensors.checkNames(
      tensors.has("dense_u/kernel")
        ? names(["conv2d", "dense_v", "dense_1"], ["kernel", "bias"]) + ["dense_u/kernel"]
        : names(BaselineCNN.layerNames, ["kernel", "bias"]))
    return try seed(tensors)
  }

  private static func names(_ layers: [String], _ parameters: [String]) -> [String] {
    layers.flatMap { layer in parameters.map { "\(layer)/\($0)" } }
  }

  private static func seed(_ tensors: NamedTensors) throws(SafetensorsError) -> Network {
    let convolution = try tensors.take("conv2d/kernel", "[3, 3, 1, filters]", [3, 3, 1, nil])
    let filters = convolution.shape[3]
    let convolutionBias = try tensors.take("conv2d/bias", [filters])
    let (flattened, overflow) = filters.multipliedReportingOverflow(by: 13 * 13)
    guard !overflow else { throw .badTensor(name: "conv2d/kernel", "it has too many filters") }
    let (layers, units) = try firstDense(tensors, inputs: flattened)
    let output = try tensors.take("dense_1/kernel", "[\(units), 10]", [units, 10])
    let outputBias = try tensors.take("dense_1/bias", [10])
    return Network(
      inputShape: [28, 28, 1],
      layers: [
        .conv2d(
          Conv2D(
            name: "conv2d", kernel: convolution, bias: convolutionBias, activation: .relu)),
        .maxPool2x2, .flatten,
      ] + layers + [
        .dense(Dense(name: "dense_1", kernel: output, bias: outputBias, activation: .linear))
      ])
  }

  /// The first dense layer, as one or as two factors, and the number of its units.
  private static func firstDense(
    _ tensors: NamedTensors, inputs: Int
  ) throws(SafetensorsError) -> ([Layer], units: Int) {
    let pattern = "[\(inputs), units] (13·13·filters inputs)"
    guard tensors.has("dense_u/kernel") else {
      let kernel = try tensors.take("dense/kernel", pattern, [inputs, nil])
      let bias = try tensors.take("dense/bias", [kernel.shape[1]])
      let dense = Dense(name: "dense", kernel: kernel, bias: bias, activation: .relu)
      return ([.dense(dense)], kernel.shape[1])
    }
    let first = try tensors.take("dense_u/kernel", pattern, [inputs, nil])
    let rank = first.shape[1]
    let second = try tensors.take("dense_v/kernel", "[\(rank), units]", [rank, nil])
    let bias = try tensors.take("dense_v/bias", [second.shape[1]])
    return (
      [
        .dense(Dense(name: "dense_u", product: first)),
        .dense(Dense(name: "dense_v", kernel: second, bias: bias, activation: .relu)),
      ], second.shape[1]
    )
  }

  private static func depthwise(
    _ tensors: NamedTensors
  ) throws(SafetensorsError) -> Network {
    let hasNormalization = tensors.has("batch_normalization/gamma")
    let activation = hasNormalization ? Activation.linear : .relu
    let names = DepthwiseNetwork.layerNames
    let first = try tensors.take("conv2d/kernel", "[3, 3, 1, filters]", [3, 3, 1, nil])
    let filters = first.shape[3]
    let depthwise = try tensors.take(
      "depthwise_conv2d/kernel", "[3, 3, \(filters)]", [3, 3, filters])
    let pointwise = try tensors.take(
      "conv2d_1/kernel", "[1, 1, \(filters), points]", [1, 1, filters, nil])
    let points = pointwise.shape[3]
    let (flattened, overflow) = points.multipliedReportingOverflow(by: 5 * 5)
    guard !overflow else { throw .badTensor(name: "conv2d_1/kernel", "it has too many filters") }
    let dense = try tensors.take("dense/kernel", "[\(flattened), 10]", [flattened, 10])
    func normalization(_ index: Int, _ channels: Int) throws(SafetensorsError) -> [Layer] {
      guard hasNormalization else { return [] }
      let name = DepthwiseNetwork.normalizationNames[index]
      var norm = BatchNormalization(name: name, channels: channels, activation: .relu)
      norm.gamma = try tensors.take("\(name)/gamma", [channels])
      norm.beta = try tensors.take("\(name)/beta", [channels])
      norm.mean = try tensors.take("\(name)/moving_mean", [channels])
      norm.variance = try tensors.take("\(name)/moving_variance", [channels])
      guard norm.variance.elements.allSatisfy({ $0 >= 0 }) else {
        throw .badTensor(name: "\(name)/moving_variance", "a variance is not negative")
      }
      return [.batchNormalization(norm)]
    }
    var layers: [Layer] = [
      .conv2d(
        Conv2D(
          name: names[0], kernel: first, bias: try tensors.take("conv2d/bias", [filters]),
          activation: activation))
    ]
    layers += try normalization(0, filters)
    layers += [
      .maxPool2x2,
      .depthwiseConv2d(
        DepthwiseConv2D(
          name: names[1], kernel: depthwise,
          bias: try tensors.take("depthwise_conv2d/bias", [filters]), activation: activation)),
    ]
    layers += try normalization(1, filters)
    layers.append(
      .conv2d(
        Conv2D(
          name: names[2], kernel: pointwise, bias: try tensors.take("conv2d_1/bias", [points]),
          activation: activation)))
    layers += try normalization(2, points)
    layers += [
      .maxPool2x2, .flatten,
      .dense(
        Dense(
          name: names[3], kernel: dense, bias: try tensors.take("dense/bias", [10]),
          activation: .linear)),
    ]
    return Network(inputShape: [28, 28, 1], layers: layers)
  }
}

/// The tensors of a file by name.
private struct NamedTensors {
  private var tensors: [String: Tensor] = [:]
  private let order: [String]

  init(_ parameters: [NamedParameter]) {
    for parameter in parameters { tensors[parameter.name] = parameter.tensor }
    order = parameters.map(\.name)
  }

  func has(_ name: String) -> Bool { tensors[name] != nil }

  /// A tensor of a shape, whose nil extents may be anything.
  func take(
    _ name: String, _ pattern: String, _ shape: [Int?]
  ) throws(SafetensorsError) -> Tensor {
    guard let tensor = tensors[name] else { throw .missing(name: name) }
    let fits =
      tensor.shape.count == shape.count
      && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
    guard fits else {
      throw .badTensor(name: name, "its shape must be \(pattern), not \(tensor.shape)")
    }
    return tensor
  }

  /// A tensor of exactly this shape.
  func take(_ name: String, _ shape: [Int]) throws(SafetensorsError) -> Tensor {
    try take(name, "\(shape)", shape)
  }

  /// Refuses a file with a tensor of any other name.
  func checkNames(_ expected: [String]) throws(SafetensorsError) {
    if let name = order.first(where: { !expected.contains($0) }) {
      throw .unexpected(name: SafetensorsError.printable(name))
    }
  }
}
