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
        .redo, [.character("U"), .control("r")], Phrase("redo", "重做"),
        Phrase("forward to the settings that were undone", "恢复刚撤销的设置"),
        inBar: session.history.canRedo),
      KeyBinding(
        .pin, [.character("x")], hasPin ? Phrase("swap A/B", "交换 A/B") : Phrase("pin", "固定"),
        hasPin
          ? Phrase(
            "go to the pinned recipe A and pin this one (B) in its place", "换到固定的配方 A，并把当前配方（B）固定下来"
          )
          : Phrase(
            "pin the recipe as A, to compare what comes next with it", "把当前配方固定为 A，之后的配方都与它对比")),
      KeyBinding(
        .unpin, [.character("X")], Phrase("unpin", "取消固定"),
        Phrase("forget the pinned recipe", "取消固定的配方"), inBar: false),
      KeyBinding(
        .openPresets, [.character("o")], Phrase("presets", "预设"),
        Phrase("well-known recipes, and the experiment's own", "常见配方，以及本实验的配方"), inBar: false),
      KeyBinding(
        .share, [.character("y")], Phrase("share", "分享"),
        Phrase("the recipe as a line for a shell; paste one here", "把配方写成一行命令；也可在此粘贴"), inBar: false
      ),
      ownFiles
        ? KeyBinding(
          .useBuiltIn, [.character("F")], Phrase("built-in", "内置网络"),
          Phrase("back to the built-in network and images", "换回内置的网络和图像"), inBar: false)
        : KeyBinding(
          .openFiles, [.character("F")], Phrase("files", "文件"),
          Phrase("measure a network of your own, or on your own images", "测量你自己的网络或图像"),
          inBar: false),
      KeyBinding(
        .switchLesson, [.character("T")], Phrase("question", "问题"),
        Phrase(
          "the question that the experiment answers, then its answer; back to the experiment",
          "本实验对应的问题，再按显示回答，再按回到实验说明"), inBar: false),
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
      context.notice = context.text(
        Phrase("Going back to the built-in network…", "正在换回内置网络……"))
      return [.ask(.open(.builtIn))]
    case .switchLesson: return switchLesson(&context)
    default: return []
    }
  }

  /// Pins the measured recipe; with another one pinned already the two change places.
  private mutating func pin(_ context: inout TutorContext) -> [TutorEffect] {
    guard let measurement = session.results.measurement, !session.prediction.isOpen else {
      context.notice = context.text(
        Phrase("Wait until the recipe is measured, then pin it.", "请等配方测完再固定。"))
      return []
    }
    let pinned = context.workbench.pin
    if pinned?.recipe == session.recipe {
      context.notice = context.text(
        Phrase(
          "This recipe is pinned as A: change a setting, and both are compared.",
          "当前配方就是固定的 A：改动任一设置即可对比。"))
      return []
    }
    context.workbench.fix(measurement)
    if let pinned { return ask { $0.change(to: pinned.recipe, at: context.now) } }
    context.notice = context.text(
      Phrase(
        "Pinned as A. Change a setting: the gauges and a page of v compare.",
        "已固定为 A。改动设置后，仪表和按 v 翻到的一页会给出对比。"))
    return []
  }

  /// Where the experiment or challenge begins, and what it asks to predict.
  private func ownPresets(_ context: TutorContext) -> [RecipePreset] {
    guard experimentID != nil || attempt != nil else { return [] }
    var presets = [
      RecipePreset(
        name: Phrase("where this began", "起始配方"),
        sentence: Phrase("The recipe that r goes back to.", "按 r 回到的配方。"),
        recipe: session.startingRecipe)
    ]
    if let target = experiment(context)?.prediction {
      presets.append(
        RecipePreset(
          name: Phrase("what was to be predicted", "要预测的配方"),
          sentence: Phrase("The recipe that the experiment asks about.", "实验要你预测的配方。"),
          recipe: Recipe(target)))
    }
    return presets
  }
}
