import Compression
import Curriculum
import Lab
import TerminalCanvas

/// Items whose right answer is what the engine measures while they are shown.
extension QuizScreen {
  /// Asks for the measurement that the shown item needs, if it needs one and has none.
  ///
  /// Generations of the quiz are negative: a lab that lies under it counts upwards from 1, and
  /// must not take the quiz' measurement for its own.
  mutating func requestMeasurement() -> [TutorEffect] {
    guard let state, !state.isGraded, state.truth == nil, let recipe = Self.recipe(of: state) else {
      return []
    }
    generation -= 1
    isMeasuring = true
    refusal = nil
    return [.measure(recipe, generation: generation)]
  }

  /// Whether the shown item waits for a measurement.
  var awaitsMeasurement: Bool {
    guard let state else { return false }
    return state.measured != nil && state.truth == nil
  }

  /// Why the shown item cannot be graded; nil when it can.
  func failure(_ context: TutorContext) -> String? {
    guard awaitsMeasurement else { return nil }
    if let refusal { return refusal }
    if let state, Self.recipe(of: state) == nil {
      return context.text(Phrase("its recipe is not known here", "无法识别它的配方"))
    }
    if case .failed(let reason) = context.laboratory { return reason }
    return nil
  }

  /// The recipe to be measured; nil when the item needs none or its settings cannot be used.
  private static func recipe(of state: QuizItemState) -> Recipe? {
    guard let quantity = state.measured else { return nil }
    return try? Recipe(settings: quantity.settings.map { ($0.key, $0.value) })
  }

  mutating func receive(
    _ news: LaboratoryNews, _ context: inout TutorContext
  ) -> [TutorEffect] {
    switch news {
    case .status(.ready):
      return requestMeasurement()
    case .measured(let measurement, let generation) where generation == self.generation:
      isMeasuring = false
      guard var current = state, let quantity = current.measured?.quantity else { return [] }
      guard let truth = ClaimChecker.value(of: quantity, in: measurement), truth.isFinite else {
        refusal = context.text(Phrase("there is no such quantity: ", "没有这个量：")) + quantity
        return []
      }
      let outcome = current.receive(truth: truth)
      state = current
      return outcome == .graded ? record(current, context) : []
    case .refused(let reason, let generation) where generation == self.generation:
      isMeasuring = false
      refusal = reason
      return []
    case .measured(_, let generation), .refused(_, let generation), .estimated(_, let generation),
      .histograms(_, let generation):
      // Another screen's request took the place of this one's.
      if generation != self.generation { isMeasuring = false }
      return []
    case .status, .swept:
      return []
    }
  }

  /// What is shown below an item that cannot be graded.
  func failureRows(_ context: TutorContext, width: Int) -> [QuizItemTypesetter.Row] {
    guard let reason = failure(context) else { return [] }
    let text =
      context.text(
        Phrase("This cannot be measured here: ", "这里无法实测：")) + reason
    return TextWrapping.wrap([StyledRun(text, .role(.bad))], width: width).map {
      QuizItemTypesetter.Row(line: $0)
    }
  }
}
