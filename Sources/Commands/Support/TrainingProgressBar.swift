import Foundation
import NeuralNetwork

/// A line on standard error that shows how far a training is.
///
/// On a terminal only; in a pipe nothing is written.
final class TrainingProgressBar {
  private let isShown = Console.showsProgress
  private var lastDrawn = Date.distantPast
  private var wasDrawn = false

  /// Draws the line anew, at most ten times a second and always at the end of an epoch.
  func show(_ progress: TrainingProgress) {
    guard isShown else { return }
    let isEpochEnd = progress.imagesSeen == progress.imagesTotal
    guard isEpochEnd || Date().timeIntervalSince(lastDrawn) >= 0.1 else { return }
    lastDrawn = Date()
    wasDrawn = true
    let width = Console.width(of: STDERR_FILENO) ?? 80
    Console.progress("\r\u{1b}[K" + Self.line(for: progress, width: width))
    if isEpochEnd { Console.progress("\n") }
  }

  /// Leaves the line so that what follows starts on a new one.
  func finish() {
    guard isShown, wasDrawn else { return }
    Console.progress("\r\u{1b}[K")
  }

  /// The line for a width; what does not fit is left out from the right.
  static func line(for progress: TrainingProgress, width: Int) -> String {
    let fraction = Double(progress.imagesSeen) / Double(max(1, progress.imagesTotal))
    let cells = 20
    let filled = Int((fraction * Double(cells)).rounded(.down))
    let bar = String(repeating: "=", count: filled) + String(repeating: " ", count: cells - filled)
    let seconds = Int(progress.secondsLeft.rounded(.up))
    let text =
      "epoch \(progress.epoch)/\(progress.epochs) [\(bar)] "
      + String(
        format: "loss %.4f  accuracy %.2f %%  %.0f images/s  %d:%02d left", progress.loss,
        progress.accuracy * 100, progress.imagesPerSecond, seconds / 60, seconds % 60)
    return String(text.prefix(max(0, width - 1)))
  }
}
