import Foundation
import Study

/// Brings back the screens of an earlier run.
package enum ScreenRestoration {
  /// The positions of the open screens as the store keeps them.
  static func text(of positions: [ScreenPosition]) -> String {
    guard let data = try? JSONEncoder().encode(positions) else {
      preconditionFailure("The numbers of a position are finite.")
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// Where the learner was; a screen in a form that is no longer understood is left out.
  package static func positions(in text: String?) -> [ScreenPosition] {
    let stored = text.flatMap {
      try? JSONDecoder().decode([StoredPosition].self, from: Data($0.utf8))
    }
    return (stored ?? []).compactMap(\.position)
  }

  /// A position, or nil for one in another form.
  private struct StoredPosition: Decodable {
    let position: ScreenPosition?

    init(from decoder: any Decoder) { position = try? ScreenPosition(from: decoder) }
  }

  /// The screens for stored positions; what the lessons no longer have is left out.
  package static func screens(
    for positions: [ScreenPosition], _ context: TutorContext
  ) -> [any TutorScreen] {
    var screens = positions.compactMap { screen(for: $0, context) }
    if !(screens.first is HomeScreen) { screens.insert(HomeScreen(), at: 0) }
    return screens
  }

  private static func screen(
    for position: ScreenPosition, _ context: TutorContext
  ) -> (any TutorScreen)? {
    switch position {
    case .home(let selection):
      return HomeScreen(selection: selection)
    case .chapter(let id, let selection):
      return context.chapter(id).map { _ in ChapterScreen(chapterID: id, selection: selection) }
    case .introduction(let id):
      return context.chapter(id).map { _ in IntroductionScreen(chapterID: id) }
    case .question(let id, let revealed, let scroll):
      return context.question(id).map { _ in
        QuestionScreen(id: id, revealed: revealed, scroll: scroll)
      }
    case .lab(let experimentID, let settings):
      guard let experimentID else { return LabScreen(experiment: nil, settings: settings) }
      return context.experiment(experimentID).map {
        LabScreen(experiment: $0.experiment, settings: settings)
      }
    case .quizSession(let stored):
      return QuizScreen(stored, context)
    case .quizMenu(let selection, let setups):
      return QuizMenuScreen(selection: selection, setups: setups)
    case .settings:
      return SettingsScreen()
    case .interview:
      return context.progress.runningInterview.map { InterviewScreen(run: $0, context) }
    case .challenges(let selection):
      return ChallengesScreen(selection: selection)
    case .challenge(let id, let settings):
      return context.challenge(id).map { LabScreen(challenge: $0, settings: settings) }
    case .statistics:
      return StatisticsScreen()
    }
  }
}
