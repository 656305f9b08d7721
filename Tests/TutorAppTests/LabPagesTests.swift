import Curriculum
import TerminalCanvas
import Testing

@testable import TutorApp

/// The pages of the lab's plots.
@Suite struct LabPagesTests {
  private func pages(_ width: Int, _ height: Int, plots: [String] = []) -> LabPages {
    LabPages(
      LabPanels.order(plots: plots, isChallenge: false),
      in: Rect(x: 0, y: 12, width: width, height: height))
  }

  @Test func aPageOf80Times24ShowsTwoPlotsTheOnesThatTheExperimentNamesFirst() {
    let pages = pages(80, 10, plots: ["mask", "sqnr", "curve"])
    #expect(pages.page(0).map(\.panel.name) == ["mask", "sqnr"])
    #expect(pages.page(0).map(\.rect.width) == [40, 40])
    #expect(pages.page(1).first?.panel.name == "curve")
    #expect(pages.number(of: "mask") == 0)
  }

  @Test func aWidePlotTakesTwoColumnsAloneWhereThereAreNoMore() {
    let pages = pages(80, 10, plots: ["curve", "flips"])
    // The curve stands alone and is stretched, since the images need the whole width.
    #expect(pages.page(0).map(\.rect.width) == [80])
    #expect(pages.page(1).map(\.panel.name) == ["flips"])
  }

  @Test(arguments: [(80, 10), (120, 26), (136, 46), (200, 46), (38, 10), (60, 14)])
  func everyPanelIsOnOnePagePagesAreFilledWithoutGapsOrOverlap(width: Int, height: Int) {
    let pages = pages(width, height)
    let panels = pages.pages.flatMap { $0.map(\.panel.name) }
    #expect(panels == LabPanels.plots)
    for page in pages.pages {
      var covered: Set<Point> = []
      var cells = 0
      for place in page {
        cells += place.rect.width * place.rect.height
        for y in place.rect.y..<place.rect.maxY {
          for x in place.rect.x..<place.rect.maxX { covered.insert(Point(x: x, y: y)) }
        }
      }
      #expect(cells == width * height)
      #expect(covered.count == cells)
    }
  }

  @Test func aPageNumberBeyondTheEndAsAfterTheWindowGrewMeansTheLastPage() {
    let pages = pages(200, 46)
    #expect(pages.page(99).map(\.panel.name) == pages.pages.last?.map(\.panel.name))
  }

  @Test func aChallengeBeginsWithItsAttempts() {
    let order = LabPanels.order(plots: [], isChallenge: true).map(\.name)
    #expect(order.prefix(2) == ["attempts", "curve"])
    #expect(Set(order).count == order.count)
  }

  @Test func everyPlotThatLessonsCanNameHasOnePanelAndEveryPanelANameOfItsOwn() {
    let names = LabPanels.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(Set(names) == Set(LabPanels.plots + [AttemptsPanel().name]))
  }
}
