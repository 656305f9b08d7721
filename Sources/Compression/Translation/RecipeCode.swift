/// A Python framework that a recipe can be written for.
package enum CodeDialect: String, Sendable, Hashable, CaseIterable {
  /// Keras 3 on TensorFlow; TensorFlow's Model Optimization Toolkit with tf_keras where it has the
  /// method.
  case keras
  /// PyTorch, with torchao's and torch.ao's functions where they have the method.
  case pytorch

  /// The packages that the code was run with.
  package var packages: [String] {
    switch self {
    case .keras:
      [
        "tensorflow==2.21.0", "tf_keras==2.21.0", "tensorflow-model-optimization==0.8.1",
        "safetensors",
      ]
    case .pytorch: ["torch==2.13.0", "torchao==0.18.0", "numpy", "safetensors"]
    }
  }
}

/// A recipe as a Python program, or why it cannot be one.
///
/// The program takes a safetensors file of the uncompressed network and a folder with the four
/// Fashion-MNIST files, does what the recipe says, and prints how many test images are right. It calls
/// the framework's own functions where they do the same, and says so where a step is spelt out.
package struct RecipeCode: Sendable, Hashable {
  /// What it is written for.
  package let dialect: CodeDialect
  /// The program; nil where a setting stands in the way.
  package let program: String?
  /// The settings that the framework cannot do, with why.
  package let obstacles: [Obstacle]

  /// A setting that a framework cannot do.
  package struct Obstacle: Sendable, Hashable {
    /// The setting, such as `weights.rounding=gptq`.
    package let setting: String
    /// Why not.
    package let reason: Reason
  }

  /// Writes a recipe's program.
  ///
  /// - Throws: `RecipeError` where settings contradict one another.
  package init(_ recipe: Recipe, as dialect: CodeDialect) throws(RecipeError) {
    try recipe.checkCombination()
    self.dialect = dialect
    obstacles = ObstacleSearch(recipe: recipe.canonical, dialect: dialect).obstacles
    guard obstacles.isEmpty else {
      program = nil
      return
    }
    switch dialect {
    case .keras: program = KerasCode(recipe: recipe.canonical).program
    case .pytorch: program = PyTorchCode(recipe: recipe.canonical).program
    }
  }
}

extension RecipeCode {
  /// Why a framework cannot do what a setting says.
  package enum Reason: String, Sendable, Hashable, CaseIterable {
    /// TFMOT has no Wanda.
    case kerasHasNoWanda
    /// The Wanda of torchao compares weights of different outputs.
    case torchaoRanksWholeLayers
    /// No tool prunes by second order.
    case noSecondOrder
    /// No tool removes the largest weights.
    case smallestFirst
    /// No tool draws blocks or groups at random.
    case randomIsUnstructured
    /// Blocks are ranked within a layer only.
    case blocksWithinALayer
    /// A ramp takes single weights only.
    case layerRampsOnly
    /// A ramp ranks by magnitude only.
    case rampsMagnitudes
    /// No tool searches for the clipping of weights.
    case noLeastSquaredError
    /// No tool rounds stochastically.
    case noStochastic
    /// No tool has AdaRound.
    case noAdaRound
    /// The GPTQ of Keras takes transformers only.
    case kerasGPTQ
    /// The GPTQ of torchao takes Linear layers only.
    case torchaoGPTQ
    /// The clusters of TFMOT come from training.
    case kerasClusters
    /// The codebooks of torchao are another format.
    case torchaoCodebooks
    /// No tool searches for an activation range this way.
    case noActivationSearch
    /// TFMOT has no SmoothQuant.
    case kerasHasNoSmoothing
    /// The SmoothQuant of torchao takes Linear layers only.
    case torchaoSmoothing
    /// TFMOT does not keep zeros while it rounds at other widths than 8.
    case kerasPrunedTraining
    /// TFMOT trains on other grids only.
    case kerasTrainingGrid
    /// TFMOT rounds the input to 8 bits in training.
    case kerasInputBits
    /// A fault injection is there for experiments alone.
    case injection
    /// Nibble writes no code for the key.
    case unknownKey

    /// One sentence that names the tool and says what it lacks.
    package var description: String {
      switch self {
      case .kerasHasNoWanda: "TFMOT 0.8.1 ranks weights by magnitude alone"
      case .torchaoRanksWholeLayers:
        "torchao 0.18's WandaSparsifier ranks the weights of a whole layer, not of each output"
      case .noSecondOrder:
        "neither TFMOT 0.8.1 nor torchao 0.18 prunes by second order with an update of the rest"
      case .smallestFirst: "the frameworks remove the smallest weights first, never the largest"
      case .randomIsUnstructured:
        "the frameworks draw single weights or whole channels at random, not blocks or n:m groups"
      case .blocksWithinALayer:
        "torch.ao's WeightNormSparsifier ranks the blocks of each layer by itself; prune.scope=layer works"
      case .layerRampsOnly:
        "TFMOT and torch.ao ramp single weights, not this pattern"
      case .rampsMagnitudes: "the ramps of the frameworks rank by magnitude"
      case .noLeastSquaredError:
        "neither TFMOT 0.8.1 nor torchao 0.18 searches for the clipping of least squared error of weights"
      case .noStochastic: "neither TFMOT 0.8.1 nor torchao 0.18 rounds weights stochastically"
      case .noAdaRound: "neither TFMOT 0.8.1 nor torchao 0.18 has AdaRound"
      case .kerasGPTQ:
        "Keras 3's gptq takes stacks of transformer blocks fed with tokens, and TFMOT has none"
      case .torchaoGPTQ:
        "torchao 0.18's GPTQ prototype takes Linear layers at its own 4- and 8-bit grids, no convolution"
      case .kerasClusters:
        "TFMOT 0.8.1's cluster_weights finds its centres while training, not from finished weights"
      case .torchaoCodebooks:
        "torchao 0.18's codebook prototype stores groups of weights under shared scales, another format"
      case .noActivationSearch:
        "neither TFMOT nor torch.ao chooses activation ranges by this criterion on this grid"
      case .kerasHasNoSmoothing: "Keras and TFMOT have no SmoothQuant"
      case .torchaoSmoothing:
        "torchao 0.18's SmoothQuant prototype takes Linear layers at 8 bits with ranges of its own"
      case .kerasPrunedTraining:
        "TFMOT 0.8.1 keeps zeros in quantization-aware training only with its fixed 8-bit scheme"
      case .kerasTrainingGrid:
        "TFMOT's LastValueQuantizer has grids of 2 to 16 bits, a tensor or channel each, from extremes"
      case .kerasInputBits: "TFMOT 0.8.1 fixes the input at 8 bits in quantization-aware training"
      case .injection:
        "this is a disturbance that Nibble makes for an experiment, not a step to carry out elsewhere"
      case .unknownKey: "Nibble writes no code for this key"
      }
    }
  }
}
