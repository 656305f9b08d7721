import RandomNumbers
import Testing

@testable import TerminalCanvas

@Suite struct SliderTests {
  private let slider = Slider(
    label: "weights.bits", valueText: "4 bits", position: 0.5, labelWidth: 14, valueWidth: 7)

  @Test func theKnobStandsOnTheTrack() {
    #expect(
      rendered(slider, width: 40, height: 1) == "weights.bits   ◀ ━━━━━━●────── ▶ 4 bits")
    #expect(
      rendered(slider, width: 40, height: 1, glyphs: .ascii)
        == "weights.bits   < ======O------ > 4 bits")
  }

  @Test func marksStandBesideTheKnob() {
    var slider = slider
    slider.marks = [0, 1, .nan]
    #expect(
      rendered(slider, width: 40, height: 1) == "weights.bits   ◀ ┴━━━━━●─────┴ ▶ 4 bits")
  }

  @Test func aNarrowRowDropsArrowsThenTheTrack() {
    #expect(
      rendered(slider, width: 30, height: 1)
        == "weights.bits   ━━━●─── 4 bits")
    #expect(
      rendered(slider, width: 20, height: 1) == "weights… ━●─ 4 bits")
    #expect(rendered(slider, width: 12, height: 1) == "wei… 4 bits")
  }

  @Test(arguments: 0...60)
  func everyColumnOfTheTrackIsAPositionThatPutsTheKnobThere(width: Int) {
    let rect = Rect(x: 3, y: 2, width: width, height: 1)
    let track = slider.track(in: rect)
    #expect(track.intersection(rect).width == track.width)
    for x in track.x..<track.maxX {
      #expect(Slider.column(of: Slider.position(at: x, in: track), in: track) == x)
    }
    if track.width > 1 {
      #expect(Slider.position(at: -50, in: track) == 0)
      #expect(Slider.position(at: 500, in: track) == 1)
    }
  }

  @Test(arguments: [Double.nan, -.infinity, .infinity, -3, 7])
  func anyPositionIsDrawnWithinTheTrack(position: Double) {
    var slider = slider
    slider.position = position
    let text = rendered(slider, width: 40, height: 1)
    #expect(text.contains("◀ ●") || text.contains("● ▶"))
  }
}

@Suite struct ChoiceBarTests {
  private let bar = ChoiceBar(
    label: "granularity", options: ["tensor", "channel", "group:32"], selection: 1, labelWidth: 12)

  @Test func theChosenOptionStandsInBrackets() {
    #expect(
      rendered(bar, width: 50, height: 1) == "granularity    tensor  [ channel ]  group:32")
  }

  @Test func optionsMoveTogetherBeforeTheyScroll() {
    #expect(rendered(bar, width: 42, height: 1) == "granularity   tensor [channel] group:32")
    #expect(
      rendered(bar, width: 30, height: 1)
        == "granularity  ◀ensor [channel]▶")
    var last = bar
    last.selection = 2
    #expect(
      rendered(last, width: 26, height: 1)
        == "granularity  ◀ [group:32]")
  }

  @Test(arguments: 0...50)
  func theChosenOptionIsAlwaysFoundUnderTheMouse(width: Int) {
    let rect = Rect(x: 1, y: 1, width: width, height: 1)
    for selection in 0..<3 {
      var bar = bar
      bar.selection = selection
      let parts = bar.layout(in: rect)
      if width >= 30 {
        let part = parts.first { $0.option == selection }?.rect
        #expect(part?.width ?? 0 >= bar.options[selection].count + 2)
      }
      for (option, part) in parts {
        #expect(part.intersection(rect) == part)
        #expect(bar.option(at: Point(x: part.x, y: part.y), in: rect) == option)
        #expect(bar.option(at: Point(x: part.x, y: part.y + 1), in: rect) == nil)
      }
    }
  }

  @Test func noOptionsAreNoTrouble() {
    #expect(rendered(ChoiceBar(label: "x", options: [], selection: 3), width: 9, height: 1) == "x")
  }
}

@Suite struct TextFieldStateTests {
  private func state(_ text: String, _ cursor: Int) -> TextFieldState {
    var state = TextFieldState(text)
    state.move(by: cursor - state.cursor)
    return state
  }

  @Test func typingInsertsAtTheCursor() {
    var field = state("ac", 1)
    field.insert("b量")
    #expect(field.text == "ab量c")
    #expect(field.cursor == 3)
  }

  @Test func aCombiningMarkJoinsTheCharacterBeforeIt() {
    var field = state("eb", 1)
    field.insert("\u{0301}")
    #expect(field.text == "e\u{0301}b")
    #expect(field.cursor == 1)
  }

  @Test func pastedControlCharactersStayOut() {
    var field = TextFieldState()
    field.insert("a\u{1b}[31m\nb\u{202E}\u{07}c")
    #expect(field.text == "a[31m bc")
  }

