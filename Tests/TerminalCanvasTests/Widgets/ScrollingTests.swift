import Testing

@testable import TerminalCanvas

@Suite struct ListViewTests {
  private func list(_ count: Int, selection: Int?, offset: Int = 0) -> ListView {
    ListView(
      rows: (0..<count).map { [StyledRun("row \($0)")] }, selection: selection, offset: offset)
  }

  @Test func theSelectionIsScrolledIntoView() {
    #expect(
      rendered(list(9, selection: 5), width: 8, height: 3) == """
        row 3  │
        row 4  ┃
        row 5  │
        """)
    #expect(
      rendered(list(9, selection: 1, offset: 6), width: 8, height: 3) == """
        row 1  │
        row 2  ┃
        row 3  │
        """)
  }

  @Test func aShortListHasNoScrollBar() {
    #expect(rendered(list(2, selection: 0), width: 8, height: 3) == "row 0\nrow 1")
  }

  @Test func theSelectedRowIsMarkedAcrossTheWholeWidth() {
    let canvas = canvas(of: list(3, selection: 1), width: 8, height: 3)
    for x in 0..<8 {
      #expect(canvas[x, 1].style.background == .role(.selection))
      #expect(canvas[x, 0].style.background == .standard)
    }
  }

  @Test func anUnfocusedListMarksItsRowWithoutColours() {
    var view = list(3, selection: 1)
    view.isFocused = false
    let canvas = canvas(of: view, width: 8, height: 3)
    #expect(canvas[0, 1].style.bold && canvas[0, 1].style.underline)
    #expect(canvas[0, 1].style.background == .standard)
  }

  @Test func rowsAreFoundUnderTheMouse() {
    let rect = Rect(x: 2, y: 1, width: 8, height: 3)
    let view = list(9, selection: 5)
    #expect(view.row(at: Point(x: 3, y: 1), in: rect) == 3)
    #expect(view.row(at: Point(x: 3, y: 3), in: rect) == 5)
    #expect(view.row(at: Point(x: 3, y: 4), in: rect) == nil)
    #expect(list(1, selection: nil).row(at: Point(x: 3, y: 3), in: rect) == nil)
  }

  @Test(arguments: 0...6)
  func theOffsetIsInBoundsAndShowsTheSelection(height: Int) {
    for count in 0...8 {
      for offset in -2...12 {
        for selection in 0..<max(1, count) {
          let result = ListView.offset(
            nearest: offset, showing: selection, count: count, height: height)
          #expect(result >= 0 && result <= max(0, count - height))
          if count > 0, height > 0 { #expect((result..<(result + height)).contains(selection)) }
        }
      }
    }
  }
}

@Suite struct ScrollBarTests {
  @Test(arguments: 1...12)
  func theThumbReachesBothEndsAndNeverLeaves(height: Int) {
    for total in (height + 1)...40 {
      let last = ScrollBar.maximumOffset(total: total, visible: height)
      for offset in 0...last {
        let thumb = ScrollBar(total: total, visible: height, offset: offset).thumb(height: height)
        #expect(thumb.length >= 1)
        #expect(thumb.start >= 0 && thumb.start + thumb.length <= height)
        if offset == 0 { #expect(thumb.start == 0) }
        if offset == last { #expect(thumb.start + thumb.length == height) }
      }
    }
  }

  @Test func aClickOnTheTrackGivesAnOffset() {
    let bar = ScrollBar(total: 110, visible: 10, offset: 0)
    #expect(bar.offset(atRow: 0, ofHeight: 11) == 0)
    #expect(bar.offset(atRow: 5, ofHeight: 11) == 50)
    #expect(bar.offset(atRow: 99, ofHeight: 11) == 100)
    #expect(bar.offset(atRow: 0, ofHeight: 1) == 0)
  }
}
