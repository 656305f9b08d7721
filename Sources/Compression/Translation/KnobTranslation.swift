import Localization

/// How programs for other frameworks say a knob, or why they cannot.
enum KnobTranslation: Sendable {
  /// A value that stands in the way of a program, with why.
  typealias Obstacle = (value: String, reason: Phrase)

  /// The programs do what the knob says, but for what the closure finds in a canonical recipe.
  case said(except: @Sendable (Recipe, CodeDialect) -> [Obstacle] = { _, _ in [] })
  /// No program does what the knob says, so that every value but the default stands in the way.
  case unsaid(Phrase)

  /// For a knob that no program has been written for.
  static let notWritten = KnobTranslation.unsaid(
    Phrase("Nibble writes no code for this key"))

  /// For what is made hard, or wrong, on purpose.
  static let experimentOnly = KnobTranslation.unsaid(
    Phrase(
      "this is a disturbance that Nibble makes for an experiment, not a step to carry out elsewhere"
    ))

  /// Why TFMOT cannot train on a grid.
  static let kerasGrid = Phrase(
    "TFMOT's LastValueQuantizer has grids of 2 to 16 bits, a tensor or channel each, from extremes")

  /// The programs do what the knob says, but for what the closure finds in a rounded layer.
  static func saidPerLayer(
    except obstacle: @escaping @Sendable (WeightQuantization, LayerContext) -> Obstacle?
  ) -> KnobTranslation {
    .said { recipe, dialect in
      let context = LayerContext(
        dialect: dialect, tunesInKeras: dialect == .keras && recipe.tunesQuantized)
      return recipe.quantizedLayers.compactMap { obstacle($0.weights, context) }
    }
  }

  /// What decides, beside a layer's own settings, whether a framework can round it.
  struct LayerContext {
    /// The framework.
    let dialect: CodeDialect
    /// Whether the layer is rounded by TFMOT's quantization-aware training.
    let tunesInKeras: Bool
  }
}

extension Knob {
  /// What stands in the way of a program for a canonical recipe.
  func obstacles(in recipe: Recipe, for dialect: CodeDialect) -> [RecipeCode.Obstacle] {
    let found: [KnobTranslation.Obstacle] =
      switch translation {
      case .said(let except): except(recipe, dialect)
      case .unsaid(let reason):
        read(recipe) == defaultValue ? [] : [(read(recipe), reason)]
      }
    return found.map { RecipeCode.Obstacle(setting: "\(name)=\($0.value)", reason: $0.reason) }
  }
}
