import Compression
import Curriculum
import Lab
import Localization
import TerminalCanvas

extension LabScreen {
  func bindings(_ context: TutorContext) -> [KeyBinding] {
    if case .asking = prediction {
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
    if valueField != nil {
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
    var isArming = false
    if case .arming = prediction { isArming = true }
    return [
      isArming
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
        inBar: !sweepsByItself),
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

  mutating func type(
    _ key: Key, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect]? {
    if case .asking(let target, var field) = prediction {
      guard field.handle(key) else { return nil }
      prediction = .asking(target: target, field: field)
      return []
    }
    if var field = valueField {
      guard field.handle(key) else { return nil }
      valueField = field
      return []
    }
    if case .character(let character) = key, character.isASCII,
      character.isNumber || character == ".", takesNumbers(focusedKey)
    {
      valueField = TextFieldState(String(character))
      return []
    }
    return nil
  }

  private func takesNumbers(_ key: Knob) -> Bool {
    if case .name = key.kind { false } else { true }
  }

  mutating func perform(
    _ command: Command, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    let key = focusedKey
    history.now = context.now
    switch command {
    case .back:
      if prediction.isOpen {
        prediction = .none
        return request()
      }
      return [.pop]
    case .up, .down:
      if case .asking = prediction {
        scrollPane(command, in: area, context)
      } else {
        _ = focus.perform(command, count: knobs.count, visible: knobs.count)
      }
      return []
    case .pageUp, .pageDown:
      scrollPane(command, in: area, context)
      return []
    case .increase: return turn(key, by: 1)
    case .decrease: return turn(key, by: -1)
    case .increaseCoarsely: return turn(key, by: 1, coarsely: true)
    case .decreaseCoarsely: return turn(key, by: -1, coarsely: true)
    case .first: return set(key, to: KnobScale(key, for: recipe).value(at: 0))
    case .last: return set(key, to: KnobScale(key, for: recipe).value(at: 1))
    case .resetKnob: return set(key, to: key.defaultValue)
    case .enterValue:
      if takesNumbers(key) { valueField = TextFieldState("") }
      return []
    case .submit: return submit(&context)
    case .skip: return skip()
    case .predict:
      if case .arming = prediction {
        prediction = .none
        return request()
      }
      prediction = .arming
      guessed = .accuracy
      return request()
    case .sweep:
      guard measurement != nil, !prediction.isOpen else { return [] }
      return [.ask(.sweep(key: curve.key, through: recipe))]
        + weighing(asked: true)
    case .submitAttempt: return submitAttempt(&context)
    case .hint: return showHint(&context)
    case .undo, .redo, .pin, .unpin, .openPresets, .share, .openFiles, .useBuiltIn, .switchLesson:
      return performWorkflow(command, &context)
    case .endTraining: return endTraining()
    case .cancelTraining: return cancelTraining()
    case .resetRecipe: return change(to: startingRecipe, moving: nil)
    case .nextView: return turnPage(by: 1, context)
    case .previousView: return turnPage(by: -1, context)
    case .toggleText:
      showsText.toggle()
      if case .resolved = prediction {
        lesson.page = .experiment
        let pane = LabLayout(area: area, knobCount: knobs.count).text
        textScroll.offset = explanationLine(width: Self.textWidth(in: pane), context)
      }
      return panelRequests(context)
    case .openInspector: return openInspector(&context)
    case .openFaultHunt: return [.push(FaultHuntScreen())]
    case .compareSeeds: return toggleSeeds(context)
    case .showCode: return [.push(CodeScreen(recipe: recipe))]
    case .nextLayer:
      let names = kernelNames
      let index = names.firstIndex(of: layer) ?? 0
      if !names.isEmpty { layer = names[(index + 1) % names.count] }
      return pictureRequests(context)
    case .nextPicture: return browse(by: 1, context)
    case .previousPicture: return browse(by: -1, context)
    default: return []
    }
  }

  /// The kernels that have a histogram, in file order.
  var kernelNames: [String] {
    histograms.isEmpty
      ? Recipe.layerNames.map { "\($0)/kernel" }
      : Recipe.kernelNames.filter(histograms.keys.contains)
  }

  private mutating func turn(
    _ key: Knob, by steps: Int, coarsely: Bool = false
  ) -> [TutorEffect] {
    let knob = KnobScale(key, for: recipe)
    return set(key, to: knob.value(from: key.read(recipe), steps: steps, coarse: coarsely))
  }

  /// Sets a key to a value that its knob offers.
  mutating func set(_ key: Knob, to value: String) -> [TutorEffect] {
    var changed = recipe
    guard key.write(&changed, value) else { return [] }
    return change(to: changed, moving: key)
  }

  private mutating func submit(_ context: inout TutorContext) -> [TutorEffect] {
    if let field = valueField {
      var changed = recipe
      let text = field.text.filter { !$0.isWhitespace }
      let value: String
      if text.hasSuffix("%"), let percent = Double(text.dropLast()) {
        value = String(percent / 100)
      } else {
        value = text
      }
      guard focusedKey.write(&changed, value) else {
        context.notice = context.text(
          RecipeError.notAllowed(key: focusedKey.name, value: text).text)
        return []
      }
      valueField = nil
      return change(to: changed, moving: focusedKey)
    }
    switch prediction {
    case .arming:
      prediction = .asking(target: recipe, field: TextFieldState())
      return []
    case .asking(let target, let field):
      guard let guess = guessed.unit.value(from: field.text) else {
        context.notice = context.text(guessed.unit.example)
        return []
      }
      prediction = .waiting(target: target, guess: guess)
      showsText = false
      lesson.page = .experiment
      return reveal(target)
    default: return []
    }
  }

  private mutating func skip() -> [TutorEffect] {
    if valueField != nil {
      valueField = nil
      return []
    }
    guard case .asking = prediction else { return [] }
    prediction = .none
    showsText = false
    return reveal(recipe)
  }

  /// Shows the predicted recipe, moving along the experiment's own knob.
  private mutating func reveal(_ target: Recipe) -> [TutorEffect] {
    if target == recipe { return request() }
    history.leave(recipe, moving: nil)
    return show(target, moving: Knob.named(curve.key))
  }

  mutating func point(
    _ mouse: MouseEvent, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    let layout = LabLayout(area: area, knobCount: knobs.count)
    history.now = context.now
    switch mouse.action {
    case .press:
      guard valueField == nil, !prediction.isAsking,
        let row = layout.knobRow(at: mouse.point, focus: focus.index)
      else { return [] }
      focus.index = row
      dragged = row
      history.hold()
      return slide(to: mouse.point, row: row, layout, context)
    case .drag:
      guard let row = dragged else { return [] }
      return slide(to: mouse.point, row: row, layout, context)
    case .release:
      dragged = nil
      history.release()
      return []
    case .scrollUp, .scrollDown: return scroll(mouse, in: area, layout, context)
    }
  }

  private mutating func slide(
    to point: Point, row: Int, _ layout: LabLayout, _ context: TutorContext
  ) -> [TutorEffect] {
    let key = knobs[row]
    let rect = layout.knobRect(row: row, focus: focus.index)
    // A press on the title only chooses the knob.
    guard let fraction = knobRow(row, context).fraction(at: point.x, in: rect)
    else { return [] }
    return set(key, to: KnobScale(key, for: recipe).value(at: fraction))
  }
}
