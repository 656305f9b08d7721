import RandomNumbers
import TerminalCanvas
import Testing

@Suite struct TextEditorTests {
  private func editor(_ text: String, keys: [Key], width: Int = 10) -> TextEditorState {
    var state = TextEditorState(text)
    for key in keys {
      let isMine = state.handle(key, width: width)
      #expect(isMine, "\(key)")
    }
    return state
  }

  private func typed(_ text: String, keys: [Key], width: Int = 10) -> String {
    var state = editor(text, keys: keys, width: width)
    state.insert("|")
    return state.text
  }

  @Test func theCursorMovesByCharactersWordsLinesAndRows() {
    #expect(typed("ab 量化", keys: [.left]) == "ab 量|化")
    #expect(typed("ab 量化", keys: [.home]) == "|ab 量化")
    #expect(typed("ab\ncd", keys: [.home]) == "ab\n|cd")
    #expect(typed("ab\ncd", keys: [.home, .left]) == "ab|\ncd")
    #expect(typed("ab\ncd", keys: [.up]) == "ab|\ncd")
    #expect(typed("ab\ncd", keys: [.up, .up]) == "|ab\ncd")
    #expect(typed("ab\ncd", keys: [.up, .down, .down]) == "ab\ncd|")
    #expect(typed("one two", keys: [.shiftLeft]) == "one |two")
    #expect(typed("one two", keys: [.wordLeft, .wordLeft, .wordRight]) == "one| two")
  }

  @Test func upAndDownKeepTheirColumnThroughShortRows() {
    #expect(typed("abcdef\nx\nghijkl", keys: [.up]) == "abcdef\nx|\nghijkl")
    #expect(typed("abcdef\nx\nghijkl", keys: [.up, .up]) == "abcdef|\nx\nghijkl")
    #expect(typed("abcdef\nx\nghijkl", keys: [.left, .up, .up]) == "abcde|f\nx\nghijkl")
    // A column in the middle of a wide character is before it.
    #expect(typed("量化\nabc", keys: [.up]) == "量|化\nabc")
  }

  @Test func deletionTakesWholeCharactersWordsAndLines() {
    #expect(editor("e\u{0301}", keys: [.backspace]).text == "")
    #expect(editor("🇩🇪x", keys: [.left, .backspace]).text == "x")
    #expect(editor("one two", keys: [.control("w")]).text == "one ")
    #expect(editor("one two\nthree", keys: [.control("u")]).text == "one two\n")
    #expect(editor("one\ntwo", keys: [.up, .home, .control("k")]).text == "\ntwo")
    // At the end of a line the line end goes.
    #expect(editor("one\ntwo", keys: [.up, .end, .control("k")]).text == "onetwo")
    #expect(editor("one two", keys: [.home, .deleteWordRight]).text == " two")
    #expect(editor("ab", keys: [.home, .delete]).text == "b")
  }

  @Test func pastedTextKeepsItsLinesAndLosesWhatSteersTheTerminal() {
    var state = TextEditorState()
    state.insert("a\r\nb\tc\u{1B}[31m\u{202E}d\u{7}")
    #expect(state.text == "a\nb  c[31md")
    #expect(!state.isBlank)
    #expect(TextEditorState(" \n ").isBlank)
  }

  @Test func longLinesAreWrappedAtWords() {
    let state = TextEditorState("one two three 量化与剪枝\n\nend")
    let rows = state.rows(width: 10).map { state.text(of: $0) }
    #expect(rows == ["one two ", "three 量化", "与剪枝", "", "end"])
    let long = TextEditorState("abcdefghijklm")
    #expect(long.rows(width: 5).map { long.text(of: $0) } == ["abcde", "fghij", "klm"])
  }

  @Test func theCursorOfAWrappedRowIsAtTheStartOfTheNext() {
    var state = TextEditorState("one two three")
    for key in [.home] + Array(repeating: Key.right, count: 8) { _ = state.handle(key, width: 8) }
    let place = state.place(in: state.rows(width: 8))
    #expect(place.row == 1)
    #expect(place.column == 0)
  }

  @Test func otherKeysAreLeftToTheScreen() {
    var state = TextEditorState()
    let keys: [Key] = [.escape, .control("s"), .function(2), .backTab]
    for key in keys {
      let isMine = state.handle(key, width: 10)
      #expect(!isMine, "\(key)")
    }
  }

  @Test func theCursorStaysWithinTheTextWhateverIsPressed() {
    var random = SplitMix64(seed: 5)
    let keys: [Key] = [
      .character("a"), .character("量"), .character(" "), .character("\u{0301}"), .enter,
      .character("🇩🇪"), .backspace, .delete, .left, .right, .up, .down, .home, .end, .pageUp,
      .control("w"), .control("k"), .control("u"), .wordLeft, .deleteWordRight,
    ]
    var state = TextEditorState()
    for _ in 0..<3000 {
      _ = state.handle(keys[Int(random.next() % UInt64(keys.count))], width: 7)
      #expect(state.cursor >= 0 && state.cursor <= state.text.count)
      let rows = state.rows(width: 7)
      let place = state.place(in: rows)
      #expect(rows.indices.contains(place.row))
      #expect(rows.map { state.text(of: $0) }.joined().count <= state.text.count)
    }
  }

  @Test func theBoxScrollsToTheCursorAndShowsAPlaceholder() {
    let lines = (1...20).map { "line \($0)" }.joined(separator: "\n")
    let editor = TextEditor(state: TextEditorState(lines))
    let shown = rendered(editor, width: 14, height: 4)
    #expect(shown.contains("line 20"))
    #expect(!shown.contains("line 16\n"))
    let cursor = editor.cursorPoint(in: Rect(x: 2, y: 3, width: 14, height: 4))
    #expect(cursor == Point(x: 9, y: 6))
    let empty = TextEditor(state: TextEditorState(), placeholder: "Type here")
    #expect(rendered(empty, width: 14, height: 2).hasPrefix("Type here"))
  }

  @Test func aClickPutsTheCursorUnderThePointer() {
    var state = TextEditorState("abc\ndefgh")
    let rect = Rect(x: 5, y: 2, width: 10, height: 4)
    let place = TextEditor(state: state).place(at: Point(x: 7, y: 3), in: rect)
    state.moveCursor(toRow: place.row, column: place.column, width: TextEditor.textWidth(in: rect))
    state.insert("|")
    #expect(state.text == "abc\nde|fgh")
  }
}
