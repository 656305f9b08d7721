package import NeuralNetwork

/// Puts a network of the seed's layers together from the tensors of a file.
package enum NetworkAssembly {
  /// The network whose parameters these are.
  ///
  /// The layers are those of the seed network: 3×3 convolution, pooling, two dense layers, images of
  /// 28×28, 10 classes. Any number of filters and of hidden units is accepted, as long as the
  /// shapes agree with one another.
  package static func network(
    of parameters: [NamedParameter]
  ) throws(SafetensorsError) -> Sequential {
    var tensors: [String: Tensor] = [:]
    let expected = Recipe.layerNames.flatMap { ["\($0)/kernel", "\($0)/bias"] }
    for parameter in parameters {
      guard expected.contains(parameter.name) else {
        throw .unexpected(name: SafetensorsError.printable(parameter.name))
      }
      tensors[parameter.name] = parameter.tensor
    }
    func take(_ name: String, _ pattern: String, _ shape: [Int?]) throws(SafetensorsError)
      -> Tensor
    {
      guard let tensor = tensors[name] else { throw .missing(name: name) }
      let fits =
        tensor.shape.count == shape.count
        && zip(tensor.shape, shape).allSatisfy { $1 == nil || $0 == $1 }
      guard fits else {
        throw .badTensor(name: name, "its shape must be \(pattern), not \(tensor.shape)")
      }
      return tensor
    }
    let convolution = try take("conv2d/kernel", "[3, 3, 1, filters]", [3, 3, 1, nil])
    let filters = convolution.shape[3]
    let convolutionBias = try take("conv2d/bias", "[\(filters)]", [filters])
    let (flattened, overflow) = filters.multipliedReportingOverflow(by: 13 * 13)
    guard !overflow else { throw .badTensor(name: "conv2d/kernel", "it has too many filters") }
    let hidden = try take(
      "dense/kernel", "[\(flattened), units] (13·13·filters inputs)", [flattened, nil])
    let units = hidden.shape[1]
    let hiddenBias = try take("dense/bias", "[\(units)]", [units])
    let output = try take("dense_1/kernel", "[\(units), 10]", [units, 10])
    let outputBias = try take("dense_1/bias", "[10]", [10])
    return Sequential(
      inputShape: [28, 28, 1],
      layers: [
        .conv2d(
          Conv2D(
            name: "conv2d", kernel: convolution, bias: convolutionBias, activation: .relu)),
        .maxPool2x2, .flatten,
        .dense(Dense(name: "dense", kernel: hidden, bias: hiddenBias, activation: .relu)),
        .dense(Dense(name: "dense_1", kernel: output, bias: outputBias, activation: .linear)),
      ])
  }
}
