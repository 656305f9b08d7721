private import Synchronization

/// Keeps what integer networks computed of one data set, so that a change behind a layer does not
/// compute the layer again.
///
/// Give the same cache to the plans of one network after another. It holds the codes of the last
/// network only: a byte for each feature and hidden value of each image. Predictions are the same
/// with and without it.
package final class IntegerStageCache: Sendable {
  private let stages = Mutex(IntegerStages())

  /// Makes an empty cache.
  package init() {}

  /// Gives back all memory.
  package func clear() {
    stages.withLock { $0 = IntegerStages() }
  }

  /// Calls body with the stages of a network; with none while another call is using them.
  func withStages<Result>(
    of runner: IntegerRunner, on dataset: ImageDataset,
    _ body: (_ features: IntegerStages.Stage?, _ hidden: IntegerStages.Stage?) -> sending Result
  ) -> sending Result {
    stages.withLockIfAvailable { stages in
      let (features, hidden) = stages.stages(of: runner, on: dataset)
      return body(features, hidden)
    } ?? body(nil, nil)
  }
}
