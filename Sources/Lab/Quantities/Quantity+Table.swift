import Compression
import Localization

extension Quantity {
  /// What is said of a quantity, whatever it is measured of.
  struct Row: Sendable {
    let name: String
    let domain: Domain
    let unit: QuantityUnit
    let direction: Direction
    let reading: Reading
    let title: @Sendable (_ subject: String) -> Phrase
  }

  /// What a quantity is measured of.
  enum Domain: Sendable {
    /// The network as a whole.
    case network
    /// A format of its file, as in `bytes.csr16`.
    case formats
    /// The weights of a layer, as in `sqnr@dense/kernel`.
    case layers
    /// A kernel that runs it, as in `speedup.int8`.
    case runners

    /// All that it can be measured of; an empty name stands for the whole network.
    var subjects: [String] {
      switch self {
      case .network: [""]
      case .formats: StorageFormat.allCases.map(\.rawValue)
      case .layers: Recipe.layerNames.map { "\($0)/kernel" }
      case .runners: LatencyMeter.kernels
      }
    }

    /// The name of a quantity of a subject.
    func name(_ name: String, of subject: String) -> String {
      switch self {
      case .network: name
      case .formats, .runners: "\(name).\(subject)"
      case .layers: "\(name)@\(subject)"
      }
    }
  }

  /// What has to be measured, and how the value is read from it.
  enum Reading: Sendable {
    /// What the network says of the test images.
    case evaluation(@Sendable (Evaluation) -> Double)
    /// What the network's weights are; nil without such a layer.
    case weights(@Sendable (NetworkSize, _ subject: String) -> Double?)
    /// The lengths of its files; nil without such a file.
    case files(@Sendable (NetworkSize, _ subject: String) -> Double?)
    /// The time of an image on this processor; nil where it was not measured.
    case time(@Sendable (Measurement, _ subject: String) -> Double?)

    /// Whether it gives the same on every processor.
    var isReproducible: Bool { if case .time = self { false } else { true } }
  }

  /// What says how good a network is.
  static let quality = all[0]

  /// Every quantity once, first the one that says how good a network is.
  static let table = [
    Row(
      name: "accuracy", domain: .network, unit: .share, direction: .higherIsBetter,
      reading: .evaluation(\.accuracy)
    ) { _ in Phrase("Accuracy") },
    Row(
      name: "correct", domain: .network, unit: .count, direction: .higherIsBetter,
      reading: .evaluation { Double($0.correct) }
    ) { _ in Phrase("Images right") },
    Row(
      name: "flips", domain: .network, unit: .count, direction: .lowerIsBetter,
      reading: .evaluation { Double($0.flips.count) }
    ) { _ in Phrase("Flipped predictions") },
    Row(
      name: "sparsity", domain: .network, unit: .share, direction: .higherIsBetter,
      reading: .weights { size, _ in size.sparsity }
    ) { _ in Phrase("Sparsity") },
    Row(
      name: "parameters", domain: .network, unit: .count, direction: .lowerIsBetter,
      reading: .weights { size, _ in Double(size.parameters) }
    ) { _ in Phrase("Parameters") },
    Row(
      name: "macs", domain: .network, unit: .count, direction: .lowerIsBetter,
      reading: .weights { size, _ in Double(size.macs) }
    ) { _ in Phrase("MACs of an image") },
    Row(
      name: "bytes", domain: .network, unit: .bytes, direction: .lowerIsBetter,
      reading: .files { size, _ in size.shortest.map { Double($0.bytes) } }
    ) { _ in Phrase("Bytes of the shortest file") },
    Row(
      name: "bytes", domain: .formats, unit: .bytes, direction: .lowerIsBetter,
      reading: .files { size, format in
        StorageFormat(rawValue: format).flatMap { size.bytes[$0] }.map(Double.init)
      }
    ) { Phrase("Bytes as \($0)") },
    Row(
      name: "sparsity", domain: .layers, unit: .share, direction: .higherIsBetter,
      reading: .weights { $0.layer($1)?.sparsity }
    ) { Phrase("Sparsity of \($0)") },
    Row(
      name: "sqnr", domain: .layers, unit: .decibels, direction: .higherIsBetter,
      reading: .weights { $0.layer($1)?.signalToNoise }
    ) { Phrase("SQNR of \($0) in dB") },
    Row(
      name: "zeros", domain: .layers, unit: .count, direction: .higherIsBetter,
      reading: .weights { size, layer in size.layer(layer).map { Double($0.zeroCount) } }
    ) { Phrase("Zeros in \($0)") },
    Row(
      name: "speedup", domain: .network, unit: .factor, direction: .higherIsBetter,
      reading: .time { measurement, _ in measurement.speedup() }
    ) { _ in Phrase("Times faster than the float network") },
    Row(
      name: "speedup", domain: .runners, unit: .factor, direction: .higherIsBetter,
      reading: .time { $0.speedup(of: $1) }
    ) { Phrase("Times faster (\($0)) than the float network") },
  ]
}

extension Quantity {
  /// The names of the quantities that can be claimed, for messages: layers are written `KERNEL`.
  package static let claimable = table.filter(\.reading.isReproducible).flatMap { row in
    row.domain == .layers
      ? [row.domain.name(row.name, of: "KERNEL")]
      : row.domain.subjects.map { row.domain.name(row.name, of: $0) }
  }
}
