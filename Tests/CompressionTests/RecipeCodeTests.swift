import Localization
import Testing

@testable import Compression

/// Programs for other frameworks; that they run there, and how many images they get right, was tried
/// by hand with the packages that each program names.
@Suite struct RecipeCodeTests {
  /// Every position of every slider, alone and on top of a busy recipe, gives a program or says why
  /// not, and never both.
  @Test(arguments: CodeDialect.allCases)
  func everySettingGivesAProgramOrAReason(dialect: CodeDialect) throws {
    let bases = [
      "", "prune.sparsity=0.5 weights.bits=4 activations.bits=8",
      "prune.sparsity=0.5 weights.bits=4 finetune.epochs=1",
      "weights.bits=4 activations.bits=8 finetune.epochs=1 finetune.mode=qat",
    ]
    var programs = 0
    for base in bases {
      for key in Knob.all {
        for position in key.positions + (key.positions.isEmpty ? ["0.9"] : []) {
          var recipe = try Recipe(line: base)
          try recipe.set(key.name, position)
          guard (try? recipe.checkCombination()) != nil else { continue }
          let code = try RecipeCode(recipe, as: dialect)
          #expect((code.program == nil) != code.obstacles.isEmpty)
          guard let program = code.program else {
            let settings = Set(recipe.settings.map { "\($0.key)=\($0.value)" })
            #expect(code.obstacles.allSatisfy { settings.contains($0.setting) })
            for reason in code.obstacles.map(\.reason) {
              #expect(
                !reason(.english).hasSuffix(".") && !reason(.simplifiedChinese).hasSuffix("。"))
              #expect(
                !reason(.english).contains("\n") && reason(.english) != reason(.simplifiedChinese))
            }
            continue
          }
          programs += 1
          expectSound(program, "\(dialect) \(recipe.line)")
        }
      }
    }
    #expect(programs > 100)
  }

  /// What a program has whatever the recipe: brackets that close, no tabs, no line beyond 120 columns,
  /// the reading of both arguments, and the one line that it prints.
  private func expectSound(_ program: String, _ what: String) {
    for (open, close) in ["()", "[]", "{}"].map({ ($0.first, $0.last) }) {
      #expect(program.count { $0 == open } == program.count { $0 == close }, "\(what)")
    }
    #expect(program.contains("sys.argv[1]") && program.contains("sys.argv[2]"))
    #expect(program.contains(" of {len(test_y)}\")"))
    #expect(program.hasSuffix("\n") && !program.contains("\t"))
    for line in program.split(separator: "\n") where !line.hasPrefix("#") {
      #expect(line.count <= 120, "\(line)")
      let indent = line.prefix { $0 == " " }.count
      #expect(indent % 4 == 0, "\(line)")
    }
  }

  @Test func frameworksOwnFunctionsAreUsedWhereTheyDoTheSame() throws {
    for (dialect, line, call) in [
      (
        CodeDialect.keras, "weights.bits=4",
        "tf.quantization.fake_quant_with_min_max_vars_per_channel("
      ),
      (
        .keras, "prune.sparsity=0.9 prune.scope=layer finetune.epochs=1",
        "tfmot.sparsity.keras.prune_low_magnitude("
      ),
      (
        .keras, "weights.bits=4 finetune.epochs=1 finetune.mode=qat",
        "tfmot.quantization.keras.quantize_apply("
      ),
      (.pytorch, "prune.sparsity=0.9", "prune.global_unstructured("),
      (.pytorch, "prune.pattern=2:4", "sparse_block_shape=(1, 4), zeros_per_block=2"),
      (.pytorch, "weights.bits=4", "choose_qparams_affine("),
      (.pytorch, "activations.bits=8", "torch.fake_quantize_per_tensor_affine("),
      (.pytorch, "weights.bits=4 finetune.epochs=1 finetune.mode=qat", "register_parametrization("),
    ] {
      let program = try RecipeCode(Recipe(line: line), as: dialect).program
      #expect(program?.contains(call) == true, "\(dialect) \(line)")
    }
  }

  @Test func valuesOfTheRecipeStandInTheProgram() throws {
    let recipe = try Recipe(
      line: "prune.sparsity=0.85 weights.bits=5 weights.bits@conv2d=8 weights.granularity=group:32 "
        + "weights.scheme=asymmetric activations.bits=6 activations.samples=512 finetune.epochs=2")
    for dialect in CodeDialect.allCases {
      let program = try #require(try RecipeCode(recipe, as: dialect).program)
      #expect(program.hasPrefix("# \(recipe.line)\n"))
      #expect(program.contains("\"conv2d\": dict(bits=8, size=32, symmetric=False),"))
      #expect(program.contains("\"dense\": dict(bits=5, size=32, symmetric=False),"))
      #expect(program.contains("0.85") && program.contains("512"))
      // Layers of other built-in networks, which a recipe may name, are not in the program's.
      #expect(!program.contains("depthwise_conv2d") && !program.contains("conv2d_1"))
    }
  }

  @Test func obstaclesNameTheirSetting() throws {
    for (dialect, line, settings) in [
      (CodeDialect.keras, "prune.criterion=wanda prune.sparsity=0.5", ["prune.criterion=wanda"]),
      (.pytorch, "weights.bits=3 weights.rounding=adaround", ["weights.rounding=adaround"]),
      (
        .keras, "weights.bits=8 activations.bits=8 activations.smooth=0.5 activations.range=mse",
        ["activations.range=mse", "activations.smooth=0.5"]
      ),
      (
        .keras, "prune.sparsity=0.5 weights.bits=1 finetune.epochs=1 finetune.mode=qat",
        ["weights.bits=1", "finetune.mode=qat"]
      ),
      // Settings without effect are in nobody's way.
      (.keras, "weights.rounding=gptq prune.criterion=obs activations.range=entropy", []),
    ] {
      let code = try RecipeCode(Recipe(line: line), as: dialect)
      #expect(code.obstacles.map(\.setting) == settings, "\(line)")
    }
  }
}
