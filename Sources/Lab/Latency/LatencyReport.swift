/// How long images take through a compressed network and through the uncompressed one, kernel by
/// kernel, measured in one go on one thread.
package struct LatencyReport: Sendable, Equatable {
  /// The processor's name.
  package let processor: String
  /// The instructions that the kernels were compiled for.
  package let instructionSet: String
  /// What was timed: the uncompressed network first, smaller batches before larger ones.
  package let series: [Series]
  /// Rounds that were thrown away and measured again since the program was drawing meanwhile.
  package let repeatedRounds: Int
  /// Rounds that count although the program was drawing, since too many had been repeated already.
  package let disturbedRounds: Int

  /// The network that was timed.
  package enum Subject: String, Sendable, Hashable, CaseIterable {
    /// The uncompressed one.
    case baseline
    /// The recipe's.
    case recipe
  }

  /// The times of one kernel at one batch size.
  package struct Series: Sendable, Equatable {
    /// The network.
    package let subject: Subject
    /// The kernel: `float32`, `csr` or `int8` (see `LatencyMeter`).
    package let kernel: String
    /// The images that are given to the kernel at once.
    package let batch: Int
    /// The images of a round, whose mean time is one value of the distribution.
    package let imagesPerRound: Int
    /// Microseconds an image.
    package let distribution: LatencyDistribution

    /// Makes a series.
    package init(
      subject: Subject, kernel: String, batch: Int, imagesPerRound: Int,
      distribution: LatencyDistribution
    ) {
      self.subject = subject
      self.kernel = kernel
      self.batch = batch
      self.imagesPerRound = imagesPerRound
      self.distribution = distribution
    }
  }

  /// Makes a report.
  package init(
    processor: String, instructionSet: String, series: [Series], repeatedRounds: Int = 0,
    disturbedRounds: Int = 0
  ) {
    self.processor = processor
    self.instructionSet = instructionSet
    self.series = series
    self.repeatedRounds = repeatedRounds
    self.disturbedRounds = disturbedRounds
  }

  /// The batch sizes, smallest first.
  package var batches: [Int] { Set(series.map(\.batch)).sorted() }

  /// The times of a network's kernel at a batch size.
  package func distribution(
    of subject: Subject, kernel: String, batch: Int
  ) -> LatencyDistribution? {
    series.first { $0.subject == subject && $0.kernel == kernel && $0.batch == batch }?
      .distribution
  }

  /// The recipe's median microseconds an image at batch size 1, by kernel.
  package var medians: [String: Double] {
    Dictionary(
      series.filter { $0.subject == .recipe && $0.batch == 1 }
        .map { ($0.kernel, $0.distribution.median) }
    ) { first, _ in first }
  }

  /// The uncompressed network's median microseconds an image at batch size 1, in float.
  package var baselineMedian: Double? {
    distribution(of: .baseline, kernel: "float32", batch: 1)?.median
  }
}

extension LatencyReport.Series {
  /// Whether this is faster than another series beyond what rounds differ by: its upper quartile is
  /// below the other's lower one.
  package func isClearlyFaster(than other: Self) -> Bool {
    distribution.upperQuartile < other.distribution.lowerQuartile
  }
}
