package import Compression

extension Fault {
  /// The probes that show that the fault is at work.
  package var tellingProbes: [FaultProbe] {
    switch self {
    case .none: []
    case .unscaledCalibration, .blackCalibration: [.grids, .floatActivations]
    case .oneClassCalibration: [.grids]
    case .droppedMask: [.zeros, .withoutTuning]
    case .noGradient: [.withoutTuning]
    case .int16Accumulator: [.sums, .floatSums]
    case .int8Bias, .saturatedBias: [.biases]
    case .scale128: [.weights]
    case .channelFirstFlatten: [.layers, .floatWeights]
    case .shiftedZeroPoint: [.weights, .zeros]
    case .transposedPattern: [.zeros]
    }
  }
}
