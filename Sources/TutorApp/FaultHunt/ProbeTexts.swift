import Lab
import Localization

/// Probes and what they measure in the learner's language.
enum ProbeTexts {
  /// What a probe measures, in a few words.
  static func title(of probe: FaultProbe) -> Phrase {
    switch probe {
    case .floatActivations: Phrase("float activations")
    case .floatWeights: Phrase("float weights")
    case .floatSums: Phrase("sums in float")
    case .withoutTuning: Phrase("without fine-tuning")
    case .classes: Phrase("accuracy by class")
    case .zeros: Phrase("where the zeros are")
    case .weights: Phrase("rounding of the weights")
    case .biases: Phrase("the biases")
    case .grids: Phrase("activation grids")
    case .sums: Phrase("accumulators")
    case .layers: Phrase("layer by layer against float")
    }
  }

  /// What a probe measures, in a sentence.
  static func explanation(of probe: FaultProbe) -> Phrase {
    switch probe {
    case .floatActivations:
      Phrase("The accuracy when values between the layers stay float, all else as it is.")
    case .floatWeights:
      Phrase("The accuracy when the weights stay float, all else as it is.")
    case .floatSums:
      Phrase("The accuracy when the same codes are multiplied and added in float.")
    case .withoutTuning:
      Phrase("The accuracy of the same recipe without its fine-tuning.")
    case .classes:
      Phrase("The accuracy of each class, beside that of the uncompressed network.")
    case .zeros:
      Phrase(
        "The share of zeros of each kernel, and how many fours of inputs, or of outputs, hold at most two weights."
      )
    case .weights:
      Phrase(
        "Each kernel before and after rounding: SQNR, mean and largest error in steps of the grid, and weights that changed their sign."
      )
    case .biases:
      Phrase(
        "The largest difference of a bias from what was trained, by the largest bias of its layer.")
    case .grids:
      Phrase(
        "Where each activation grid ends, the largest value that 200 test images give there, the share beyond the end, and how many of the codes are in use."
      )
    case .sums:
      Phrase(
        "The bits that exact sums of the integer network need, the bits that its sums take, and the share of sums that are not exact."
      )
    case .layers:
      Phrase(
        "The output of each layer beside the uncompressed float network's, in decibels: every layer also carries the errors of those before."
      )
    }
  }

  /// The head of a column.
  static func title(of column: ProbeReading.Column) -> Phrase {
    switch column {
    case .accuracy: Phrase("accuracy")
    case .baseline: Phrase("float")
    case .zeros: Phrase("zeros")
    case .foursAlongInputs: Phrase("2:4 in")
    case .foursAlongOutputs: Phrase("2:4 out")
    case .signalToNoise: Phrase(verbatim: "SQNR")
    case .meanError: Phrase("mean")
    case .largestError: Phrase("largest", context: "error")
    case .signChanges: Phrase("signs")
    case .relativeError: Phrase("error")
    case .gridEnd: Phrase("grid ends")
    case .largestValue: Phrase("largest", context: "value")
    case .clipped: Phrase("clipped")
    case .codesInUse: Phrase("codes")
    case .bitsNeeded: Phrase("needed")
    case .bitsKept: Phrase("kept")
    case .wrongSums: Phrase("wrong")
    }
  }
}
