import Compression
import Lab
import Localization

/// Faults in the learner's language: what they are called, and why they leave the traces they leave.
enum FaultTexts {
  /// What a fault is, in a few words.
  static func title(of fault: Fault) -> Phrase {
    switch fault {
    case .none: Phrase("nothing", context: "fault")
    case .unscaledCalibration: Phrase("calibrated on 0…255 pixels")
    case .blackCalibration: Phrase("calibrated on black images")
    case .oneClassCalibration: Phrase("calibrated on one class")
    case .droppedMask: Phrase("pruning mask dropped")
    case .noGradient: Phrase("no straight-through gradient")
    case .int16Accumulator: Phrase("16-bit accumulators")
    case .int8Bias: Phrase("biases in 8 bits")
    case .saturatedBias: Phrase("biases saturate at 8 bits")
    case .scale128: Phrase("scale = max / 128")
    case .channelFirstFlatten: Phrase("flattened channels first")
    case .shiftedZeroPoint: Phrase("zero point off by one")
    case .transposedPattern: Phrase("n:m along the outputs")
    }
  }

  /// The setting on which the mistake acts, in a sentence.
  static func explanation(of fault: Fault) -> Phrase {
    switch fault {
    case .none: Phrase(verbatim: "")
    case .unscaledCalibration:
      Phrase(
        "The calibration images were fed as 0…255 while the network sees 0…1. Every activation grid ends about 255 times too far out, so that real values reach only the lowest codes: nothing is clipped, and hardly a code is in use. Weights and sums are right; with float activations the accuracy comes back."
      )
    case .blackCalibration:
      Phrase(
        "Calibration saw nothing but black, so that the input's grid ends at zero and the others at what biases alone give. Every pixel that is not black is clipped to nothing, and all images look alike. Weights and sums are right; with float activations the accuracy comes back."
      )
    case .oneClassCalibration:
      Phrase(
        "Calibration saw T-shirts alone. The grid behind the dense layer ends at the largest value that T-shirts give there, which other classes exceed; calibrated on all classes it ends well beyond what test images give. Few values are clipped, so that no accuracy tells: only the ends of the grids beside the largest values do."
      )
    case .droppedMask:
      Phrase(
        "Fine-tuning moved the pruned weights away from zero and nobody multiplied by the mask again. The accuracy is fine; but the zeros are gone, and with them the reason for pruning. The zeros that remain are small weights that rounding took to zero."
      )
    case .noGradient:
      Phrase(
        "Rounding has a derivative of zero almost everywhere, and without the straight-through estimator no gradient passes it. What lies behind a rounding learns nothing, so that training gains only a fraction of what it should: compare with the accuracy without fine-tuning."
      )
    case .int16Accumulator:
      Phrase(
        "The sums of products of 8-bit codes need 18 to 23 bits in this network; in 16 they wrap around, and what wraps is noise. Weights, grids and biases are all right, and the same network with sums in float is right too: only the adding is wrong."
      )
    case .int8Bias:
      Phrase(
        "The biases were rounded to 8 bits of the largest one in their layer, where the integer network gives them 32. Kernels, grids and sums are right; only the biases differ from what was trained, by up to half of a 127th. Here that costs next to nothing: no accuracy would have told you."
      )
    case .saturatedBias:
      Phrase(
        "The biases were counted in the unit of the sums, input scale times weight scale, as the integer network wants them, but stored in 8 bits where it takes 32: nearly all of them end at −128 or 127 of that tiny unit and are as good as gone. Kernels, grids and the adding are right."
      )
    case .scale128:
      Phrase(
        "With max / 128 as scale the largest positive weight of a channel has the code +128, which eight bits of two's complement do not hold: it wraps around to −128 and changes its sign. A few weights, the largest ones, are wrong by 256 steps; all others are as they should be. The SQNR of the report shows it, but says not why."
      )
    case .channelFirstFlatten:
      Phrase(
        "The first dense layer was given its inputs in another order than it was trained with. The convolution's output is right, the dense layer's has nothing to do with it. Neither float weights nor float activations bring the accuracy back: the mistake is not one of rounding."
      )
    case .shiftedZeroPoint:
      Phrase(
        "Weights are read with a zero point that is one too great, so that every weight is one step of the grid too small. The error is not large but has one sign, and thousands of products add it up; the zeros of pruning are zeros no more."
      )
    case .transposedPattern:
      Phrase(
        "Two of four weights stay, but the fours were formed along the outputs. The sparsity is as it should be; the accuracy is lower, since other weights were removed, and hardware that wants two of four consecutive inputs of an output cannot use the pattern at all."
      )
    }
  }
}
