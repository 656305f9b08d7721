package import Compression
package import NeuralNetwork

/// What the laboratory answers; most requests are answered several times, step by step.
package enum LabReply: Sendable {
  // To `measure`.

  /// How the recipe's training goes; comes many times, before all figures.
  case training(TrainingCurve)
  /// What the training had learned when it was ended early; comes in place of all figures, once
  /// without and once with the bytes.
  case stopped(StoppedTraining)
  /// A first figure from a part of the test set.
  case estimate(Estimate)
  /// The weights of the recipe's kernels, by the kernel's name.
  case histograms([String: WeightHistogram])
  /// The figures of the whole test set, as far as they are known; comes once for each stage.
  case measured(Measurement, MeasurementStage)

  // To the requests that accompany a measurement.

  /// A picture.
  case picture(DrawnPicture)
  /// A point of the curve along a key.
  case point(SweepPoint)
  /// A point of the comparison of layers: one layer alone is rounded.
  case layerPoint(layer: String, bits: Int, SweepPoint)
  /// The bytes of every format at a value of the key.
  case bytes(at: String, [StorageFormat: Int])
  /// How far the runs with several seeds are.
  case seeds(SeedRuns)

  // To looks into a network.

  /// One test image in the integer network.
  case inspection(ImageInspection)
  /// The sums so far; comes again until all images were run.
  case survey(AccumulatorSurvey)
  /// The share of a report's fine-tuning that is done.
  case tuning(share: Double)
  /// What somebody sees of a network.
  case report(FaultReport)
  /// What a probe measured.
  case reading(ProbeReading)

  // To every request.

  /// The files are open; the new network is there.
  case opened
  /// The request of a slot cannot be met, for a reason.
  case refused(LabSlot, any Error)
}

/// How much of a measurement is known.
package enum MeasurementStage: Int, Sendable, Hashable {
  /// The accuracy on all images; neither bytes nor latency.
  case accuracy
  /// The bytes of every format too.
  case bytes
  /// Everything: the latency, measured when nothing else was running.
  case latency
}
