import Compression
import Curriculum
import Lab
import Localization
import TerminalCanvas

/// The keys of the lab.
extension LabScreen {
  func bindings(_ context: TutorContext) -> [KeyBinding] {
    if session.prediction.isAsking {
      return [
        KeyBinding(
          .submit, [.enter], Phrase("guess", context: "submit"), Phrase("make the guess and run")),
        KeyBinding(.skip, [.escape], Phrase("skip"), Phrase("run without a guess")),
        KeyBinding(.up, [.up], Phrase("scroll"), Phrase("scroll the text"), shown: "↑↓"),
        KeyBinding(.down, [.down], Phrase("scroll"), Phrase("scroll the text"), inBar: false),
        CommonKeys.pageUp, CommonKeys.pageDown,
      ] + guessingBindings(context)
    }
    if field != nil {
      return [
        KeyBinding(.submit, [.enter], Phrase("set"), Phrase("set the typed value")),
        KeyBinding(.skip, [.escape], Phrase("cancel"), Phrase("leave the value")),
      ]
    }
    return trainingBindings + knobBindings + challengeBindings(context) + viewBindings(context)
  }

  private var knobBindings: [KeyBinding] {
    [
      KeyBinding(.increase, [.right], Phrase("turn"), Phrase("one fine step up"), shown: "←→"),
      KeyBinding(.decrease, [.left], Phrase("turn"), Phrase("one fine step down"), inBar: false),
      KeyBinding(
        .increaseCoarsely, [.shiftRight, .character("]"), .character("L")], Phrase("coarse"),
        Phrase("one coarse step up"), inBar: false),
      KeyBinding(
        .decreaseCoarsely, [.shiftLeft, .character("["), .character("H")], Phrase("coarse"),
        Phrase("one coarse step down"), inBar: false),
      KeyBinding(
        .up, [.up, .character("k")], Phrase("choose"), Phrase("the knob above"), shown: "↑↓"),
      KeyBinding(
        .down, [.down, .character("j")], Phrase("choose"), Phrase("the knob below"), inBar: false),
    ]
  }

  private func viewBindings(_ context: TutorContext) -> [KeyBinding] {
    [
      session.prediction == .arming
        ? KeyBinding(
          .submit, [.enter], Phrase("guess"), Phrase("type the guess for these settings"))
        : KeyBinding(
          .enterValue, [.enter], Phrase("type"),
          Phrase("type a value for the knob; a digit starts it too"), inBar: false),
      KeyBinding(
        .predict, [.character("p")], Phrase("predict"),
        Phrase("set the knobs unseen, guess the accuracy, then see the truth")),
      KeyBinding(
        .nextView, [.character("v"), .tab], Phrase("plots"), Phrase("the next page of plots")),
      KeyBinding(
        .previousView, [.character("V"), .backTab], Phrase("plots"),
        Phrase("the page of plots before"), inBar: false),
      KeyBinding(
        .toggleText, [.character("t")], Phrase("text"),
        Phrase("the experiment's text, at its explanation once you have guessed")),
      KeyBinding(
        .nextLayer, [.character("w")], Phrase("layer"), Phrase("the histogram of the next layer")),
      KeyBinding(
        .nextPicture, [.character(",")], Phrase("picture"),
        Phrase("the next image, filters or part of a mask"), inBar: false),
      KeyBinding(
        .previousPicture, [.character("<")], Phrase("picture"),
        Phrase("the image, filters or part of a mask before"), inBar: false),
      KeyBinding(
        .sweep, [.character("s")], Phrase("sweep"),
        Phrase("draw the curve where it takes long, training at every point"),
        inBar: !session.sweepsByItself),
      KeyBinding(
        .openInspector, [.character("i")], Phrase("inspect"),
        Phrase("one output through the integer network, step by step"), inBar: false),
      KeyBinding(
        .openFaultHunt, [.character("b")], FaultHuntScreen.name,
        Phrase("one hidden mistake, three probes, name it"), inBar: false),
      KeyBinding(
        .compareSeeds, [.character("n")], Phrase("seeds"),
        Phrase("run the recipe and its control with three seeds; again to stop"), inBar: false),
      KeyBinding(
        .showCode, [.character("c")], Phrase("code"),
        Phrase("the recipe as a Keras or PyTorch program"), inBar: false),
      KeyBinding(.undo, [.character("u")], Phrase("undo"), Phrase("back to the settings before")),
      KeyBinding(
        .resetRecipe, [.character("r")], Phrase("reset"), Phrase("back to the starting recipe")),
    ] + workflowBindings(context) + [
      CommonKeys.back, CommonKeys.help,
      KeyBinding(
        .resetKnob, [.backspace, .character("d")], Phrase("default"),
        Phrase("the knob's default value"), inBar: false),
      CommonKeys.pageUp, CommonKeys.pageDown,
      KeyBinding(.first, [.home], Phrase("least"), Phrase("the knob's first value"), inBar: false),
      KeyBinding(.last, [.end], Phrase("most"), Phrase("the knob's last value"), inBar: false),
    ]
  }

  /// The keys of a training that goes on, or that was ended.
  private var trainingBindings: [KeyBinding] {
    if session.results.isTraining {
      return [
        KeyBinding(
          .endTraining, [.character("e")], Phrase("end here"),
          Phrase("end the training and measure what was learnt")),
        KeyBinding(
          .cancelTraining, [.character("z")], Phrase("cancel"),
          Phrase("cancel the training and go back to the recipe before")),
      ]
    }
    guard session.results.stopped != nil else { return [] }
    return [
      KeyBinding(
        .endTraining, [.character("e")], Phrase("train anew"),
        Phrase("train to the end and measure the recipe"))
    ]
  }
}
