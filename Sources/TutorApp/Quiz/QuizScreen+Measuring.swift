import Compression
import Curriculum
import Lab
import Localization
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

  mutating func networkChanged(_ context: inout TutorContext) -> [TutorEffect] {
    requestMeasurement()
  }

  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    switch reply {
    case .measured(let measurement, _): return take(measurement, context)
    case .refused(_, let error):
      isMeasuring = false
      refusal = "\(error)"
      return []
    default: return []
    }
  }

  /// Takes a measurement; one without the bytes that are asked for is followed by another.
  private mutating func take(
    _ measurement: Measurement, _ context: TutorContext
  ) -> [TutorEffect] {
    guard var current = state, current.truth == nil, let name = current.measured?.quantity else {
      return []
    }
    guard context.laboratorySource.isBuiltIn else {
      refusal = context.text(
        Phrase(
          "the question is about the built-in network: F in the lab goes back to it",
          "本题针对内置网络：在实验室按 F 换回"))
      return []
    }
    let truth: Double
    do throws(LabError) {
      let quantity = try Quantity(name)
      guard let value = measurement.value(of: quantity) else { return [] }
      truth = value
    } catch {
      refusal = "\(error)"
      return []
    }
    isMeasuring = false
    guard truth.isFinite else {
      refusal = context.text(
        Phrase("nothing was rounded, so that there is no ratio", "没有发生舍入，因此没有比值"))
      return []
    }
    let outcome = current.receive(truth: truth)
    state = current
    return outcome == .graded ? settle(current, context) : []
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

extension Measurement {
  /// The value of a quantity; nil for bytes that were not written yet.
  func value(of quantity: Quantity) -> Double? {
    func kernel(_ name: String) -> CompressedNetwork.KernelReport? {
      size.layers.first { $0.name == name }
    }
    return switch quantity {
    case .accuracy: accuracy
    case .correct: Double(evaluation.correct)
    case .flips: Double(evaluation.flips.count)
    case .sparsity: size.sparsity
    case .parameters: Double(size.parameters)
    case .macs: Double(size.macs)
    case .bytes(let format): size.bytes[format].map { Double($0) }
    case .kernelSparsity(let name): kernel(name)?.sparsity
    case .kernelSignalToNoise(let name): kernel(name)?.signalToNoise
    case .kernelZeros(let name): kernel(name).map { Double($0.zeroCount) }
    }
  }
}
