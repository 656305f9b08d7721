package import Localization

/// One adjustable setting of a recipe, declared once.
///
/// Everything that needs to know of a knob derives from its declaration: the command line and its
/// help, the linter, sliders, cache keys, contradictions, and programs for other frameworks. What a
/// declaration leaves out has the careful default: the knob counts from the first stage on, and no
/// program says it.
package struct Knob: Sendable {
  /// The name as on the command line and in lesson files, such as `weights.bits`.
  package let name: String
  /// A short title for a slider.
  package let title: Phrase
  /// One or two sentences on what the knob does.
  package let help: Phrase
  /// Which values the knob has, and how they are read and written.
  package let values: KnobValues
  /// Whether a layer may overrule the knob, as in `weights.bits@conv2d=8`.
  package let isPerLayer: Bool
  /// The first stage that the knob has an effect on in a recipe; nil if it has none.
  let firstStage: @Sendable (Recipe) -> CompressionStage?
  /// Why the knob's value contradicts the rest of a recipe; nil if it does not.
  let conflict: @Sendable (Recipe) -> RecipeError?
  /// What a network of other layers than the baseline's needs in place of the value; nil if nothing.
  let baselineNeed: @Sendable (Recipe) -> Phrase?
  /// How programs for other frameworks say the knob.
  let translation: KnobTranslation

  /// Declares a knob.
  init(
    _ name: String, _ title: Phrase, help: Phrase, values: KnobValues, isPerLayer: Bool = false,
    firstStage: @escaping @Sendable (Recipe) -> CompressionStage? = { _ in .preparation },
    conflict: @escaping @Sendable (Recipe) -> RecipeError? = { _ in nil },
    baselineNeed: @escaping @Sendable (Recipe) -> Phrase? = { _ in nil },
    translation: KnobTranslation = .notWritten
  ) {
    self.name = name
    self.title = title
    self.help = help
    self.values = values
    self.isPerLayer = isPerLayer
    self.firstStage = firstStage
    self.conflict = conflict
    self.baselineNeed = baselineNeed
    self.translation = translation
  }

  /// All knobs in the order in which a recipe is written.
  package static let all =
    pruning + factorization + weights + activations + finetuning + general

  /// The knob of that name.
  package static func named(_ name: String) -> Knob? { all.first { $0.name == name } }
}

extension Knob {
  /// What kind of values the knob has.
  package var kind: KnobValues.Kind { values.kind }
  /// The allowed values as a phrase that follows "must be".
  package var allowed: Phrase { values.allowed }
  /// The values that a slider offers, in order; empty for a fraction.
  package var positions: [String] { values.positions }
  /// The value in the recipe that changes nothing.
  package var defaultValue: String { read(Recipe()) }

  /// The value in a recipe.
  package func value(in recipe: Recipe) -> KnobValue { values.read(recipe) }

  /// The value in a recipe, as text.
  package func read(_ recipe: Recipe) -> String { values.read(recipe).text }

  /// Sets the value in a recipe from text; false, and no change, if the text is not allowed.
  package func write(_ recipe: inout Recipe, _ text: String) -> Bool { values.write(&recipe, text) }
}
