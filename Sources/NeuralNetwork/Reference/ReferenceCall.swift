/// What a layer's reference operations are given.
package struct ReferenceCall<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
  /// The values of each input for one image.
  package let inputs: [[Scalar]]
  /// The shape of each input.
  package let inputShapes: [[Int]]
  /// The layer's parameters by role, in their flat order.
  let parameters: [ParameterRole: [Scalar]]

  /// The values of the first input.
  package var input: [Scalar] { inputs[0] }
  /// The shape of the first input.
  package var inputShape: [Int] { inputShapes[0] }

  /// The parameter of a role; a layer asks only for its own.
  package subscript(role: ParameterRole) -> [Scalar] {
    guard let values = parameters[role] else {
      preconditionFailure("The layer has no \(role.rawValue).")
    }
    return values
  }
}

/// The gradients of the loss of one image by what a layer was given.
package struct ReferenceGradients<Scalar: BinaryFloatingPoint & Sendable>: Sendable {
  /// By each input.
  package let inputs: [[Scalar]]
  /// By each parameter, by role.
  package let parameters: [ParameterRole: [Scalar]]

  /// Makes gradients; a layer without parameters gives none.
  package init(inputs: [[Scalar]], parameters: [ParameterRole: [Scalar]] = [:]) {
    self.inputs = inputs
    self.parameters = parameters
  }
}
