/// A plot of the lab, as an experiment names it.
///
/// The order is the one in which the lab shows them behind those that the experiment names.
package enum PlotKind: String, Sendable, Hashable, CaseIterable, Codable {
  /// How a kernel's weights are distributed, with the grid that they are rounded to.
  case histogram
  /// The accuracy against the swept knob.
  case curve
  /// The bytes of every storage format, divided into what they hold.
  case bytes
  /// The bytes of every storage format against the swept knob.
  case crossings
  /// The measured times of an image by kernel.
  case latency
  /// Accuracy against bytes of every point visited.
  case pareto
  /// How the confusion matrix changed.
  case confusion
  /// Which weights of a kernel are zero.
  case mask
  /// The filters of the convolution.
  case filters
  /// What the convolution makes of an image.
  case features
  /// Images whose prediction changed.
  case flips
  /// The error of every layer's weights.
  case sqnr
  /// The accuracy with one layer rounded at a time.
  case sensitivity
  /// How a training goes.
  case training
  /// What was done to every kernel.
  case layers
  /// The same recipe and its control with several seeds.
  case seeds
  /// The recipe beside the pinned one.
  case compare
}
