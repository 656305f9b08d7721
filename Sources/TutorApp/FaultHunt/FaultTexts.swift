import Compression
import Lab
import Localization

/// Faults in the learner's language: what they are called, and why they leave the traces they leave.
enum FaultTexts {
  /// What a fault is, in a few words.
  static func title(of fault: Fault) -> Phrase {
    switch fault {
    case .none: Phrase("nothing", "没有错误")
    case .unscaledCalibration: Phrase("calibrated on 0…255 pixels", "校准图像没除以 255")
    case .blackCalibration: Phrase("calibrated on black images", "用全黑图像校准")
    case .oneClassCalibration: Phrase("calibrated on one class", "只用一个类别校准")
    case .droppedMask: Phrase("pruning mask dropped", "微调时丢了剪枝掩码")
    case .noGradient: Phrase("no straight-through gradient", "QAT 没有直通梯度")
    case .int16Accumulator: Phrase("16-bit accumulators", "累加器只有 16 位")
    case .int8Bias: Phrase("biases in 8 bits", "偏置只有 8 位")
    case .saturatedBias: Phrase("biases saturate at 8 bits", "偏置饱和到 8 位")
    case .scale128: Phrase("scale = max / 128", "缩放因子除以 128")
    case .channelFirstFlatten: Phrase("flattened channels first", "按通道优先展平")
    case .shiftedZeroPoint: Phrase("zero point off by one", "零点差一")
    case .transposedPattern: Phrase("n:m along the outputs", "n:m 沿输出方向分组")
    }
  }

