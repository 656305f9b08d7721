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
  package static let maxMagnitude: Float = 10_000

  /// The network whose parameters these are.
  package static func network(
    of parameters: [NamedParameter]
  ) throws(SafetensorsError) -> Network {
    let network = try layers(of: parameters)
    for parameter in network.foldingBatchNormalization.parameters {
      if let value = parameter.tensor.elements.first(where: {
        !($0.magnitude <= maxMagnitude)
      }) {
        throw .badTensor(
          name: parameter.name.text, "a value is \(value), beyond ±\(Int(maxMagnitude))")
      }
    }
    return network
  }

  private static func layers(
    of parameters: [NamedParameter]
  ) throws(SafetensorsError) -> Network {
    let tensors = NamedTensors(parameters)
    let weights: [ParameterRole] = [.kernel, .bias]
    if tensors.has("depthwise_conv2d/kernel") {
      try tensors.checkNames(
        names(DepthwiseNetwork.layerNames, weights)
          + names(
            DepthwiseNetwork.normalizationNames,
            [.gamma, .beta, .movingMean, .movingVariance]))
      return try depthwise(tensors)
    }
    try tensors.checkNames(
      tensors.has("dense_u/kernel")
        ? names(["conv2d", "dense_v", "dense_1"], weights) + ["dense_u/kernel"]
        : names(BaselineCNN.layerNames, weights))
    return try baseline(tensors)
  }

  private static func names(_ layers: [String], _ roles: [ParameterRole]) -> [ParameterName] {
    layers.flatMap { layer in roles.map { ParameterName(layer, $0) } }
  }

  private static func baseline(_ tensors: NamedTensors) throws(SafetensorsError) -> Network {
    let convolution = try tensors.convolution(
      "conv2d", "[3, 3, 1, filters]", [3, 3, 1, nil], activation: .relu)
    let inputs = try flattened(convolution, places: 13 * 13)
    let pattern = "[\(inputs), units] (13·13·filters inputs)"
    let hidden: [Dense]
    if tensors.has("dense_u/kernel") {
      let first = try tensors.take("dense_u/kernel", pattern, [inputs, nil])
      let rank = first.shape[1]
      hidden = [
        Dense(name: "dense_u", product: first),
        try tensors.dense("dense_v", "[\(rank), units]", [rank, nil], activation: .relu),
      ]
    } else {
      hidden = [try tensors.dense("dense", pattern, [inputs, nil], activation: .relu)]
    }
    let units = hidden[hidden.count - 1].bias.count
    let last = try tensors.dense(
      "dense_1", "[\(units), 10]", [units, 10], activation: .linear)
    return Network(
      inputShape: [28, 28, 1],
      layers: [convolution, MaxPooling2D(), Flatten()] + hidden + [last])
  }

  private static func depthwise(_ tensors: NamedTensors) throws(SafetensorsError) -> Network {
    let hasNormalization = tensors.has("batch_normalization/gamma")
    let activation = hasNormalization ? Activation.linear : .relu
    let names = DepthwiseNetwork.layerNames
    let first = try tensors.convolution(
      names[0], "[3, 3, 1, filters]", [3, 3, 1, nil], activation: activation)
    let filters = first.bias.count
    let depthwise = DepthwiseConv2D(
      name: names[1],
      kernel: try tensors.take(
        ParameterName(names[1], .kernel), "[3, 3, \(filters)]", [3, 3, filters]),
      bias: try tensors.take(ParameterName(names[1], .bias), [filters]), activation: activation)
    let pointwise = try tensors.convolution(
      names[2], "[1, 1, \(filters), points]", [1, 1, filters, nil], activation: activation)
    let inputs = try flattened(pointwise, places: 5 * 5)
    let dense = try tensors.dense(
      names[3], "[\(inputs), 10]", [inputs, 10], activation: .linear)
    func normalization(
      _ index: Int, behind layer: any WeightedLayer
    ) throws(SafetensorsError) -> [any NetworkLayer] {
      guard hasNormalization else { return [] }
      let (name, channels) = (DepthwiseNetwork.normalizationNames[index], layer.bias.count)
      var norm = BatchNormalization(name: name, channels: channels, activation: .relu)
      norm.gamma = try tensors.take(ParameterName(name, .gamma), [channels])
      norm.beta = try tensors.take(ParameterName(name, .beta), [channels])
      norm.mean = try tensors.take(ParameterName(name, .movingMean), [channels])
      norm.variance = try tensors.take(ParameterName(name, .movingVariance), [channels])
      guard norm.variance.elements.allSatisfy({ $0 >= 0 }) else {
        throw .badTensor(
          name: "\(ParameterName(name, .movingVariance))", "a variance is not negative")
      }
      return [norm]
    }
    var layers: [any NetworkLayer] = [first]
    layers += try normalization(0, behind: first)
    layers += [MaxPooling2D(), depthwise] as [any NetworkLayer]
    layers += try normalization(1, behind: depthwise)
    layers.append(pointwise)
    layers += try normalization(2, behind: pointwise)
    layers += [MaxPooling2D(), Flatten(), dense] as [any NetworkLayer]
    return Network(inputShape: [28, 28, 1], layers: layers)
  }

  /// The number of values that an image has behind a convolution at `places` places.
  private static func flattened(
    _ layer: Conv2D, places: Int
  ) throws(SafetensorsError) -> Int {
    let (inputs, overflow) = layer.bias.count.multipliedReportingOverflow(by: places)
    guard !overflow else {
      throw .badTensor(name: "\(ParameterName(layer.name, .kernel))", "it has too many filters")
    }
    return inputs
  }
}

