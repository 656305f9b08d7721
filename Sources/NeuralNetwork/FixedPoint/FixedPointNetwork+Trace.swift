extension FixedPointNetwork {
  /// What the sums of a traced image would be in 32 bits, each layer given the codes that it was given.
  package func exactAccumulators(in trace: Trace) -> [[Int32]] {
    zip(weightedLayers, trace.inputs).map { $0.accumulators(of: $1, in: .int32) }
  }

  /// The values that the outputs of a traced image stand for, for each layer with weights.
  package func values(of trace: Trace) -> [[Float]] {
    zip(weightedLayers, trace.outputs).map { layer, codes in
      guard let output = layer.output else {
        let channels = layer.geometry.filters
        return codes.enumerated().map { Float(Double($1) * layer.sumScale($0 % channels)) }
      }
      return codes.map(output.value)
    }
  }
}
