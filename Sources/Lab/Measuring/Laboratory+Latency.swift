package import Compression
import NeuralNetwork
import Synchronization

extension Laboratory {
  /// The spread of the time of an image through the compressed network and the uncompressed one.
  ///
  /// See `LatencyMeter` for the kernels and the conditions.
  ///
  /// - Parameters:
  ///   - activity: what else the program does meanwhile.
  ///   - isCancelled: asked between rounds, some milliseconds apart.
  /// - Throws: `LabError.cancelled`, or what compressing throws (see `compressed`).
  package func latency(
    of recipe: Recipe, activity: ForegroundActivity = ForegroundActivity(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> LatencyReport {
    try LatencyMeter.measure(
      try prepare(recipe), beside: baselinePlan, on: test, activity: activity,
      isCancelled: isCancelled)
  }

  /// The uncompressed network in float arithmetic, which every measurement of time is held against.
  private var baselinePlan: InferencePlan {
    memory.withLock { memory in
      if let plan = memory.baselinePlan { return plan }
      let plan = InferencePlan(network)
      memory.baselinePlan = plan
      return plan
    }
  }
}
