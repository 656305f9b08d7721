import Compression
import Curriculum
import Localization

/// A recipe worth knowing, with the sentence that says why.
struct RecipePreset: Sendable, Hashable {
  /// Its name.
  let name: Phrase
  /// What it is, or where it comes from, in a sentence.
  let sentence: Phrase
  /// The recipe.
  let recipe: Recipe

  /// The recipes that practice and literature know, from the mildest to the harshest.
  static let known: [RecipePreset] = entries.compactMap { name, sentence, line in
    (try? Recipe(line: line)).map { RecipePreset(name: name, sentence: sentence, recipe: $0) }
  }

  /// Name, sentence and recipe line of the known recipes.
  static let entries: [(Phrase, Phrase, String)] = [
    (
      Phrase("float", "浮点网络"),
      Phrase("Nothing is compressed: what all others are held against.", "不做任何压缩：其他配方都与它相比。"), ""
    ),
    (
      Phrase("int8 weights only", "仅权重 int8"),
      Phrase(
        "A quarter of the bytes without calibration; the arithmetic stays float.",
        "无需校准，体积降到四分之一；运算仍是浮点。"), "weights.bits=8"
    ),
    (
      Phrase("int8 PTQ", "int8 训练后量化"),
      Phrase(
        "Weights per channel and activations calibrated on 1,024 images: the usual first step of every runtime.",
        "权重逐通道、激活用 1024 张图像校准：各推理框架的第一步。"), "weights.bits=8 activations.bits=8"
    ),
    (
      Phrase("int8 with SmoothQuant", "int8 加 SmoothQuant"),
      Phrase(
        "Half of the activations' range moves into the weights first (Xiao et al. 2022).",
        "先把一半激活范围移到权重里（Xiao 等，2022）。"),
      "weights.bits=8 activations.bits=8 activations.smooth=0.5"
    ),
    (
      Phrase("int8, 2:4 sparse", "int8，2:4 稀疏"),
      Phrase(
        "Two of every four weights of the dense layers go: the pattern that sparse tensor cores take.",
        "全连接层每四个权重剪两个：稀疏张量核支持的模式。"),
      "prune.pattern=2:4 weights.bits=8 activations.bits=8"
    ),
    (
      Phrase("W4A8 per channel", "W4A8 逐通道"),
      Phrase(
        "Weights of 4 bits with activations of 8: half the bytes of int8, still all integers.",
        "4 位权重配 8 位激活：体积是 int8 的一半，仍可全整数运算。"), "weights.bits=4 activations.bits=8"
    ),
    (
      Phrase("4-bit groups with GPTQ", "分组 4 位加 GPTQ"),
      Phrase(
        "One scale for 128 weights, later weights making up for earlier errors: how language models ship (Frantar et al. 2022).",
        "每 128 个权重一个缩放因子，后面的权重补偿前面的误差：大语言模型的常见发布形式（Frantar 等，2022）。"),
      "weights.bits=4 weights.granularity=group:128 weights.rounding=gptq"
    ),
    (
      Phrase("3-bit AdaRound", "3 位 AdaRound"),
      Phrase(
        "Up or down is learnt for every weight, so that the layers' outputs change least (Nagel et al. 2020).",
        "为每个权重学习向上还是向下取整，使层输出变化最小（Nagel 等，2020）。"),
      "weights.bits=3 weights.rounding=adaround"
    ),
    (
      Phrase("2-bit QAT", "2 位量化感知训练"),
      Phrase(
        "One epoch with rounded weights and a straight-through gradient brings back much of what 2 bits lose.",
        "用取整后的权重和直通梯度训练一轮，找回 2 位损失的大部分精度。"),
      "weights.bits=2 finetune.epochs=1 finetune.mode=qat"
    ),
    (
      Phrase("binary weights", "二值权重"),
      Phrase(
        "Sign times mean magnitude of each channel (Rastegari et al. 2016), without training.",
        "符号乘以各通道的平均幅值（Rastegari 等，2016），不训练。"), "weights.bits=1"
    ),
    (
      Phrase("half pruned by Wanda", "Wanda 剪一半"),
      Phrase(
        "Magnitude times input norm decides, without training (Sun et al. 2023).",
        "按幅值乘以输入范数排序，不训练（Sun 等，2023）。"), "prune.sparsity=0.5 prune.criterion=wanda"
    ),
    (
      Phrase("90 % pruned", "剪去 90 %"),
      Phrase("The smallest weights of all layers go, and nothing recovers.", "剪掉全网最小的权重，不做恢复。"),
      "prune.sparsity=0.9"
    ),
    (
      Phrase("90 % pruned, one epoch", "剪去 90 % 再训一轮"),
      Phrase(
        "The same, then an epoch with the zeros kept (Han et al. 2015).",
        "同上，再保持零权重训练一轮（Han 等，2015）。"), "prune.sparsity=0.9 finetune.epochs=1"
    ),
    (
      Phrase("90 % along a ramp", "渐进剪到 90 %"),
      Phrase(
        "The sparsity grows along a cubic curve while the network trains (Zhu and Gupta 2017).",
        "训练中沿三次曲线逐步提高稀疏度（Zhu 与 Gupta，2017）。"),
      "prune.sparsity=0.9 finetune.epochs=2 finetune.schedule=polynomial"
    ),
    (
      Phrase("Deep Compression", "Deep Compression"),
      Phrase(
        "Prune, recover, then 32 shared values found by k-means, for a Huffman-coded file (Han et al. 2016).",
        "先剪枝并恢复，再用 k-means 求 32 个共享值，最后哈夫曼编码（Han 等，2016）。"),
      "prune.sparsity=0.9 finetune.epochs=1 weights.bits=5 weights.codebook=kmeans"
    ),
    (
      Phrase("half the filters", "一半的卷积核"),
      Phrase(
        "Filters of the least L1 norm really leave, and an epoch recovers: faster on any processor (Li et al. 2017).",
        "真正删去 L1 范数最小的卷积核，再训一轮：在任何处理器上都更快（Li 等，2017）。"),
      "prune.pattern=filter prune.sparsity=0.5 finetune.epochs=1"
    ),
    (
      Phrase("rank 16", "秩 16"),
      Phrase(
        "The first dense matrix becomes two thin ones (truncated SVD), and an epoch recovers.",
        "第一个全连接矩阵换成两个窄矩阵（截断 SVD），再训一轮。"), "factorize.rank=16 finetune.epochs=1"
    ),
  ]
}
