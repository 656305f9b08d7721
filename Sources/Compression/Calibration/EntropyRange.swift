import Foundation

/// The range of least information loss, as TensorRT's calibration finds it.
///
/// Migacz 2017, "8-bit Inference with TensorRT": of a histogram of 2048 bins from 0 to the greatest
/// value, every prefix of at least `levels + 1` bins is a candidate. P is the prefix with what lies
/// beyond added to its last bin; Q is the prefix merged into `levels + 1` bins, each spread evenly over
/// those of its bins that are not empty. The prefix with the least KL(P‖Q) wins. Exact zeros are left
/// out: every grid holds them exactly, and after ReLU they would outweigh everything else.
enum EntropyRange {
  /// The bins of the histogram.
  static let bins = 2048

  /// The upper end of the grid; the greatest value where the grid is at least as fine as the bins.
  static func reach(of histogram: ActivationHistogram, levels: Int) -> Float {
    let greatest = histogram.greatest
    guard greatest > 0, levels + 1 < bins else { return greatest }
    var counts = [Double](repeating: 0, count: bins)
    for (value, count) in histogram.occupied where value > 0 {
      counts[min(Int(Double(value) / Double(greatest) * Double(bins)), bins - 1)] += Double(count)
    }
    var best = (divergence: Double.infinity, length: bins)
    for length in (levels + 1)...bins {
      let divergence = divergence(counts, length: length, levels: levels + 1)
      if divergence < best.divergence { best = (divergence, length) }
    }
    return greatest * Float(best.length) / Float(bins)
  }

  /// KL(P‖Q) of a prefix; infinite where Q misses what P has.
  static func divergence(_ counts: [Double], length: Int, levels: Int) -> Double {
    let beyond = counts[length...].reduce(0, +)
    let total = counts.reduce(0, +)
    let inside = total - beyond
    guard inside > 0 else { return .infinity }
    var divergence = 0.0
    for level in 0..<levels {
      let range = level * length / levels..<(level + 1) * length / levels
      var (sum, occupied) = (0.0, 0)
      for bin in range where counts[bin] > 0 {
        sum += counts[bin]
        occupied += 1
      }
      let share = occupied == 0 ? 0 : sum / Double(occupied) / inside
      for bin in range {
        let p = (counts[bin] + (bin == length - 1 ? beyond : 0)) / total
        guard p > 0 else { continue }
        guard share > 0, counts[bin] > 0 else { return .infinity }
        divergence += p * log(p / share)
      }
    }
    return divergence
  }
}