/// The tensors of a file by name.
private struct NamedTensors {
  private var tensors: [ParameterName: Tensor] = [:]
  private let order: [ParameterName]

  init(_ parameters: [NamedParameter]) {
    for parameter in parameters { tensors[parameter.name] = parameter.tensor }
    order = parameters.map(\.name)
  }

  func has(_ name: ParameterName) -> Bool { tensors[name] != nil }

  /// A tensor of a shape, whose nil extents may be anything.
  func take(
    _ name: ParameterName, _ pattern: String, _ shape: [Int?]
  ) throws(SafetensorsError) -> Tensor {
    guard let tensor = tensors[name] else { throw .missing(name: name.text) }
    let fits =
      tensor.shape.count == shape.count
      && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
    guard fits else {
      throw .badTensor(name: name.text, "its shape must be \(pattern), not \(tensor.shape)")
    }
    return tensor
  }

  /// A tensor of exactly this shape.
  func take(_ name: ParameterName, _ shape: [Int]) throws(SafetensorsError) -> Tensor {
    try take(name, "\(shape)", shape)
  }

  /// A convolution whose kernel has a shape.
  func convolution(
    _ name: String, _ pattern: String, _ shape: [Int?], activation: Activation
  ) throws(SafetensorsError) -> Conv2D {
    let kernel = try take(ParameterName(name, .kernel), pattern, shape)
    return Conv2D(
      name: name, kernel: kernel,
      bias: try take(ParameterName(name, .bias), [kernel.shape[3]]), activation: activation)
  }

  /// A dense layer whose kernel has a shape.
  func dense(
    _ name: String, _ pattern: String, _ shape: [Int?], activation: Activation
  ) throws(SafetensorsError) -> Dense {
    let kernel = try take(ParameterName(name, .kernel), pattern, shape)
    return Dense(
      name: name, kernel: kernel,
      bias: try take(ParameterName(name, .bias), [kernel.shape[1]]), activation: activation)
  }

  /// Refuses a file with a tensor of any other name.
  func checkNames(_ expected: [ParameterName]) throws(SafetensorsError) {
    if let name = order.first(where: { !expected.contains($0) }) {
      throw .unexpected(name: SafetensorsError.printable(name.text))
    }
  }
}
