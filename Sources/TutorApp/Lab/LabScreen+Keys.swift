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
          .submit, [.enter], Phrase("guess", "提交"), Phrase("make the guess and run", "提交猜测并运行")),
        KeyBinding(
          .skip, [.escape], Phrase("skip", "跳过"), Phrase("run without a guess", "不猜，直接运行")),
        KeyBinding(
          .up, [.up], Phrase("scroll", "滚动"), Phrase("scroll the text", "滚动说明文字"), shown: "↑↓"),
        KeyBinding(
          .down, [.down], Phrase("scroll", "滚动"), Phrase("scroll the text", "滚动说明文字"), inBar: false),
        CommonKeys.pageUp, CommonKeys.pageDown,
      ] + guessingBindings(context)
    }
    if field != nil {
      return [
        KeyBinding(
          .submit, [.enter], Phrase("set", "确定"), Phrase("set the typed value", "设为输入的值")),
        KeyBinding(
          .skip, [.escape], Phrase("cancel", "取消"), Phrase("leave the value", "保留原值")),
      ]
    }
    return trainingBindings + knobBindings + challengeBindings(context) + viewBindings(context)
  }

  private var knobBindings: [KeyBinding] {
    [
      KeyBinding(
        .increase, [.right], Phrase("turn", "调节"), Phrase("one fine step up", "细调：增"),
        shown: "←→"),
      KeyBinding(
        .decrease, [.left], Phrase("turn", "调节"), Phrase("one fine step down", "细调：减"),
        inBar: false),
      KeyBinding(
        .increaseCoarsely, [.shiftRight, .character("]"), .character("L")], Phrase("coarse", "粗调"),
        Phrase("one coarse step up", "粗调：增"), inBar: false),
      KeyBinding(
        .decreaseCoarsely, [.shiftLeft, .character("["), .character("H")], Phrase("coarse", "粗调"),
        Phrase("one coarse step down", "粗调：减"), inBar: false),
      KeyBinding(
        .up, [.up, .character("k")], Phrase("choose", "选择"), Phrase("the knob above", "上一个旋钮"),
        shown: "↑↓"),
      KeyBinding(
        .down, [.down, .character("j")], Phrase("choose", "选择"), Phrase("the knob below", "下一个旋钮"),
        inBar: false),
    ]
  }

  private func viewBindings(_ context: TutorContext) -> [KeyBinding] {
    [
      session.prediction == .arming
        ? KeyBinding(
          .submit, [.enter], Phrase("guess", "猜"),
          Phrase("type the guess for these settings", "输入对当前设置的猜测"))
        : KeyBinding(
          .enterValue, [.enter], Phrase("type", "输入"),
          Phrase("type a value for the knob; a digit starts it too", "为旋钮输入数值；直接按数字键也可"),
          inBar: false),
      KeyBinding(
        .predict, [.character("p")], Phrase("predict", "预测"),
        Phrase(
          "set the knobs unseen, guess the accuracy, then see the truth", "先调好旋钮、猜精度，再看结果")),
      KeyBinding(
        .nextView, [.character("v"), .tab], Phrase("plots", "图"),
        Phrase("the next page of plots", "下一页图")),
      KeyBinding(
        .previousView, [.character("V"), .backTab], Phrase("plots", "图"),
        Phrase("the page of plots before", "上一页图"), inBar: false),
      KeyBinding(
        .toggleText, [.character("t")], Phrase("text", "说明"),
        Phrase("the experiment's text, at its explanation once you have guessed", "实验说明；猜过之后直接翻到解析")
      ),
      KeyBinding(
        .nextLayer, [.character("w")], Phrase("layer", "层"),
        Phrase("the histogram of the next layer", "切换直方图所属的层")),
      KeyBinding(
        .nextPicture, [.character(",")], Phrase("picture", "图片"),
        Phrase("the next image, filters or part of a mask", "下一张图像、下一组卷积核或掩码的下一部分"),
        inBar: false),
      KeyBinding(
        .previousPicture, [.character("<")], Phrase("picture", "图片"),
        Phrase("the image, filters or part of a mask before", "上一张图像、上一组卷积核或掩码的上一部分"),
        inBar: false),
      KeyBinding(
        .sweep, [.character("s")], Phrase("sweep", "扫描"),
        Phrase(
          "draw the curve where it takes long, training at every point", "画出耗时的曲线：每个点都要训练"),
        inBar: !session.sweepsByItself),
      KeyBinding(
        .openInspector, [.character("i")], Phrase("inspect", "检视"),
        Phrase(
          "one output through the integer network, step by step", "逐步检视整数网络的一个输出"), inBar: false),
      KeyBinding(
        .openFaultHunt, [.character("b")], FaultHuntScreen.name,
        Phrase("one hidden mistake, three probes, name it", "藏着一个错误：三次探测，把它指认出来"), inBar: false),
      KeyBinding(
        .compareSeeds, [.character("n")], Phrase("seeds", "种子"),
        Phrase(
          "run the recipe and its control with three seeds; again to stop",
          "用三个种子运行配方及其对照；再按一次停止"), inBar: false),
      KeyBinding(
        .showCode, [.character("c")], Phrase("code", "代码"),
        Phrase("the recipe as a Keras or PyTorch program", "把配方写成 Keras 或 PyTorch 程序"),
        inBar: false),
      KeyBinding(
        .undo, [.character("u")], Phrase("undo", "撤销"),
        Phrase("back to the settings before", "回到上一组设置")),
      KeyBinding(
        .resetRecipe, [.character("r")], Phrase("reset", "重置"),
        Phrase("back to the starting recipe", "回到起始配方")),
    ] + workflowBindings(context) + [
      CommonKeys.back, CommonKeys.help,
      KeyBinding(
        .resetKnob, [.backspace, .character("d")], Phrase("default", "默认"),
        Phrase("the knob's default value", "把旋钮设为默认值"), inBar: false),
      CommonKeys.pageUp, CommonKeys.pageDown,
      KeyBinding(
        .first, [.home], Phrase("least", "最小"), Phrase("the knob's first value", "旋钮的最小值"),
        inBar: false),
      KeyBinding(
        .last, [.end], Phrase("most", "最大"), Phrase("the knob's last value", "旋钮的最大值"), inBar: false
      ),
    ]
  }

  /// The keys of a training that goes on, or that was ended.
  private var trainingBindings: [KeyBinding] {
    if session.results.isTraining {
      return [
        KeyBinding(
          .endTraining, [.character("e")], Phrase("end here", "到此为止"),
          Phrase("end the training and measure what was learnt", "结束训练，测量已学到的结果")),
        KeyBinding(
          .cancelTraining, [.character("z")], Phrase("cancel", "取消"),
          Phrase("cancel the training and go back to the recipe before", "取消训练，回到之前的配方")),
      ]
    }
    guard session.results.stopped != nil else { return [] }
    return [
      KeyBinding(
        .endTraining, [.character("e")], Phrase("train anew", "重新训练"),
        Phrase("train to the end and measure the recipe", "完整训练并测量该配方"))
    ]
  }
}
