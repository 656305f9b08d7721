import Lab
import Localization

/// Probes and what they measure in the learner's language.
enum ProbeTexts {
  /// What a probe measures, in a few words.
  static func title(of probe: FaultProbe) -> Phrase {
    switch probe {
    case .floatActivations: Phrase("float activations", "激活换回浮点")
    case .floatWeights: Phrase("float weights", "权重换回浮点")
    case .floatSums: Phrase("sums in float", "用浮点累加")
    case .withoutTuning: Phrase("without fine-tuning", "不微调")
    case .classes: Phrase("accuracy by class", "各类别精度")
    case .zeros: Phrase("where the zeros are", "零在哪里")
    case .weights: Phrase("rounding of the weights", "权重的舍入误差")
    case .biases: Phrase("the biases", "偏置")
    case .grids: Phrase("activation grids", "激活网格")
    case .sums: Phrase("accumulators", "累加器")
    case .layers: Phrase("layer by layer against float", "逐层与浮点对比")
    }
  }

  /// What a probe measures, in a sentence.
  static func explanation(of probe: FaultProbe) -> Phrase {
    switch probe {
    case .floatActivations:
      Phrase(
        "The accuracy when values between the layers stay float, all else as it is.",
        "其余不变，层间激活保持浮点时的精度。")
    case .floatWeights:
      Phrase(
        "The accuracy when the weights stay float, all else as it is.", "其余不变，权重保持浮点时的精度。")
    case .floatSums:
      Phrase(
        "The accuracy when the same codes are multiplied and added in float.",
        "同样的编码改用浮点相乘、相加时的精度。")
    case .withoutTuning:
      Phrase(
        "The accuracy of the same recipe without its fine-tuning.", "同一配方去掉微调后的精度。")
    case .classes:
      Phrase(
        "The accuracy of each class, beside that of the uncompressed network.",
        "每个类别的精度，与未压缩网络并列。")
    case .zeros:
      Phrase(
        "The share of zeros of each kernel, and how many fours of inputs, or of outputs, hold at most two weights.",
        "每个卷积核/矩阵中零的比例，以及沿输入或沿输出每四个一组、最多留两个权重的组占多少。")
    case .weights:
      Phrase(
        "Each kernel before and after rounding: SQNR, mean and largest error in steps of the grid, and weights that changed their sign.",
        "每个卷积核/矩阵舍入前后：SQNR、以网格步长计的平均误差和最大误差，以及变了符号的权重数。")
    case .biases:
      Phrase(
        "The largest difference of a bias from what was trained, by the largest bias of its layer.",
        "偏置与训练结果的最大差，除以本层最大的偏置。")
    case .grids:
      Phrase(
        "Where each activation grid ends, the largest value that 200 test images give there, the share beyond the end, and how many of the codes are in use.",
        "每个激活网格的末端、200 张测试图像在该处的最大值、超出末端的比例，以及用到的编码个数。")
    case .sums:
      Phrase(
        "The bits that exact sums of the integer network need, the bits that its sums take, and the share of sums that are not exact.",
        "整数网络的精确累加和需要多少位，实际用了多少位，以及不精确的累加和占多少。")
    case .layers:
      Phrase(
        "The output of each layer beside the uncompressed float network's, in decibels: every layer also carries the errors of those before.",
        "每层输出与未压缩浮点网络对比，以分贝计：后面的层也带着前面各层的误差。")
    }
  }

  /// The head of a column.
  static func title(of column: ProbeReading.Column) -> Phrase {
    switch column {
    case .accuracy: Phrase("accuracy", "精度")
    case .baseline: Phrase("float", "浮点")
    case .zeros: Phrase("zeros", "零")
    case .foursAlongInputs: Phrase("2:4 in", "沿输入")
    case .foursAlongOutputs: Phrase("2:4 out", "沿输出")
    case .signalToNoise: Phrase("SQNR", "SQNR")
    case .meanError: Phrase("mean", "平均误差")
    case .largestError: Phrase("largest", "最大误差")
    case .signChanges: Phrase("signs", "变号")
    case .relativeError: Phrase("error", "误差")
    case .gridEnd: Phrase("grid ends", "网格末端")
    case .largestValue: Phrase("largest", "最大值")
    case .clipped: Phrase("clipped", "截断")
    case .codesInUse: Phrase("codes", "编码数")
    case .bitsNeeded: Phrase("needed", "需要位数")
    case .bitsKept: Phrase("kept", "实际位数")
    case .wrongSums: Phrase("wrong", "出错")
    }
  }
}
