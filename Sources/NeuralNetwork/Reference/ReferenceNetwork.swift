/// A network run by the reference operations, one image at a time, in any precision.
///
/// It takes layers of any order and size. Where the fast kernels do not apply, this is what runs.
package struct ReferenceNetwork<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
  /// The kernel and bias of each layer that has them, in file order.
  package var parameters: [[Scalar]]

  private let layers: [Layer]
  /// For each layer, where its parameters begin.
  private let firstParameters: [Int]
  private let shapes: [[Int]]
  private let sites: [String?]
  private let activationGrids: ActivationGrids

  /// Prepares a network; its values are rounded to the given grids as they pass.
  package init(_ network: Network, activationGrids: ActivationGrids = [:]) {
    parameters = network.parameters.map { $0.tensor.elements.map { Scalar($0) } }
    layers = network.layers
    firstParameters = network.layers.reduce(into: [0]) {
      $0.append($0[$0.count - 1] + $1.parameters.count)
    }
    shapes = [network.inputShape] + network.outputShapes
    sites = network.activationSites
    self.activationGrids = activationGrids
  }

  /// What one image became on its way through the network.
  package struct Trace {
    /// The input, then each layer's output after its activation and rounding.
    package fileprivate(set) var values: [[Scalar]]
    /// For each pooling layer, by its index, where each largest value came from.
    fileprivate var argmax: [Int: [UInt8]] = [:]

    /// What the last layer gave.
    package var logits: [Scalar] { values.last ?? [] }
  }

  /// Runs one image: `input` holds its values in the order height, width, channel.
  package func forward(_ input: [Scalar]) -> Trace {
    var trace = Trace(values: [rounded(input, at: Network.inputSite)])
    for (index, layer) in layers.enumerated() {
      let current = trace.logits
      let first = firstParameters[index]
      var output: [Scalar]
      var activation = Activation.linear
      switch layer {
      case .conv2d(let conv):
        output = Reference.convolutionForward(
          input: current, kernel: parameters[first], bias: parameters[first + 1],
          geometry: layer.geometry(for: shapes[index]))
        activation = conv.activation
      case .depthwiseConv2d(let conv):
        output = Reference.depthwiseForward(
          input: current, kernel: parameters[first], bias: parameters[first + 1],
          geometry: layer.geometry(for: shapes[index]))
        activation = conv.activation
      case .batchNormalization(let norm):
        output = normalized(current, first: first)
        activation = norm.activation
      case .maxPool2x2:
        let shape = shapes[index]
        let pooled = Reference.maxPoolForward(
          input: current, height: shape[0], width: shape[1], channels: shape[2])
        output = pooled.output
        trace.argmax[index] = pooled.argmax
      case .flatten:
        output = current
      case .dense(let dense):
        output = Reference.denseForward(
          input: current, kernel: parameters[first],
          bias: dense.hasBias
            ? parameters[first + 1] : [Scalar](repeating: 0, count: dense.bias.count))
        activation = dense.activation
      }
      if activation == .relu { output = Reference.reluForward(output) }
      trace.values.append(sites[index].map { rounded(output, at: $0) } ?? output)
    }
    return trace
  }

  /// The loss of one traced image, and its gradients by the parameters, in their order.
  ///
  /// Roundings to grids are passed over as if they were not there.
  package func backward(_ trace: Trace, label: Int) -> (loss: Scalar, gradients: [[Scalar]]) {
    let (loss, probabilities) = Reference.softmaxCrossEntropyForward(
      logits: trace.logits, label: label)
    var dOutput = Reference.softmaxCrossEntropyBackward(
      probabilities: probabilities, label: label)
    var gradients = parameters
    for (index, layer) in layers.enumerated().reversed() {
      let (input, output) = (trace.values[index], trace.values[index + 1])
      let first = firstParameters[index]
      switch layer {
      case .conv2d(let conv):
        if conv.activation == .relu {
          dOutput = Reference.reluBackward(dOutput: dOutput, output: output)
        }
        let gradient = Reference.convolutionBackward(
          dOutput: dOutput, input: input, kernel: parameters[first],
          geometry: layer.geometry(for: shapes[index]))
        gradients[first] = gradient.dKernel
        gradients[first + 1] = gradient.dBias
        dOutput = gradient.dInput
      case .maxPool2x2:
        let shape = shapes[index]
        dOutput = Reference.maxPoolBackward(
          dOutput: dOutput, argmax: trace.argmax[index] ?? [], height: shape[0], width: shape[1],
          channels: shape[2])
      case .flatten:
        continue
      case .depthwiseConv2d(let conv):
        if conv.activation == .relu {
          dOutput = Reference.reluBackward(dOutput: dOutput, output: output)
        }
        let gradient = Reference.depthwiseBackward(
          dOutput: dOutput, input: input, kernel: parameters[first],
          geometry: layer.geometry(for: shapes[index]))
        gradients[first] = gradient.dKernel
        gradients[first + 1] = gradient.dBias
        dOutput = gradient.dInput
      case .batchNormalization:
        preconditionFailure("A normalization is trained on batches, not on single images.")
      case .dense(let dense):
        if dense.activation == .relu {
          dOutput = Reference.reluBackward(dOutput: dOutput, output: output)
        }
        let gradient = Reference.denseBackward(
          dOutput: dOutput, input: input, kernel: parameters[first])
        gradients[first] = gradient.dKernel
        if dense.hasBias { gradients[first + 1] = gradient.dBias }
        dOutput = gradient.dInput
      }
    }
    return (loss, gradients)
  }

  /// Calls body for the input and for each site, in the order of the layers.
  package func visitSites(of trace: Trace, _ body: (_ site: String, _ values: [Scalar]) -> Void) {
    body(Network.inputSite, trace.values[0])
    for (index, site) in sites.enumerated() {
      if let site { body(site, trace.values[index + 1]) }
    }
  }

  /// A normalization by its moving mean and variance, from parameter `first` on.
  private func normalized(_ values: [Scalar], first: Int) -> [Scalar] {
    let (gamma, beta) = (parameters[first], parameters[first + 1])
    let (mean, variance) = (parameters[first + 2], parameters[first + 3])
    return values.enumerated().map { index, value in
      let channel = index % gamma.count
      let deviation = (variance[channel] + Scalar(BatchNormalization.epsilon)).squareRoot()
      return gamma[channel] * (value - mean[channel]) / deviation + beta[channel]
    }
  }

  private func rounded(_ values: [Scalar], at site: String) -> [Scalar] {
    guard let grid = activationGrids[site] else { return values }
    return values.map { Scalar(grid.rounded(Float($0))) }
  }
}
