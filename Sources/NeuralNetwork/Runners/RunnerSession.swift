/// One thread's work with a runner, in memory that is set aside once: nothing is allocated while images
/// run.
///
/// A session belongs to one thread at a time; its predictions are those of its runner.
package protocol RunnerSession: AnyObject {
  /// Calls body with the predicted class of each image of a range, in order; of equal logits the lowest
  /// class.
  func run(_ dataset: ImageDataset, in range: Range<Int>, _ body: (UInt8) -> Void)
}

extension RunnerSession {
  /// The predicted class of one image; of equal logits the lowest class.
  package func run(_ dataset: ImageDataset, _ index: Int) -> UInt8 {
    var prediction: UInt8 = 0
    run(dataset, in: index..<index + 1) { prediction = $0 }
    return prediction
  }
}

/// A session of a runner of any kind.
final class Session<Runner: ForwardRunner>: RunnerSession {
  private let runner: Runner
  private let scratch: Runner.Scratch
  private let blockSize: Int

  /// Sets memory aside for blocks of that many images.
  init(_ runner: Runner, images: Int) {
    self.runner = runner
    blockSize = images
    scratch = runner.makeScratch(images: images)
  }

  func run(_ dataset: ImageDataset, in range: Range<Int>, _ body: (UInt8) -> Void) {
    runner.check(dataset, range)
    dataset.forEachBlock(in: range, of: blockSize) { block in
      let logits = runner.run(block, in: scratch)
      for row in 0..<block.count { body(runner.predictedClass(logits + row * runner.logitStride)) }
    }
  }
}
