import Compression
import Curriculum
import Localization

/// Why a framework cannot do a setting, in the learner's language.
enum CodeTexts {
  /// One sentence that names the tool and says what it lacks.
  static func sentence(for reason: RecipeCode.Reason, in language: Language) -> String {
    language == .english ? reason.description : chinese(reason)
  }

  private static func chinese(_ reason: RecipeCode.Reason) -> String {
    switch reason {
    case .kerasHasNoWanda: "TFMOT 0.8.1 只按幅值给权重排序"
    case .torchaoRanksWholeLayers: "torchao 0.18 的 WandaSparsifier 在整层范围内排序，而不是逐个输出排序"
    case .noSecondOrder: "TFMOT 0.8.1 与 torchao 0.18 都没有带权重补偿的二阶剪枝"
    case .smallestFirst: "两个框架都先剪最小的权重，不会先剪最大的"
    case .randomIsUnstructured: "两个框架只能随机剪单个权重或整个通道，不能随机剪块或 n:m 组"
    case .blocksWithinALayer:
      "torch.ao 的 WeightNormSparsifier 只在层内给块排序；改用 prune.scope=layer 即可"
    case .layerRampsOnly: "TFMOT 与 torch.ao 的稀疏度渐增只支持非结构化剪枝，不支持这种模式"
    case .rampsMagnitudes: "两个框架的稀疏度渐增都按幅值排序"
    case .noLeastSquaredError: "TFMOT 0.8.1 与 torchao 0.18 都不会为权重搜索均方误差最小的截断范围"
    case .noStochastic: "TFMOT 0.8.1 与 torchao 0.18 都不支持权重的随机舍入"
    case .noAdaRound: "TFMOT 0.8.1 与 torchao 0.18 都没有 AdaRound"
    case .kerasGPTQ: "Keras 3 的 gptq 只接受以 token 为输入的 Transformer 块堆叠，TFMOT 没有 GPTQ"
    case .torchaoGPTQ: "torchao 0.18 的 GPTQ 原型只处理 Linear 层，用自己的 4 位和 8 位网格，不支持卷积"
    case .kerasClusters: "TFMOT 0.8.1 的 cluster_weights 在训练中求聚类中心，而不是对现成的权重求"
    case .torchaoCodebooks: "torchao 0.18 的码本原型以共享缩放因子存储成组的权重，是另一种格式"
    case .noActivationSearch: "TFMOT 与 torch.ao 都不会在这一网格上用该准则选择激活范围"
    case .kerasHasNoSmoothing: "Keras 与 TFMOT 没有 SmoothQuant"
    case .torchaoSmoothing: "torchao 0.18 的 SmoothQuant 原型只处理 8 位的 Linear 层，范围由它自己确定"
    case .kerasPrunedTraining: "TFMOT 0.8.1 只有在固定的 8 位方案下，量化感知训练才能保住零权重"
    case .kerasTrainingGrid:
      "TFMOT 的 LastValueQuantizer 只支持 2～16 位、逐张量或逐通道、由最小最大值确定的网格"
    case .kerasInputBits: "TFMOT 0.8.1 在量化感知训练中把输入固定为 8 位"
    case .injection: "这是 Nibble 为实验故意加入的干扰，不是要搬到别处执行的步骤"
    case .unknownKey: "Nibble 不为这个键生成代码"
    }
  }
}
