import Curriculum
import Foundation
import Lab
import Localization
import NeuralNetwork
import Presentation
import TerminalCanvas

/// Opens the learner's own network and images in place of the built-in ones.
struct FilesScreen: TutorScreen {
  private enum State {
    case editing, reading, refused(Phrase), opened(LaboratoryFacts)
  }

  private var model: TextFieldState
  private var data: TextFieldState
  private var isOnData = false
  private var state = State.editing

  /// Makes the screen with the paths that were used last.
  init(_ last: LaboratorySource) {
    model = TextFieldState(last.model ?? "")
    data = TextFieldState(last.data ?? "")
  }

  func title(_ context: TutorContext) -> String {
    context.text(Phrases.lab) + " · " + context.text(Phrase("your own files"))
  }

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    [
      KeyBinding(
        .submit, [.enter], isOpened ? Phrase("to the lab") : Phrase("open"),
        Phrase("check and open the files")),
      KeyBinding(
        .next, [.tab, .down, .backTab, .up], Phrase("other field"), Phrase("the other field")),
      KeyBinding(.back, [.escape], Phrase("back"), Phrase("back to the lab")),
    ]
  }

  private var isOpened: Bool {
    if case .opened = state { true } else { false }
  }

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    let isHandled = isOnData ? data.handle(key) : model.handle(key)
    guard isHandled else { return nil }
    state = .editing
    return []
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    switch command {
    case .back: return [.pop]
    case .next:
      isOnData.toggle()
      return []
    case .submit:
      if isOpened { return [.pop] }
      let source = LaboratorySource(model: Self.path(model.text), data: Self.path(data.text))
      state = .reading
      return [.ask(.open(source))]
    default: return []
    }
  }

  /// A path as typed, with the home folder in place of `~`; nil for nothing.
  static func path(_ text: String) -> String? {
    let path = text.trimmingCharacters(in: .whitespaces)
    guard !path.isEmpty else { return nil }
    return path == "~" || path.hasPrefix("~/")
      ? NSHomeDirectory() + path.dropFirst() : path
  }

  mutating func receive(_ reply: LabReply, _ context: inout TutorContext) -> [TutorEffect] {
    guard case .reading = state else { return [] }
    switch (reply, context.laboratory) {
    case (.opened, .ready(let facts)): state = .opened(facts)
    case (.refused(_, let error), _): state = .refused(Phrase(describing: error))
    default: break
    }
    return []
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard mouse.action == .press else { return [] }
    for isData in [false, true] where fieldRect(isData, in: area, context).contains(mouse.point) {
      isOnData = isData
    }
    return []
  }

  // MARK: Drawing

  private func introduction(width: Int, _ context: TutorContext) -> [StyledLine] {
    let text = Phrase(
      "The lab can measure a network of your own: a safetensors file with the layers of the built-in networks (float32, any number of filters and units, names as in nibble export), on the built-in images or on yours: a folder with t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, packed (.gz) or plain, 28×28 grey, ten classes. Calibration and fine-tuning also need train-…. An empty field means the built-in one."
    )
    return TextWrapping.wrap(context.text(text), width: width)
  }

  private static let labels = [
    Phrase("network (safetensors)"), Phrase("folder of images"),
  ]

  private func fieldRect(_ isData: Bool, in area: Rect, _ context: TutorContext) -> Rect {
    let column = Document.column(in: area)
    let top = introduction(width: column.width, context).count + 3 + (isData ? 3 : 0)
    return Rect(x: column.x, y: area.y + top, width: column.width, height: 1)
  }

  private func field(isData: Bool, _ context: TutorContext) -> TextField {
    TextField(
      state: isData ? data : model, placeholder: context.text(Phrase("built-in")),
      isFocused: isOnData == isData)
  }

  func cursor(in area: Rect, _ context: TutorContext) -> Point? {
    field(isData: isOnData, context).cursorPoint(in: fieldRect(isOnData, in: area, context))
  }

  func draw(into canvas: inout Canvas, in area: Rect, _ context: TutorContext) {
    let column = Document.column(in: area).inset(vertically: 1)
    canvas.write(introduction(width: column.width, context), in: column)
    for isData in [false, true] {
      let place = fieldRect(isData, in: area, context)
      canvas.write(
        context.text(Self.labels[isData ? 1 : 0]), at: Point(x: place.x, y: place.y - 1),
        style: .role(.heading, bold: isOnData == isData), in: column)
      canvas.draw(field(isData: isData, context), in: place)
    }
    let top = fieldRect(true, in: area, context).y + 2
    let below = Rect(x: column.x, y: top, width: column.width, height: column.maxY - top)
    canvas.write(verdict(width: below.width, context).prefix(below.height), in: below)
  }

  private func verdict(width: Int, _ context: TutorContext) -> [StyledLine] {
    switch state {
    case .editing: return []
    case .reading:
      return [
        [StyledRun(context.text(Phrase("reading and measuring…")), .role(.muted))]
      ]
    case .refused(let reason):
      return TextWrapping.wrap("✗ \(context.text(reason))", style: .role(.bad), width: width)
    case .opened(let facts):
      let images = NumberText.grouped(facts.testSet.count)
      let parameters = NumberText.grouped(facts.network.parameterCount)
      let accuracy = QuantityFormat.percent(facts.baselineAccuracy)
      let text = Phrase(
        "Open: \(parameters) parameters, \(accuracy) of \(images) images right before compression. Enter goes to the lab; F there goes back to the built-in network."
      )
      return TextWrapping.wrap("✓ \(context.text(text))", style: .role(.good), width: width)
    }
  }
}
