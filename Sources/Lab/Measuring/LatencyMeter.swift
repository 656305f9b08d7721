package import NeuralNetwork

/// Measures how long a network takes for one image.
package enum LatencyMeter {
  /// The rounds whose median counts.
  private static let rounds = 15
  /// The images of one round; long enough for the clock's resolution, short enough to stop soon.
  private static let imagesPerRound = 40

  /// The median microseconds of an image, by kernel, on one thread with the caches warm.
  ///
  /// Batch size 1: one image after another, each classified before the next begins. The kernel
  /// `float32` multiplies every weight, zeros included; `int8` does so in integer arithmetic and is
  /// there where the recipe allows it; `csr` multiplies the first dense layer's nonzero weights only
  /// and is there where that pays.
  package static func measure(
    _ variant: PreparedVariant, on images: ImageDataset
  ) -> [String: Double] {
    guard images.count > 0 else { return [:] }
    let floatPlan = variant.engine.floatPlan
    let densePlan = floatPlan.skipsZeros ? variant.engine.densePlan() : floatPlan
    var latency = ["float32": measure(densePlan.makeSingleImageRunner(), on: images)]
    if floatPlan.skipsZeros {
      latency["csr"] = measure(floatPlan.makeSingleImageRunner(), on: images)
    }
    if let integerPlan = variant.engine.integerPlan {
      latency["int8"] = measure(integerPlan.makeSingleImageRunner(), on: images)
    }
    return latency
  }

  private static func measure(_ runner: SingleImageRunner, on images: ImageDataset) -> Double {
    let clock = ContinuousClock()
    var checksum = 0
    func round(_ start: Int) {
      for offset in 0..<imagesPerRound {
        checksum &+= Int(runner.run(images, (start + offset) % images.count))
      }
    }
    round(0)
    let times = (0..<rounds).map { index in
      clock.measure { round(index * imagesPerRound) } / .microseconds(imagesPerRound)
    }.sorted()
    // The predictions must be needed, or the compiler may leave the work out.
    precondition(checksum >= 0, "Classes are not negative.")
    return times[times.count / 2]
  }
}
