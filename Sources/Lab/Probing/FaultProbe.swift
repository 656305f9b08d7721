package import Compression

/// A measurement on a network in which something may be wrong.
package enum FaultProbe: String, Sendable, Hashable, CaseIterable {
  /// Accuracy with the activations left in float.
  case floatActivations = "float-activations"
  /// Accuracy with the weights left in float.
  case floatWeights = "float-weights"
  /// Accuracy with the sums of the integer network in float.
  case floatSums = "float-sums"
  /// Accuracy without the fine-tuning.
  case withoutTuning = "without-tuning"
  /// Accuracy of each class.
  case classes
  /// Zeros of each kernel, and how they lie.
  case zeros
  /// What rounding did to each kernel's weights.
  case weights
  /// What became of the biases.
  case biases
  /// The grids of activations beside the values that test images give.
  case grids
  /// The sums of the integer network beside what they should be.
  case sums
  /// Each layer's output beside that of the float network.
  case layers

  /// How many of the first test images accuracies are measured on.
  package static let images = 2_000

  /// How many of the first test images are followed through the layers.
  package static let tracedImages = 40
}

/// What a probe measured: a small table.
package struct ProbeReading: Sendable, Equatable {
  /// The probe.
  package let probe: FaultProbe
  /// What the columns hold.
  package let columns: [Column]
  /// The rows; a number that does not exist, such as a share of nothing, is not a number.
  package let rows: [Row]
  /// How many test images it was measured on; 0 where none were needed.
  package let images: Int

  /// The name of the row of the network as it is.
  package static let asItIs = "as it is"
  /// The name of the row of the network with one thing changed.
  package static let changed = "changed"

  /// A row of a reading.
  package struct Row: Sendable, Equatable {
    /// What the numbers belong to: a layer, kernel, bias, class or kind of arithmetic.
    package let name: String
    /// One number for each column.
    package let values: [Double]

    /// Makes a row.
    package init(_ name: String, _ values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  /// What a column holds.
  package enum Column: String, Sendable, Hashable, CaseIterable {
    /// The share of images classified right.
    case accuracy
    /// The same of the uncompressed network.
    case baseline
    /// The share of weights that are exactly zero.
    case zeros
    /// Of every four consecutive inputs of an output, the share of fours with at most two weights.
    case foursAlongInputs
    /// The same of every four consecutive outputs of an input.
    case foursAlongOutputs
    /// Decibels of the right values over the error.
    case signalToNoise
    /// The mean error in steps of the grid, with its sign.
    case meanError
    /// The largest error in steps of the grid.
    case largestError
    /// How many weights changed their sign.
    case signChanges
    /// The largest error as a share of the largest value.
    case relativeError
    /// The largest value that a grid holds.
    case gridEnd
    /// The largest value that test images give.
    case largestValue
    /// The share of values beyond the end of the grid.
    case clipped
    /// How many codes of the grid are in use.
    case codesInUse
    /// The bits that the right sums need.
    case bitsNeeded
    /// The bits that the network's sums take.
    case bitsKept
    /// The share of sums that are not what they should be.
    case wrongSums
  }

  /// Makes a reading.
  package init(_ probe: FaultProbe, columns: [Column], rows: [Row], images: Int) {
    precondition(
      rows.allSatisfy { $0.values.count == columns.count }, "Every row has a number a column.")
    self.probe = probe
    self.columns = columns
    self.rows = rows
    self.images = images
  }

  /// The number of a row and column, if there are such.
  package func value(_ row: String, _ column: Column) -> Double? {
    guard let place = columns.firstIndex(of: column) else { return nil }
    return rows.first { $0.name == row }?.values[place]
  }
}

/// What somebody sees of a compressed network before asking anything.
package struct FaultReport: Sendable {
  /// What the network says of the first test images.
  package let evaluation: Evaluation
  /// What it is: sparsity, kernels, errors of rounding.
  package let size: NetworkSize
  /// The weights of its kernels before rounding, with their grids.
  package let histograms: [String: WeightHistogram]
}

extension Recipe {
  /// The recipe with its mistake, or without it where the recipe gives no occasion for it.
  package var withPossibleFault: Recipe {
    guard (try? checkCombination()) == nil else { return self }
    var changed = self
    changed.injection.fault = .none
    return changed
  }
}
