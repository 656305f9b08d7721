import Curriculum
import Foundation
import Lab
import Localization
import Presentation
import TerminalCanvas
import Testing

@testable import TutorApp

/// Walks every experiment of the course from its question to its explanation.
@Suite struct ExperimentWalkStories {
  private static let sizes = [(80, 24), (120, 40), (200, 60)]

  @Test(arguments: 1...14)
  func anExperimentTakesAGuessIsMeasuredShowsItsPlotsWholeAndExplainsItself(number: Int) throws {
    let laboratory = StoryLaboratory { _ in try LittleLaboratory.make() }
    laboratory.scheduler.load(.builtIn)
    let status = try #require(Self.status(from: laboratory))
    let languages = try Language.allCases.map { language in
      try #require(Story.library().chapters(in: language).first { $0.number == number })
    }
    let count = languages[0].experiments.count
    #expect(count >= 3)
    // All sizes and languages of one experiment follow one another: what was measured is known then.
    for index in 0..<count {
      for chapter in languages {
        for (width, height) in Self.sizes {
          var walk = try ExperimentWalk(
            chapter.experiments[index], width: width, height: height, language: chapter.language,
            status: status, laboratory: laboratory)
          try follow(&walk, chapter.experiments[index])
          walk.leave()
        }
      }
    }
  }

  private static func status(from laboratory: StoryLaboratory) -> LaboratoryStatus? {
    let end = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < end {
      for case .message(.laboratory(let status)) in laboratory.letters() { return status }
      Thread.sleep(forTimeInterval: 0.005)
    }
    return nil
  }

  private func follow(_ walk: inout ExperimentWalk, _ experiment: Experiment) throws {
    let size = walk.story.model.size
    let place = Comment(rawValue: "\(experiment.id) at \(size.width)×\(size.height)")
    if experiment.prediction != nil {
      #expect(walk.lab?.session.prediction.isOpen == true, place)
      #expect(!walk.story.text.contains(explanationTitle(walk)), place)
      walk.press(.character("5"))
      walk.press(.enter)
    }
    let isMeasured = walk.wait { walk in
      walk.lab?.session.results.measurement != nil && Self.isResolved(walk)
        || walk.lab?.session.results.refusal != nil
    }
    #expect(isMeasured, place)
    #expect(walk.lab?.session.results.refusal == nil, place)
    try lookAtPlots(&walk, experiment, place)
    // Beside the lab where there is room, else in the plots' place.
    if size.width < 140 { walk.press(.character("t")) }
    #expect(walk.story.text.contains(explanationTitle(walk)), "\(place): \(walk.story.text)")
    walk.press(.character("q"))
    #expect(walk.story.model.screen is HomeScreen, place)
  }

  /// Whether the truth stands beside the guess, if there was one.
  private static func isResolved(_ walk: ExperimentWalk) -> Bool {
    switch walk.lab?.session.prediction {
    case .resolved, .some(.none): true
    case .arming, .asking, .waiting, nil: false
    }
  }

  private func explanationTitle(_ walk: ExperimentWalk) -> String {
    "▌ " + walk.story.model.context.text(Phrases.explanation)
  }

  private func lookAtPlots(
    _ walk: inout ExperimentWalk, _ experiment: Experiment, _ place: Comment
  ) throws {
    var seen: [String] = []
    let wanted = experiment.plots
    #expect((2...6).contains(wanted.count), place)
    for _ in LabPanels.plots where !Set(wanted).isSubset(of: seen) {
      let isDrawn = walk.wait { walk in Self.unfinished(walk).isEmpty }
      #expect(isDrawn, "\(place): \(Self.unfinished(walk)) \(walk.story.text)")
      for place in try #require(Self.places(walk)) {
        let kind = place.panel.name
        seen.append(kind)
        let faults = Self.faults(of: place.rect, in: walk.rows)
        #expect(faults.isEmpty, "\(experiment.id), \(kind): \(faults) \(walk.story.text)")
      }
      for row in walk.rows {
        #expect(TextWidth.width(of: row) <= walk.story.model.size.width, place)
      }
      walk.press(.character("v"))
    }
    #expect(Array(seen.prefix(wanted.count)) == wanted, place)
  }

  private static func places(_ walk: ExperimentWalk) -> [LabPages.Place]? {
    walk.lab.map { lab in
      let layout = LabLayout(area: walk.story.model.area, knobCount: lab.session.knobs.count)
      return lab.pages(in: layout).page(lab.page)
    }
  }

  /// The panels on the screen that still wait for something.
  private static func unfinished(_ walk: ExperimentWalk) -> [String] {
    let rows = walk.rows
    let loading = walk.story.model.context.text(Phrases.loadingNetwork)
    return (places(walk) ?? []).filter { place in
      let text = inner(of: place.rect, in: rows)
      return text.contains { $0 == "…" || $0.contains(loading) }
    }.map(\.panel.name)
  }

  /// The rows inside a panel's frame, without the spaces around them.
  private static func inner(of rect: Rect, in rows: [String]) -> [String] {
    (rect.y + 1..<rect.maxY - 1).map { y in
      cells(of: rows[y])[rect.x + 1..<rect.maxX - 1].joined()
        .trimmingCharacters(in: .whitespaces)
    }
  }

  /// A row by cells; a wide character leaves the cell after it empty.
  private static func cells(of row: String) -> [String] {
    let cells = row.flatMap { character -> [String] in
      let text = String(character)
      return [text] + [String](repeating: "", count: max(0, TextWidth.width(of: text) - 1))
    }
    // Spaces at the end of a row are not part of its text.
    return cells + [String](repeating: " ", count: max(0, sizes[2].0 - cells.count))
  }

  /// What is wrong with a panel: a frame that is cut, no title, nothing inside.
  private static func faults(of rect: Rect, in rows: [String]) -> [String] {
    var faults: [String] = []
    let top = cells(of: rows[rect.y])
    let bottom = cells(of: rows[rect.maxY - 1])
    let corners = [
      top[rect.x], top[rect.maxX - 1], bottom[rect.x], bottom[rect.maxX - 1],
    ]
    if corners != ["┌", "┐", "└", "┘"] { faults.append("the frame is cut: \(corners)") }
    let title = top[rect.x..<rect.maxX].joined().filter { $0 != "─" && $0 != "┌" && $0 != "┐" }
    if title.allSatisfy(\.isWhitespace) { faults.append("there is no title") }
    if inner(of: rect, in: rows).allSatisfy(\.isEmpty) { faults.append("it is empty") }
    return faults
  }
}
