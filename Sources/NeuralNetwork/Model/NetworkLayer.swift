/// One layer of a network, and all that the rest of the program needs to know of its kind.
///
/// A kind of layer is one folder under `Layers`: a value that conforms to this protocol, its readable
/// reference, and its kernels. A new kind needs no change of the others: networks, file formats, the
/// reference, the generic runner and the generic training ask what they need here.
package protocol NetworkLayer: Sendable, Equatable {
  /// The name in interchange files, by which other layers may name this one as an input too.
  var name: String { get }

  /// What the layer reads; most layers read the one before them.
  var inputs: [LayerInput] { get }

  /// Reads a layer of another name where it read `old`, which has gone.
  mutating func renameInput(_ old: String, to new: String)

  /// Where the parameters stand, in file order.
  var parameterPaths: [(role: ParameterRole, path: WritableKeyPath<Self, Tensor>)] { get }

  /// The shape of the output for one image, given those of the inputs.
  ///
  /// An image is [height, width, channels], a flat one [values]. Inputs that do not fit are a
  /// programmer's mistake.
  func outputShape(for inputs: [[Int]]) -> [Int]

  /// The multiply-accumulate operations of one image, dense arithmetic assumed.
  func macs(for inputs: [[Int]]) -> Int

  /// The name of the site that the output is, where quantization rounds it; nil if it stays as it is.
  var activationSite: String? { get }

  /// Whether rounding to a grid before the layer gives what rounding behind it does, as for a maximum.
  var commutesWithRounding: Bool { get }

  /// Whether the output is the input's memory, read in another shape.
  var isView: Bool { get }

  /// The layer before this one with this one taken into it; nil where the two stay apart.
  func folded(into previous: any NetworkLayer) -> (any NetworkLayer)?

  /// The output for one image by the readable reference, after its activation.
  func referenceForward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>
  ) -> [Scalar]

  /// The gradients by inputs and parameters for one image, given that by the output.
  ///
  /// - Parameter output: What `referenceForward` gave, rounded to a grid if there is one.
  func referenceBackward<Scalar: BinaryFloatingPoint & Sendable>(
    _ call: ReferenceCall<Scalar>, output: [Scalar], dOutput: [Scalar]
  ) -> ReferenceGradients<Scalar>

  /// Prepares the layer for the generic runner; a view is not asked.
  func makeInferenceStage(for inputs: [[Int]]) -> any InferenceStage

  /// Prepares the layer for the generic training; a view is not asked.
  func makeTrainingStage(_ values: StageValues) -> any TrainingStage
}

/// What a layer reads.
package enum LayerInput: Sendable, Hashable {
  /// The output of the layer before, or for the first layer the image.
  case previous
  /// The image.
  case image
  /// The output of the nearest layer of that name before.
  case output(of: String)
}

extension NetworkLayer {
  package var inputs: [LayerInput] { [.previous] }
  package mutating func renameInput(_ old: String, to new: String) {}
  package var parameterPaths: [(role: ParameterRole, path: WritableKeyPath<Self, Tensor>)] { [] }
  package func macs(for inputs: [[Int]]) -> Int { 0 }
  package var activationSite: String? { nil }
  package var commutesWithRounding: Bool { false }
  package var isView: Bool { false }
  package func folded(into previous: any NetworkLayer) -> (any NetworkLayer)? { nil }

  /// The parameters in file order.
  package var parameters: [NamedParameter] {
    parameterPaths.map {
      NamedParameter(name: ParameterName(name, $0.role), tensor: self[keyPath: $0.path])
    }
  }

  /// Replaces a parameter, if the layer has it, by another of the same shape.
  ///
  /// - Returns: Whether the layer has it.
  mutating func setParameter(_ role: ParameterRole, to tensor: Tensor) -> Bool {
    guard let path = parameterPaths.first(where: { $0.role == role })?.path else { return false }
    precondition(
      self[keyPath: path].shape == tensor.shape, "\(name)/\(role.rawValue) keeps its shape.")
    self[keyPath: path] = tensor
    return true
  }

  /// Whether another layer is of the same kind with the same values.
  func isEqual(to other: any NetworkLayer) -> Bool { other as? Self == self }

  /// The layer as one with weights, or nil if it has no kernel.
  package var weights: (any WeightedLayer)? { self as? any WeightedLayer }
}
