import Compression
import NeuralNetwork
import Synchronization

@testable import Lab

/// A little network and images for it, so that a measurement takes milliseconds.
enum LabSupport {
  static func network(filters: Int = 2, hidden: Int = 5) -> Network {
    BaselineCNN.make(seed: 7, imageSide: 28, filters: filters, hidden: hidden, classes: 10)
  }

  static func images(_ count: Int, seed: UInt64 = 3) -> ImageDataset {
    var state = seed
    func next() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 56)
    }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(count * 784)
    for image in 0..<count {
      // Blocks of light in different places, so that predictions differ from image to image.
      let (top, left) = (Int(next()) % 20, Int(next()) % 20)
      for row in 0..<28 {
        for column in 0..<28 {
          let isLit = (top..<top + 8).contains(row) && (left..<left + 8).contains(column)
          pixels.append(isLit ? 200 + UInt8(image % 50) : UInt8((row * column + image) % 40))
        }
      }
    }
    return ImageDataset(
      height: 28, width: 28, pixels: pixels, labels: (0..<count).map { _ in next() % 10 })
  }

  static func laboratory(images count: Int = 1_200) -> Laboratory {
    Laboratory(network: network(), test: images(count), threads: 2) { images(64, seed: 9) }
  }
}

/// News of a runner in the order of its arrival.
final class Inbox: Sendable {
  private let items = Mutex<[LabUpdate]>([])
  private let stream: AsyncStream<LabUpdate>
  private let continuation: AsyncStream<LabUpdate>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream(of: LabUpdate.self) }

  /// A receiver that files what it gets.
  var receiver: BackgroundRunner.Receiver {
    { [self] update in
      items.withLock { $0.append(update) }
      continuation.yield(update)
    }
  }

  /// What has arrived so far.
  var received: [LabUpdate] { items.withLock { $0 } }

  /// Waits until something arrives that is wanted.
  func wait(for isWanted: (LabUpdate) -> Bool) async {
    for await update in stream where isWanted(update) { return }
  }
}

extension LabUpdate {
  /// The kind of news in one word.
  var kind: String {
    switch content {
    case .estimate: "estimate"
    case .exact: "exact"
    case .weighed: "weighed"
    case .timed: "timed"
    case .point(let point): point.isExact ? "exact point" : "point"
    case .sweepFinished: "finished"
    case .training: "training"
    case .stopped: "stopped"
    case .histograms: "histograms"
    case .failed: "failed"
    }
  }
}
