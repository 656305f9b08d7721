import Compression
import Curriculum
import Lab
import Localization
import TerminalCanvas

/// Redo, pin, presets, sharing and the learner's own files.
extension LabScreen {
  /// The keys of the ways to work.
  func workflowBindings(_ context: TutorContext) -> [KeyBinding] {
    let hasPin = context.workbench.pin != nil
    let ownFiles = !context.laboratorySource.isBuiltIn
    return [
      KeyBinding(
        .redo, [.character("U"), .control("r")], Phrase("redo"),
        Phrase("forward to the settings that were undone"), inBar: session.history.canRedo),
      KeyBinding(
        .pin, [.character("x")], hasPin ? Phrase("swap A/B") : Phrase("pin"),
        hasPin
          ? Phrase("go to the pinned recipe A and pin this one (B) in its place")
          : Phrase("pin the recipe as A, to compare what comes next with it")),
      KeyBinding(
        .unpin, [.character("X")], Phrase("unpin"), Phrase("forget the pinned recipe"), inBar: false
      ),
      KeyBinding(
        .openPresets, [.character("o")], Phrase("presets"),
        Phrase("well-known recipes, and the experiment's own"), inBar: false),
      KeyBinding(
        .share, [.character("y")], Phrase("share"),
        Phrase("the recipe as a line for a shell; paste one here"), inBar: false),
      ownFiles
        ? KeyBinding(
          .useBuiltIn, [.character("F")], Phrase("built-in", context: "network"),
          Phrase("back to the built-in network and images"), inBar: false)
        : KeyBinding(
          .openFiles, [.character("F")], Phrase("files"),
          Phrase("measure a network of your own, or on your own images"), inBar: false),
      KeyBinding(
        .switchLesson, [.character("T")], Phrase("question"),
        Phrase("the question that the experiment answers, then its answer; back to the experiment"),
        inBar: false),
    ]
  }

  /// Carries out one of these commands.
  mutating func performWorkflow(
    _ command: Command, _ context: inout TutorContext
  ) -> [TutorEffect] {
    switch command {
    case .undo: return ask { $0.undo() }
    case .redo: return ask { $0.redo() }
    case .pin: return pin(&context)
    case .unpin:
      context.workbench.removePin()
      return []
    case .openPresets:
      return [
        .push(PresetsScreen(own: ownPresets(context), hidesResults: session.prediction.isOpen))
      ]
    case .share:
      return [.push(ShareScreen(recipe: session.recipe, source: context.laboratorySource))]
    case .openFiles: return [.push(FilesScreen(context.workbench.lastFiles))]
    case .useBuiltIn:
      context.notice = context.text(Phrase("Going back to the built-in network…"))
      return [.ask(.open(.builtIn))]
    case .switchLesson: return switchLesson(&context)
    default: return []
    }
  }

  /// Pins the measured recipe; with another one pinned already the two change places.
  private mutating func pin(_ context: inout TutorContext) -> [TutorEffect] {
    guard let measurement = session.results.measurement, !session.prediction.isOpen else {
      context.notice = context.text(Phrase("Wait until the recipe is measured, then pin it."))
      return []
    }
    let pinned = context.workbench.pin
    if pinned?.recipe == session.recipe {
      context.notice = context.text(
        Phrase("This recipe is pinned as A: change a setting, and both are compared."))
      return []
    }
    context.workbench.fix(measurement)
    if let pinned { return ask { $0.change(to: pinned.recipe, at: context.now) } }
    context.notice = context.text(
      Phrase("Pinned as A. Change a setting: the gauges and a page of v compare."))
    return []
  }

  /// Where the experiment or challenge begins, and what it asks to predict.
  private func ownPresets(_ context: TutorContext) -> [RecipePreset] {
    guard experimentID != nil || attempt != nil else { return [] }
    var presets = [
      RecipePreset(
        name: Phrase("where this began"),
        sentence: Phrase("The recipe that r goes back to."),
        recipe: session.startingRecipe)
    ]
    if let target = experiment(context)?.prediction {
      presets.append(
        RecipePreset(
          name: Phrase("what was to be predicted"),
          sentence: Phrase("The recipe that the experiment asks about."), recipe: Recipe(target)))
    }
    return presets
  }
}