  @Test func deletionsTakeWholeCharacters() {
    var field = state("a量e\u{0301}", 3)
    field.deleteBackward()
    #expect(field.text == "a量")
    field.move(by: -1)
    field.deleteForward()
    #expect(field.text == "a")
    field.deleteForward()
    field.deleteBackward()
    field.deleteBackward()
    #expect(field == TextFieldState())
  }

  @Test(arguments: [
    ("int8 per channel", 16, "int8 per "), ("int8  ", 6, ""), ("a b", 0, "a b"),
    ("a bc d", 4, "a  d"),
  ])
  func aWordIsDeletedWithItsBlanks(text: String, cursor: Int, expected: String) {
    var field = state(text, cursor)
    field.deleteWordBackward()
    #expect(field.text == expected)
  }

  @Test func wordsAreMovedOverAndDeleted() {
    var field = TextFieldState("per-channel 量化，int8 ")
    var cursors: [Int] = []
    for _ in 0..<5 {
      _ = field.handle(.wordLeft)
      cursors.append(field.cursor)
    }
    #expect(cursors == [15, 12, 4, 0, 0])
    cursors = []
    for _ in 0..<5 {
      _ = field.handle(.wordRight)
      cursors.append(field.cursor)
    }
    #expect(cursors == [3, 11, 14, 19, 20])
    _ = field.handle(.deleteWordLeft)
    #expect(field.text == "per-channel 量化，")
    _ = field.handle(.home)
    _ = field.handle(.deleteWordRight)
    #expect(field.text == "-channel 量化，")
    #expect(field.cursor == 0)
  }

  @Test func keysOfALineEditorWork() {
    var field = TextFieldState()
    let keys: [Key] = [
      .character("a"), .character("化"), .character("b"), .left, .left, .control("k"), .control("a"),
      .character("x"), .end, .character("y"), .home, .delete, .control("e"), .control("u"),
    ]
    var texts: [String] = []
    for key in keys {
      let isHandled = field.handle(key)
      #expect(isHandled)
      texts.append(field.text)
    }
    #expect(
      texts == [
        "a", "a化", "a化b", "a化b", "a化b", "a", "a", "xa", "xa", "xay", "xay", "ay", "ay", "",
      ])
    let others = [field.handle(.enter), field.handle(.up)]
    #expect(others == [false, false])
  }

  @Test func theCursorStaysWithinTheTextWhateverIsPressed() {
    var random = SplitMix64(seed: 3)
    let keys: [Key] = [
      .character("a"), .character("量"), .character(" "), .character("\u{0301}"), .character("🇩🇪"),
      .backspace, .delete, .left, .right, .home, .end, .control("w"), .control("k"), .wordLeft,
      .wordRight, .deleteWordLeft, .deleteWordRight,
    ]
    var field = TextFieldState()
    for _ in 0..<4000 {
      _ = field.handle(keys[Int(random.next() % UInt64(keys.count))])
      #expect(field.cursor >= 0 && field.cursor <= field.text.count)
      #expect(field.parts.before + field.parts.after == field.text)
    }
  }
}

@Suite struct TextFieldTests {
  @Test func theTextScrollsSoThatTheCursorIsSeen() {
    var state = TextFieldState("per-channel 量化")
    var field = TextField(state: state, prompt: "> ")
    let rect = Rect(x: 0, y: 0, width: 10, height: 1)
    #expect(rendered(field, width: 10, height: 1) == "> el 量化")
    #expect(field.cursorPoint(in: rect) == Point(x: 9, y: 0))
    state.moveToStart()
    field.state = state
    #expect(rendered(field, width: 10, height: 1) == "> per-chan")
    #expect(field.cursorPoint(in: rect) == Point(x: 2, y: 0))
  }

  @Test func thePlaceholderStandsInForNoText() {
    let field = TextField(state: TextFieldState(), placeholder: "your guess in %")
    #expect(rendered(field, width: 20, height: 1) == "your guess in %")
    #expect(rendered(field, width: 8, height: 1) == "your gu…")
  }

  @Test func onlyTheFocusedFieldHasACursor() {
    let rect = Rect(x: 4, y: 2, width: 10, height: 1)
    var field = TextField(state: TextFieldState("ab"))
    #expect(field.cursorPoint(in: rect) == Point(x: 6, y: 2))
    field.isFocused = false
    #expect(field.cursorPoint(in: rect) == nil)
    field.isFocused = true
    #expect(field.cursorPoint(in: Rect(x: 0, y: 0, width: 0, height: 1)) == nil)
  }

  @Test(arguments: 1...24)
  func theCursorsCellShowsTheCharacterBehindIt(width: Int) {
    var state = TextFieldState("a量b化cdefghij网络")
    state.moveToStart()
    for _ in 0...state.text.count {
      let field = TextField(state: state)
      let canvas = canvas(of: field, width: width, height: 1)
      if let cursor = field.cursorPoint(in: canvas.bounds), width > 1 {
        let expected = state.parts.after.first ?? " "
        #expect(canvas[cursor.x, cursor.y].character == expected)
        #expect(canvas[cursor.x, cursor.y].style.reverse)
      }
      state.move(by: 1)
    }
  }
}
