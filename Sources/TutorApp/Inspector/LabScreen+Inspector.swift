import Lab
import Localization

extension LabScreen {
  /// Opens the step inspector for the recipe, at the image that it changed first, if there is one.
  func openInspector(_ context: inout TutorContext) -> [TutorEffect] {
    guard !session.prediction.isOpen else {
      context.notice = context.text(Phrase("The inspector opens after your guess."))
      return []
    }
    let image = session.results.measurement?.evaluation.flips.first?.image ?? 0
    return [.push(InspectorScreen(recipe: session.recipe, image: image))]
  }
}
