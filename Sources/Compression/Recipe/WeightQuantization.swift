/// How weights are rounded.
///
/// Only the kernels of convolutions and dense layers are rounded; biases stay float.
package struct WeightQuantization: Sendable, Hashable {
  /// The width of a code: 1 … 8, 16, or 32 for float weights.
  package var bits = 32
  /// Which weights share one scale.
  package var granularity = Granularity.channel
  /// Where the grid lies.
  package var scheme = Scheme.symmetric
  /// How the range of the grid is chosen.
  package var range = RangeMethod.minimumToMaximum
  /// How a weight's place on the grid is chosen.
  package var rounding = RoundingMethod.nearest
  /// Which values a rounded weight may take.
  package var codebook = Codebook.uniform
  /// Whether neighbouring layers' ranges are levelled first.
  package var equalize = Equalization.off
  /// Which layers are rounded.
  package var layers = LayerSelection.all

  /// The widths that the engine runs.
  package static let allowedBits = [1, 2, 3, 4, 5, 6, 7, 8, 16, 32]

  /// Makes the quantization that changes nothing.
  package init() {}
}

extension WeightQuantization {
  /// Which weights share one scale.
  package enum Granularity: Sendable, Hashable, RawRepresentable {
    /// One scale for a whole kernel.
    case tensor
    /// One scale for each output channel.
    case channel
    /// One scale for every so many consecutive inputs of one output channel.
    case group(Int)

    /// The sizes that a group may have.
    package static let groupSizes = 2...65_536

    /// The granularity of that text: `tensor`, `channel`, or `group:N`.
    package init?(rawValue: String) {
      switch rawValue {
      case "tensor": self = .tensor
      case "channel": self = .channel
      default:
        let prefix = "group:"
        guard rawValue.hasPrefix(prefix),
          let size = RecipeNumber.integer(rawValue.dropFirst(prefix.count)),
          Granularity.groupSizes.contains(size)
        else { return nil }
        self = .group(size)
      }
    }

    /// The granularity as text.
    package var rawValue: String {
      switch self {
      case .tensor: "tensor"
      case .channel: "channel"
      case .group(let size): "group:\(size)"
      }
    }
  }

  /// Whether the ranges of neighbouring layers' channels are levelled before the weights are rounded.
  package enum Equalization: String, Sendable, Hashable, CaseIterable {
    /// The weights stay as they are.
    case off
    /// Channels are scaled between layers, so that both have the same range (Nagel et al. 2019,
    /// "Data-Free Quantization Through Weight Equalization and Bias Correction").
    case on
  }

  /// Where the grid lies.
  package enum Scheme: String, Sendable, Hashable, CaseIterable {
    /// Around zero, with as many levels below it as above.
    case symmetric
    /// From the least to the greatest weight, with an integer zero point.
    case asymmetric
  }

  /// Which layers are rounded.
  package enum LayerSelection: Sendable, Hashable, RawRepresentable {
    /// Every layer that has a kernel.
    case all
    /// These layers, in the network's order and without repetition.
    case named([String])

    /// The selection of that text: `all`, or layers' names joined by commas.
    package init?(rawValue: String) {
      if rawValue == "all" {
        self = .all
        return
      }
      let names = rawValue.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard !names.isEmpty, names.allSatisfy(Recipe.knownLayerNames.contains),
        Set(names).count == names.count
      else { return nil }
      self =
        Set(names) == Set(Recipe.layerNames)
        ? .all : .named(Recipe.knownLayerNames.filter(names.contains))
    }

    /// The selection as text.
    package var rawValue: String {
      switch self {
      case .all: "all"
      case .named(let names): names.joined(separator: ",")
      }
    }

    /// Whether a layer is rounded.
    package func contains(_ layer: String) -> Bool {
      switch self {
      case .all: true
      case .named(let names): names.contains(layer)
      }
    }
  }
}
