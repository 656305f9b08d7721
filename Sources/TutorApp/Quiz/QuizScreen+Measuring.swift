import Compression
import Curriculum
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// Items whose right answer is what the engine measures while they are shown.
extension QuizScreen {
  /// Asks for the measurement that the shown item needs, if it needs one and has none; one that the
  /// item before still waits for is ended.
  mutating func requestMeasurement() -> [TutorEffect] {
    guard let state, !state.isGraded, state.truth == nil, let recipe = Self.recipe(of: state) else {
      defer { isMeasuring = false }
      return isMeasuring ? [.cancel(.measurement)] : []
    }
    isMeasuring = true
    refusal = nil
    return [.ask(.measure(recipe))]
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
      return context.text(Phrase("its recipe is not known here"))
    }
    if case .failed(let reason) = context.laboratory { return reason }
    return nil
  }

  /// The recipe to be measured; nil when the item needs none or its settings cannot be used.
  private static func recipe(of state: QuizItemState) -> Recipe? {
    guard let quantity = state.measured else { return nil }
    return try? Recipe(settings: quantity.settings.map { ($0.key, $0.value) })
  }

  mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect] {
    requestMeasurement()
  }

  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    switch reply {
    case .measured(let measurement, _): return take(measurement, context)
    case .refused(_, let error):
      isMeasuring = false
      refusal = context.text(Phrase(describing: error))
      return []
    default: return []
    }
  }

  /// Takes a measurement; one without the bytes that are asked for is followed by another.
  private mutating func take(_ measurement: Measurement, _ context: TutorContext) -> [TutorEffect] {
    guard var current = state, current.truth == nil, let name = current.measured?.quantity else {
      return []
    }
    guard context.laboratorySource.isBuiltIn else {
      refusal = context.text(
        Phrase("the question is about the built-in network: F in the lab goes back to it"))
      return []
    }
    let truth: Double
    do throws(LabError) {
      guard let value = try Quantity(name).value(in: measurement) else { return [] }
      truth = value
    } catch {
      refusal = context.text(Phrase(describing: error))
      return []
    }
    isMeasuring = false
    guard truth.isFinite else {
      refusal = context.text(Phrase("nothing was rounded, so that there is no ratio"))
      return []
    }
    let outcome = current.sheet.receive(truth: truth)
    state = current
    return outcome == .graded ? settle(current, context) : []
  }

  /// What is shown below an item that cannot be graded.
  func failureRows(_ context: TutorContext, width: Int) -> [QuizItemTypesetter.Row] {
    guard let reason = failure(context) else { return [] }
    let text =
      context.text(Phrase("This cannot be measured here: ")) + reason
    return TextWrapping.wrap([StyledRun(text, .role(.bad))], width: width).map {
      QuizItemTypesetter.Row(line: $0)
    }
  }
}
