package import Compression
import NeuralNetwork

/// Which weights of a kernel are zero.
///
/// The kernel is a matrix: a row for each input, in flat order, and a column for each output, as they
/// were before pruning. What left with a filter or a neuron counts as zero.
package struct KernelMask: Sendable, Equatable {
  /// The kernel's name.
  package let kernel: String
  /// The number of inputs.
  package let rows: Int
  /// The number of outputs.
  package let columns: Int
  /// Whether each weight is zero, row by row.
  package let isZero: [Bool]
  /// How many inputs left the network.
  package let removedRows: Int
  /// How many outputs left the network.
  package let removedColumns: Int

  /// The same mask with a row for each output and a column for each input.
  package var turned: KernelMask {
    KernelMask(
      kernel: kernel, rows: columns, columns: rows,
      isZero: (0..<isZero.count).map { isZero[$0 % rows * columns + $0 / rows] },
      removedRows: removedColumns, removedColumns: removedRows)
  }

  private init(
    kernel: String, rows: Int, columns: Int, isZero: [Bool], removedRows: Int, removedColumns: Int
  ) {
    self.kernel = kernel
    self.rows = rows
    self.columns = columns
    self.isZero = isZero
    self.removedRows = removedRows
    self.removedColumns = removedColumns
  }

  /// Makes the mask of a kernel that stands at a place of a larger one.
  init(kernel: String, of tensor: Tensor, at placement: KernelPlacement) {
    self.kernel = kernel
    rows = placement.rows
    columns = placement.columns
    removedRows = placement.rows - placement.keptRows.count
    removedColumns = placement.columns - placement.keptColumns.count
    var isZero = [Bool](repeating: true, count: rows * columns)
    let left = placement.keptColumns.count
    for (row, place) in placement.keptRows.enumerated() {
      for (column, target) in placement.keptColumns.enumerated() {
        isZero[place &* columns &+ target] = tensor.elements[row &* left &+ column] == 0
      }
    }
    self.isZero = isZero
  }

  /// How many weights are zero.
  package var zeros: Int { isZero.count { $0 } }

  /// The share of weights that are zero; 0 without weights.
  package var sparsity: Double {
    isZero.isEmpty ? 0 : Double(zeros) / Double(isZero.count)
  }

  /// The shares of zeros in equal parts of the matrix: columns from top to bottom, rows from left to
  /// right, each part a share from 0 to 1.
  ///
  /// With more parts than inputs or outputs some are shown more than once.
  package func shares(across width: Int, down height: Int) -> [Double] {
    precondition(width > 0 && height > 0, "A picture has pixels.")
    guard rows > 0, columns > 0 else { return [Double](repeating: 0, count: width * height) }
    let inputs = (0..<width).map { Self.part($0, of: width, in: rows) }
    return (0..<height).flatMap { y in
      let outputs = Self.part(y, of: height, in: columns)
      return inputs.map { inputs in
        var zeros = 0
        for row in inputs {
          for column in outputs where isZero[row &* columns &+ column] { zeros &+= 1 }
        }
        return Double(zeros) / Double(inputs.count * outputs.count)
      }
    }
  }

  private static func part(_ index: Int, of count: Int, in length: Int) -> Range<Int> {
    let start = index * length / count
    return start..<max(start + 1, (index + 1) * length / count)
  }
}

/// The zeros of a kernel.
package struct MaskPicture: LabPicture {
  /// The kernel's name.
  package let kernel: String

  /// Makes the picture of a kernel.
  package init(of kernel: String) { self.kernel = kernel }

  package func content(
    in laboratory: Laboratory, of recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> KernelMask? {
    try laboratory.mask(of: kernel, under: recipe, isCancelled: isCancelled)
  }
}

extension Laboratory {
  /// Which weights of a kernel a recipe leaves at zero, pruned or rounded to it.
  ///
  /// - Throws: `LabError.unknownKernel`, or what compressing throws.
  package func mask(
    of kernel: String, under recipe: Recipe,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> KernelMask {
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    let kernels = compressed.network.kernels
    guard let found = kernels.first(where: { $0.name.text == kernel }) else {
      throw LabError.unknownKernel(kernel, available: kernels.map(\.name.text))
    }
    let placements = try placements(under: recipe, isCancelled: isCancelled)
    return KernelMask(
      kernel: kernel, of: found.tensor,
      at: placements[kernel] ?? KernelPlacement(whole: found.tensor))
  }

  /// Where the weights of a recipe's kernels stood before filters or neurons left.
  func placements(
    under recipe: Recipe, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [String: KernelPlacement] {
    let compressed = try compressed(recipe, isCancelled: isCancelled)
    guard recipe.prune.pattern.isStructured, !recipe.prune.isIdentity else {
      return KernelPlacement.find(compressed.network, in: compressed.network)
    }
    var pruningAlone = Recipe()
    pruningAlone.prune = recipe.prune
    pruningAlone.activations.samples = recipe.activations.samples
    let pruned = try self.compressed(pruningAlone, isCancelled: isCancelled).network
    var placements = KernelPlacement.find(pruned, in: network)
    for kernel in compressed.network.kernels where placements[kernel.name.text] == nil {
      placements[kernel.name.text] = KernelPlacement(whole: kernel.tensor)
    }
    return placements
  }
}
