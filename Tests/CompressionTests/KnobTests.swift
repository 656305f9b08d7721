import Localization
import Testing

@testable import Compression

/// What follows from a knob's declaration alone.
@Suite struct KnobTests {
  private static let bases = [
    "", "prune.sparsity=0.5", "prune.pattern=filter prune.sparsity=0.5", "weights.bits=4",
    "weights.bits=4 weights.codebook=kmeans", "activations.bits=8",
    "prune.sparsity=0.5 prune.criterion=wanda", "weights.bits=4 weights.rounding=gptq",
    "prune.sparsity=0.5 weights.bits=4 activations.bits=8 finetune.epochs=1",
    "weights.bits=4 activations.bits=8 finetune.epochs=1 finetune.mode=qat",
    "prune.sparsity=0.5 finetune.epochs=1 finetune.distill=4", "weights.bits@dense=4",
    "prune.sparsity=0.5 prune.criterion=random", "weights.bits=8 weights.rounding=stochastic",
  ]

  /// A knob changes the keys of the stages that it has an effect on, and no others: an entry of a cache
  /// is never taken for another recipe's.
  @Test func aKnobChangesTheKeysOfTheStagesThatItAffects() throws {
    for base in Self.bases {
      for knob in Knob.all {
        for position in knob.positions + (knob.positions.isEmpty ? ["0.25", "0.75"] : []) {
          let recipe = try Recipe(line: base)
          var changed = recipe
          try changed.set(knob.name, position)
          guard changed != recipe else { continue }
          for stage in [CompressionStage.preparation, .weights, .running] {
            let isSeen = [recipe, changed].contains { recipe in
              knob.firstStage(recipe).map { $0 <= stage } ?? false
            }
            // A knob may switch others on or off, but only if it has an effect itself.
            if isSeen {
              #expect(
                recipe.key(through: stage) != changed.key(through: stage),
                "\(knob.name)=\(position) on '\(base)' through \(stage)")
            } else {
              #expect(
                recipe.key(through: stage).value(of: knob) == knob.defaultValue
                  && changed.key(through: stage).value(of: knob) == knob.defaultValue,
                "\(knob.name)=\(position) on '\(base)' through \(stage)")
            }
          }
        }
      }
    }
  }

  @Test func keysOfKeysAreTheSame() throws {
    for base in Self.bases {
      let recipe = try Recipe(line: base)
      #expect(recipe.canonical.canonical == recipe.canonical)
      #expect(recipe.canonical.weightsKey == recipe.weightsKey)
      #expect(recipe.weightsKey.preparationKey == recipe.preparationKey)
    }
  }

  /// What a declaration leaves out must not let two recipes share what only one of them gave.
  @Test func aKnobDeclaredWithNothingButItsValuesCountsEverywhereAndIsTranslatedNowhere() throws {
    let knob = Knob(
      "new", Phrase(verbatim: "New"), help: Phrase(verbatim: "New."),
      values: .fraction(\.finetune.mix, 0...1))
    #expect(knob.firstStage(Recipe()) == .preparation)
    #expect(knob.obstacles(in: Recipe(), for: .keras).isEmpty)
    var recipe = Recipe()
    recipe.finetune.mix = 0.5
    #expect(knob.obstacles(in: recipe, for: .pytorch).map(\.setting) == ["new=0.5"])
  }

  @Test func everyTextIsThereInBothLanguages() {
    for knob in Knob.all {
      #expect(
        knob.help(.english).hasSuffix(".") && knob.help(.simplifiedChinese).hasSuffix("。"),
        "\(knob.name)")
      for phrase in [knob.title, knob.help] {
        #expect(phrase(.english).allSatisfy { $0.isASCII || "×".contains($0) }, "\(knob.name)")
        #expect(phrase(.simplifiedChinese).contains { !$0.isASCII }, "\(knob.name)")
      }
    }
  }
}

extension Recipe {
  fileprivate func value(of knob: Knob) -> String { knob.read(self) }
}
