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

/// A reply with the request that it answers.
struct Arrival: Sendable {
  let reply: LabReply
  let id: RequestID

  /// The number of the request.
  var number: Int { id.number }

  /// The point of a curve, if it is one.
  var point: SweepPoint? {
    switch reply {
    case .point(let point), .layerPoint(_, _, let point): point
    default: nil
    }
  }

  /// Whether a curve is complete with it.
  var endsCurve: Bool { point?.progress.isFinished == true }

  /// The kind of reply in one word or two.
  var kind: String {
    switch reply {
    case .estimate: "estimate"
    case .measured(_, .accuracy): "exact"
    case .measured(_, .bytes): "weighed"
    case .measured(_, .latency): "timed"
    case .point(let point), .layerPoint(_, _, let point): point.isExact ? "exact point" : "point"
    case .training: "training"
    case .stopped: "stopped"
    case .histograms: "histograms"
    case .picture: "picture"
    case .bytes: "bytes"
    case .seeds: "seeds"
    case .inspection, .survey, .tuning, .report, .reading: "look"
    case .opened: "opened"
    case .refused: "refused"
    }
  }
}

/// Replies of a scheduler in the order of their arrival.
final class Inbox: Sendable {
  private let items = Mutex<[Arrival]>([])
  private let stream: AsyncStream<Arrival>
  private let continuation: AsyncStream<Arrival>.Continuation

  init() { (stream, continuation) = AsyncStream.makeStream(of: Arrival.self) }

  /// Files a reply.
  @Sendable func put(_ reply: LabReply, _ id: RequestID) {
    let arrival = Arrival(reply: reply, id: id)
    items.withLock { $0.append(arrival) }
    continuation.yield(arrival)
  }

  /// What has arrived so far.
  var received: [Arrival] { items.withLock { $0 } }

  /// Waits until something arrives that is wanted.
  func wait(for isWanted: (Arrival) -> Bool) async {
    for await arrival in stream where isWanted(arrival) { return }
  }
}

extension BackgroundScheduler {
  /// Asks under a number.
  func ask(_ request: LabRequest, _ number: Int, asker: Int = 1) {
    carryOut(
      request, as: RequestID(asker: AskerID(asker), slot: request.slot, number: number))
  }
}
