import Compression
import Curriculum
import TerminalCanvas
import Testing

@testable import TutorApp

/// What stories of the lab have in common.
extension Story {
  /// The measurements that were asked for so far.
  var measureRequests: [(recipe: Recipe, generation: Int)] {
    effects.compactMap { effect in
      if case .measure(let recipe, let generation) = effect { (recipe, generation) } else { nil }
    }
  }

  /// The measurement that was asked for last.
  func lastMeasureRequest() throws -> (recipe: Recipe, generation: Int) {
    try #require(measureRequests.last)
  }

  /// Pages through the plots until a kind is shown.
  mutating func show(_ kind: PlotKind) throws {
    for _ in PlotKind.allCases {
      let screen = try #require(model.screen as? LabScreen)
      let layout = LabLayout(area: model.area, knobCount: screen.knobs.count)
      if screen.visiblePanels(in: layout).contains(.plot(kind)) { return }
      press(.character("v"))
    }
    Issue.record("no page shows \(kind)")
  }
}
