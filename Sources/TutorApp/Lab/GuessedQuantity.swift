import Compression
import Foundation
import Lab
import Localization
import Presentation
import TerminalCanvas

/// What a learner guesses before a measurement: the accuracy, or another number that it gives.
struct GuessedQuantity: Sendable, Hashable {
  /// The name as lessons write it, such as `bytes.csr16` or `speedup.int8`.
  let name: String

  /// The usual one.
  static let accuracy = GuessedQuantity("accuracy")

  /// Makes a quantity; lessons are linted, so the name is known.
  init(_ name: String) { self.name = name }

  private var kind: Substring { name.prefix { $0 != "." && $0 != "@" } }

  private var detail: Substring { name.dropFirst(kind.count + 1) }

  /// Whether guesses are kept: only accuracies can be compared with one another.
  var isAccuracy: Bool { name == "accuracy" }

  /// The value that a measurement gives, or nil where it was not measured yet.
  func value(in measurement: Lab.Measurement) -> Double? {
    let size = measurement.size
    if kind == "speedup" {
      guard let baseline = measurement.baselineLatency,
        let own = measurement.latency[String(detail)], own > 0
      else { return nil }
      return baseline / own
    }
    guard let quantity = try? Quantity(name) else { return nil }
    func layer(_ name: String) -> CompressedNetwork.KernelReport? {
      size.layers.first { $0.name == name }
    }
    return switch quantity {
    case .accuracy: measurement.accuracy
    case .correct: Double(measurement.evaluation.correct)
    case .flips: Double(measurement.evaluation.flips.count)
    case .sparsity: size.sparsity
    case .parameters: Double(size.parameters)
    case .macs: Double(size.macs)
    case .bytes(let format): size.bytes[format].map(Double.init)
    case .kernelSparsity(let name): layer(name)?.sparsity
    case .kernelSignalToNoise(let name): layer(name)?.signalToNoise
    case .kernelZeros(let name): layer(name).map { Double($0.zeroCount) }
    }
  }

  /// A guess as typed, such as `85 %`, `300 KB`, `2.5x` or `1,200`; nil for what is none.
  func guess(from text: String) -> Double? {
    if isAccuracy { return Prediction.share(from: text) }
    let typed = text.filter { !$0.isWhitespace && $0 != "," && $0 != "×" }.lowercased()
    let number = typed.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    guard let value = Double(number), value.isFinite else { return nil }
    let unit = typed.dropFirst(number.count)
    switch kind {
    case "sparsity":
      guard ["", "%"].contains(unit), 0...100 ~= value else { return nil }
      return unit == "%" || value > 1 ? value / 100 : value
    case "bytes":
      let factors: [Substring: Double] = [
        "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "kib": 1024, "mib": 1_048_576,
      ]
      return factors[unit].map { value * $0 }
    case "speedup": return ["", "x"].contains(unit) ? value : nil
    case "sqnr": return ["", "db"].contains(unit) ? value : nil
    default: return unit.isEmpty ? value : nil
    }
  }

  /// A value with its unit.
  func text(_ value: Double) -> String {
    kind == "speedup" ? String(format: "%.2f×", value) : QuantityFormat.value(value, of: name)
  }

  /// How far a guess is from the truth: points for shares, else the part of the truth.
  func distance(_ guess: Double, _ truth: Double, isEnglish: Bool) -> String {
    if kind == "accuracy" || kind == "sparsity" {
      let points = QuantityFormat.points(abs(guess - truth))
      return isEnglish ? "off by \(points) points" : "相差 \(points) 个百分点"
    }
    guard truth != 0 else { return "" }
    let part = String(format: "%.0f %%", abs(guess - truth) / abs(truth) * 100)
    return isEnglish ? "off by \(part)" : "相差 \(part)"
  }

  /// Whether a guess is a good one.
  func isClose(_ guess: Double, _ truth: Double) -> Bool {
    if kind == "accuracy" || kind == "sparsity" { return abs(guess - truth) < 0.02 }
    return abs(guess - truth) <= 0.1 * abs(truth)
  }

  /// What is asked for, as the prompt says it.
  var title: Phrase {
    switch kind {
    case "accuracy": Phrase("Accuracy", "精度")
    case "correct": Phrase("Images right", "分对的图像数")
    case "flips": Phrase("Flipped predictions", "翻转的预测数")
    case "sparsity":
      detail.isEmpty
        ? Phrase("Sparsity", "稀疏度") : Phrase("Sparsity of \(detail)", "\(detail) 的稀疏度")
    case "parameters": Phrase("Parameters", "参数个数")
    case "macs": Phrase("MACs of an image", "单图 MAC 数")
    case "bytes": Phrase("Bytes as \(detail)", "\(detail) 格式的字节数")
    case "sqnr": Phrase("SQNR of \(detail) in dB", "\(detail) 的 SQNR（dB）")
    case "zeros": Phrase("Zeros in \(detail)", "\(detail) 中零的个数")
    case "speedup":
      Phrase(
        "Times faster (\(detail)) than the float network", "\(detail) 内核比浮点网络快几倍")
    default: Phrase(name, name)
    }
  }

  /// The unit that a bare number is read in; empty where it needs none.
  var unit: String {
    switch kind {
    case "accuracy", "sparsity": "% "
    case "speedup": "× "
    default: ""
    }
  }

  /// What to type, for a guess that cannot be read.
  var example: Phrase {
    switch kind {
    case "accuracy":
      Phrase("Type the accuracy in percent, such as 85.", "请输入百分数，例如 85。")
    case "sparsity": Phrase("Type a percentage, such as 50.", "请输入百分数，例如 50。")
    case "bytes": Phrase("Type bytes, such as 300 KB.", "请输入字节数，例如 300 KB。")
    case "speedup": Phrase("Type a factor, such as 2.5.", "请输入倍数，例如 2.5。")
    default: Phrase("Type a number.", "请输入一个数。")
    }
  }
}
