package import Localization

/// A Python framework that a recipe can be written for.
package enum CodeDialect: String, Sendable, Hashable, CaseIterable {
  /// Keras 3 on TensorFlow; TensorFlow's Model Optimization Toolkit with tf_keras where it has the
  /// method.
  case keras
  /// PyTorch, with torchao's and torch.ao's functions where they have the method.
  case pytorch
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
  /// The settings that the framework cannot do, with why, each once in the order of the knobs.
  package let obstacles: [Obstacle]

  /// A setting that a framework cannot do.
  package struct Obstacle: Sendable, Hashable {
    /// The setting, such as `weights.rounding=gptq`.
    package let setting: String
    /// Why not, as a sentence that names the tool and says what it lacks.
    package let reason: Phrase
  }

  /// Writes a recipe's program.
  ///
  /// - Throws: `RecipeError` where settings contradict one another.
  package init(_ recipe: Recipe, as dialect: CodeDialect) throws(RecipeError) {
    try recipe.checkCombination()
    let canonical = recipe.canonical
    var seen: Set<Obstacle> = []
    self.dialect = dialect
    obstacles = Knob.all.flatMap { $0.obstacles(in: canonical, for: dialect) }
      .filter { seen.insert($0).inserted }
    program =
      obstacles.isEmpty ? RecipeProgram(recipe: canonical, dialect: dialect).text : nil
  }
}
