import NeuralNetwork

/// Where the weights of a smaller kernel stood in the kernel before filters or neurons left.
///
/// A kernel is a matrix here: its rows are the inputs (all dimensions but the last, in flat order),
/// its columns the outputs.
struct KernelPlacement: Equatable {
  /// The rows of the kernel before.
  let rows: Int
  /// The columns of the kernel before.
  let columns: Int
  /// The rows that are left, rising.
  let keptRows: [Int]
  /// The columns that are left, rising.
  let keptColumns: [Int]

  /// The placement of a kernel that lost nothing.
  init(whole kernel: Tensor) {
    columns = kernel.shape.last ?? 1
    rows = kernel.count / max(1, columns)
    keptRows = Array(0..<rows)
    keptColumns = Array(0..<columns)
  }

  private init(rows: Int, columns: Int, keptRows: [Int], keptColumns: [Int]) {
    self.rows = rows
    self.columns = columns
    self.keptRows = keptRows
    self.keptColumns = keptColumns
  }

  /// Finds every kernel of a network in the network that it was cut from, by the kernel's name.
  ///
  /// Cutting leaves weights as they are, so a channel is found by its weights; what training or
  /// rounding changed must not have happened yet. A kernel that is not found, such as a factor of a
  /// factorised layer, is whole.
  static func find(_ pruned: Network, in network: Network) -> [String: KernelPlacement] {
    var placements: [String: KernelPlacement] = [:]
    var before: (kept: [Int], count: Int)?
    for weights in network.layers.compactMap(\.weights) {
      guard
        let left = pruned.layers.lazy.compactMap(\.weights).first(where: { $0.name == weights.name }
        )
      else { continue }
      let whole = KernelPlacement(whole: weights.kernel)
      var keptRows = whole.keptRows
      if let before, before.kept.count < before.count, whole.rows % before.count == 0 {
        let kept = Set(before.kept)
        keptRows = keptRows.filter { kept.contains($0 % before.count) }
      }
      let small = KernelPlacement(whole: left.kernel)
      guard small.rows == keptRows.count,
        let keptColumns = columns(of: left.kernel, in: weights.kernel, rows: keptRows)
      else {
        placements["\(weights.name)/kernel"] = small
        before = nil
        continue
      }
      placements["\(weights.name)/kernel"] = KernelPlacement(
        rows: whole.rows, columns: whole.columns, keptRows: keptRows, keptColumns: keptColumns)
      before = (keptColumns, whole.columns)
    }
    for kernel in pruned.kernels where placements[kernel.name.text] == nil {
      placements[kernel.name.text] = KernelPlacement(whole: kernel.tensor)
    }
    return placements
  }

  /// The columns of a kernel that are those of a smaller one, in order; nil if one is missing.
  private static func columns(of small: Tensor, in whole: Tensor, rows: [Int]) -> [Int]? {
    let (left, all) = (small.shape.last ?? 1, whole.shape.last ?? 1)
    if left == all { return Array(0..<all) }
    var found: [Int] = []
    var candidate = 0
    for column in 0..<left {
      while candidate < all,
        !rows.indices.allSatisfy({
          small.elements[$0 * left + column] == whole.elements[rows[$0] * all + candidate]
        })
      {
        candidate += 1
      }
      guard candidate < all else { return nil }
      found.append(candidate)
      candidate += 1
    }
    return found
  }
}
