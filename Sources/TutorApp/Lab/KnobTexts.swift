import Compression
import Curriculum
import Localization

/// Titles and explanations of the recipe's keys in the learner's language.
enum KnobTexts {
  /// A short title for a key.
  static func title(of key: Knob, in language: Language) -> String {
    language == .english ? key.title : chinese[key.name]?.title ?? key.title
  }

  /// What a key does, in a sentence or two.
  static func help(for key: Knob, in language: Language) -> String {
    language == .english ? key.help : chinese[key.name]?.help ?? key.help
  }

  private static let chinese: [String: (title: String, help: String)] = [
    "prune.pattern": (
      "剪枝模式",
      "剪掉的是什么形状。n:m 在全连接层每 m 个相邻输入中保留 n 个权重，稀疏度由模式本身决定；filter 与 neuron 会真正缩小网络。"
    ),
    "prune.criterion": (
      "剪枝准则",
      "先剪谁：幅值（L1 范数）最小的、随机种子排出的、幅值最大的（作对照）、幅值乘输入范数最小的（Wanda），或二阶损失最小并补偿其余权重的（OBS）。"
        + "最后两种让范围内每个核剪去同样的比例。"
    ),
    "prune.scope": ("排序范围", "在哪些权重之间排序：全部卷积核与矩阵一起排、逐层分别排，或只剪某一层。"),
    "prune.sparsity": ("稀疏度", "置零的权重（或删去的卷积核、神经元）所占比例。n:m 模式自带稀疏度，与此处的值无关。"),
    "factorize.rank": (
      "低秩分解", "把第一个全连接层的矩阵换成两个更窄矩阵之积（截断 SVD），两者之间的宽度就是秩。秩小于 125 时权重才会变少。"
    ),
    "weights.bits": ("权重位宽", "每个权重的编码位数；32 表示浮点。对称 1 bit 取符号乘以平均幅值，没有范围可选。"),
    "weights.granularity": ("量化粒度", "哪些权重共用一个缩放因子：整个张量、一个输出通道，或同一输出的 N 个相邻输入。"),
    "weights.scheme": ("量化方案", "网格以零为中心（对称），还是从最小权重铺到最大权重（非对称）。"),
    "weights.range": ("权重范围", "网格铺到多远：最大最小值、某个百分位，或均方误差最小处。"),
    "weights.equalize": (
      "跨层均衡", "先在相邻两层之间缩放各通道，让两层的范围相同（跨层均衡）；浮点网络的计算结果不变。"
    ),
    "weights.layers": ("量化层", "对哪些层的权重做舍入。"),
    "weights.outlier": (
      "权重离群值",
      "在一切步骤之前，把第一个全连接层中最负的那个权重放大到这么多倍。浮点网络几乎不受影响；网格要铺到那么远，代价就大了。"
    ),
    "activations.bits": ("激活位宽", "层与层之间数值的编码位数；32 表示浮点。"),
    "activations.range": ("激活范围", "激活的网格在校准图像给出的取值上铺到多远。"),
    "activations.samples": (
      "校准图像数", "用训练集前多少张图像来校准激活范围；wanda、obs、gptq、adaround 和平滑也用这些图像。"
    ),
    "weights.rounding": (
      "舍入方式",
      "权重落到网格的哪一级：最近的、按概率、学习使层输出变化最小（AdaRound），或让后面的权重补偿误差（GPTQ）。"
    ),
    "weights.codebook": (
      "码本", "等距的各级、k-means 的中心，或每份权重个数相等的均值。后两者没有方案和范围，最多 8 位。"
    ),
    "activations.smooth": ("平滑", "先把激活范围的多大一部分移到权重里（SmoothQuant 的 alpha）。"),
    "activations.outlier": (
      "离群通道",
      "把一个卷积核连同偏置放大到这么多倍，再把读取它的权重缩小同样的倍数：浮点网络的计算结果不变，但这一个通道的激活需要比其他通道宽得多的网格。"
    ),
    "finetune.epochs": ("微调轮数", "剪枝之后在训练集上训练几遍，让网络恢复。"),
    "finetune.mode": (
      "微调方式", "用浮点训练，或每一步都对权重和激活做舍入（量化感知训练）。两种方式下被剪的权重都保持为零。"
    ),
    "finetune.schedule": ("剪枝调度", "微调之前一次剪完，或在微调中按三次曲线逐步剪。"),
    "finetune.rate": ("学习率", "微调时 Adam 的学习率；网络本身是以 0.001 训练的。"),
    "finetune.distill": (
      "知识蒸馏",
      "微调时也向浮点网络的输出学习（知识蒸馏）：教师的 logits 先除以这个温度；温度越高，越能看出它对错误类别的判断。"
    ),
    "finetune.mix": ("教师权重", "损失中浮点网络（教师）的输出占多大比重；其余来自标签。"),
    "order": ("先后顺序", "先剪枝、微调再舍入；或先微调并舍入，再剪舍入后的权重。"),
    "seed": ("随机种子", "决定一切随机过程：随机剪枝的顺序、随机舍入，以及微调和 AdaRound 学习时图像的顺序。"),
    "fault": ("故障", "故意犯的一个错误，用来看它会把各项指标变成什么样。配方里没有机会犯的错误会被拒绝。"),
  ]
}