  /// The setting on which the mistake acts, in a sentence.
  static func explanation(of fault: Fault) -> Phrase {
    switch fault {
    case .none: Phrase("", "")
    case .unscaledCalibration:
      Phrase(
        "The calibration images were fed as 0…255 while the network sees 0…1. Every activation grid ends about 255 times too far out, so that real values reach only the lowest codes: nothing is clipped, and hardly a code is in use. Weights and sums are right; with float activations the accuracy comes back.",
        "校准时送进去的是 0…255，而网络平时看到的是 0…1。每个激活网格都铺得远了约 255 倍，实际数值只落在最低的几个编码上：没有截断，却几乎没有编码在用。权重和累加都没问题；激活换回浮点，精度就回来了。"
      )
    case .blackCalibration:
      Phrase(
        "Calibration saw nothing but black, so that the input's grid ends at zero and the others at what biases alone give. Every pixel that is not black is clipped to nothing, and all images look alike. Weights and sums are right; with float activations the accuracy comes back.",
        "校准时看到的全是黑图：输入的网格末端就是零，其余网格只铺到偏置单独产生的数值。凡不是黑色的像素都被截断成零，所有图像看起来都一样。权重和累加都没问题；激活换回浮点，精度就回来了。")
    case .oneClassCalibration:
      Phrase(
        "Calibration saw T-shirts alone. The grid behind the dense layer ends at the largest value that T-shirts give there, which other classes exceed; calibrated on all classes it ends well beyond what test images give. Few values are clipped, so that no accuracy tells: only the ends of the grids beside the largest values do.",
        "校准时只看了 T 恤。全连接层之后的网格只铺到 T 恤的最大值，其他类别会超出；用所有类别校准时，末端应明显大于测试图像给出的值。被截断的数值很少，看精度看不出来，只有把网格末端与最大值放在一起比才行。"
      )
    case .droppedMask:
      Phrase(
        "Fine-tuning moved the pruned weights away from zero and nobody multiplied by the mask again. The accuracy is fine; but the zeros are gone, and with them the reason for pruning. The zeros that remain are small weights that rounding took to zero.",
        "微调把剪掉的权重从零移开了，却没人再乘一次掩码。精度没有问题，可零没有了，剪枝也就白做了。剩下的零只是舍入到零的小权重。")
    case .noGradient:
      Phrase(
        "Rounding has a derivative of zero almost everywhere, and without the straight-through estimator no gradient passes it. What lies behind a rounding learns nothing, so that training gains only a fraction of what it should: compare with the accuracy without fine-tuning.",
        "舍入的导数几乎处处为零，没有直通估计器（STE），梯度就过不去。舍入背后的参数什么都学不到，训练带来的提升只有应有的一小部分：与不微调时的精度比一比就知道。")
    case .int16Accumulator:
      Phrase(
        "The sums of products of 8-bit codes need 18 to 23 bits in this network; in 16 they wrap around, and what wraps is noise. Weights, grids and biases are all right, and the same network with sums in float is right too: only the adding is wrong.",
        "这个网络里 8 位编码乘积的累加和需要 18 到 23 位；放进 16 位就会溢出回绕，回绕后的值等于噪声。权重、网格、偏置都没问题，用浮点累加的同一网络也是对的：错的只是加法。")
    case .int8Bias:
      Phrase(
        "The biases were rounded to 8 bits of the largest one in their layer, where the integer network gives them 32. Kernels, grids and sums are right; only the biases differ from what was trained, by up to half of a 127th. Here that costs next to nothing: no accuracy would have told you.",
        "偏置按本层最大值的 8 位网格舍入，而整数网络本该给它们 32 位。权重、网格、累加都没问题，只有偏置和训练结果不同，最多差 1/127 的一半。在这里几乎不损失精度：看精度是看不出来的。"
      )
    case .saturatedBias:
      Phrase(
        "The biases were counted in the unit of the sums, input scale times weight scale, as the integer network wants them, but stored in 8 bits where it takes 32: nearly all of them end at −128 or 127 of that tiny unit and are as good as gone. Kernels, grids and the adding are right.",
        "偏置以累加和的单位（输入缩放因子 × 权重缩放因子）计数，这是整数网络的要求，但本该用 32 位，却只存了 8 位：几乎全部饱和到这个很小单位的 −128 或 127，等于没有偏置。权重、网格、加法都没问题。"
      )
    case .scale128:
      Phrase(
        "With max / 128 as scale the largest positive weight of a channel has the code +128, which eight bits of two's complement do not hold: it wraps around to −128 and changes its sign. A few weights, the largest ones, are wrong by 256 steps; all others are as they should be. The SQNR of the report shows it, but says not why.",
        "缩放因子取 max / 128，通道里最大的正权重编码就成了 +128，八位补码放不下，回绕成 −128，符号反了。出错的只是最大的那几个权重，差了 256 个步长；其余都正常。报告里的 SQNR 有反应，但说不出原因。"
      )
    case .channelFirstFlatten:
      Phrase(
        "The first dense layer was given its inputs in another order than it was trained with. The convolution's output is right, the dense layer's has nothing to do with it. Neither float weights nor float activations bring the accuracy back: the mistake is not one of rounding.",
        "第一个全连接层收到的输入顺序与训练时不同。卷积层的输出是对的，全连接层的输出则完全对不上。换成浮点权重或浮点激活都救不回精度：这不是舍入的问题。")
    case .shiftedZeroPoint:
      Phrase(
        "Weights are read with a zero point that is one too great, so that every weight is one step of the grid too small. The error is not large but has one sign, and thousands of products add it up; the zeros of pruning are zeros no more.",
        "读权重时零点大了一，于是每个权重都小了一个网格步长。单个误差不大，但符号一致，几千个乘积累加起来就大了；剪枝得到的零也不再是零。")
    case .transposedPattern:
      Phrase(
        "Two of four weights stay, but the fours were formed along the outputs. The sparsity is as it should be; the accuracy is lower, since other weights were removed, and hardware that wants two of four consecutive inputs of an output cannot use the pattern at all.",
        "每四个权重确实只留两个，但四个一组是沿输出方向取的。稀疏度没错；剪掉的是另一批权重，所以精度更低，而硬件要的是同一输出的四个相邻输入里留两个，这样的模式根本用不上。")
    }
  }

  /// The probes that show the fault.
  static func telling(_ fault: Fault) -> [FaultProbe] {
    switch fault {
    case .none: []
    case .unscaledCalibration, .blackCalibration: [.grids, .floatActivations]
    case .oneClassCalibration: [.grids]
    case .droppedMask: [.zeros, .withoutTuning]
    case .noGradient: [.withoutTuning]
    case .int16Accumulator: [.sums, .floatSums]
    case .int8Bias, .saturatedBias: [.biases]
    case .scale128: [.weights]
    case .channelFirstFlatten: [.layers, .floatWeights]
    case .shiftedZeroPoint: [.weights, .zeros]
    case .transposedPattern: [.zeros]
    }
  }
}
