package import NeuralNetwork

extension Fault {
  /// The images that calibration sees where it should see the first so many of a training set.
  ///
  /// - Parameters:
  ///   - training: The training set.
  ///   - count: How many images; fewer where there are no more of the one class.
  package func calibrationImages(of training: ImageDataset, count: Int) -> ImageDataset {
    let size = training.height * training.width
    switch self {
    case .unscaledCalibration:
      let first = training.prefix(count)
      return ImageDataset(
        height: first.height, width: first.width, pixels: first.pixels, labels: first.labels,
        divisor: 1)
    case .blackCalibration:
      let labels = Array(training.labels.prefix(count))
      return ImageDataset(
        height: training.height, width: training.width,
        pixels: [UInt8](repeating: 0, count: labels.count * size), labels: labels)
    case .oneClassCalibration:
      let least = training.labels.min() ?? 0
      let indices = training.labels.indices.filter { training.labels[$0] == least }.prefix(count)
      return ImageDataset(
        height: training.height, width: training.width,
        pixels: indices.flatMap { training.image($0) },
        labels: [UInt8](repeating: least, count: indices.count))
    default:
      return training.prefix(count)
    }
  }
}
