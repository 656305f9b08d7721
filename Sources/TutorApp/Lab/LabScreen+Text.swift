import Compression
import Curriculum
import Lab
import Localization
import Presentation
import TerminalCanvas

/// The experiment's text.
extension LabScreen {
  /// What to do, and once something was guessed or measured, what it shows.
  func textLines(width: Int, _ context: TutorContext) -> [StyledLine] {
    guard width > 0 else { return [] }
    let typesetter = context.typesetter
    if let challenge = challenge(context) {
      return challengeText(challenge, width: width, context)
    }
    guard let experiment = experiment(context) else {
      let invitation = Phrase(
        "The free lab: every knob of the recipe. Whatever you set is measured on all test images.")
      return TextWrapping.wrap(context.text(invitation), width: width) + [[]]
        + commandLines(width: width) + curveReadingLines(width: width, context)
    }
    var lines = typesetter.sectionTitle(experiment.title, width: width) + [[]]
    lines += typesetter.lines(for: experiment.introduction, width: width)
    guard !session.prediction.isOpen else { return lines }
    lines += [[]] + typesetter.sectionTitle(context.text(Phrases.explanation), width: width) + [[]]
    return lines + typesetter.lines(for: experiment.explanation, width: width)
      + curveReadingLines(width: width, context)
  }

  /// The recipe as a command of a shell.
  func commandLines(width: Int) -> [StyledLine] {
    let line = session.recipe.line
    return [[StyledRun("nibble measure --set …", .role(.code))]]
      + TextWrapping.wrap(
        line.isEmpty ? "(no --set needed)" : line, style: .role(.code), width: width)
  }

  /// Shows or hides the text where it takes the panels' place; after a guess at its explanation.
  mutating func toggleText(in area: Rect, _ context: TutorContext) -> [TutorEffect] {
    lesson.isShown.toggle()
    if case .resolved = session.prediction {
      lesson.page = .experiment
      let pane = LabLayout(area: area, knobCount: session.knobs.count).text
      lesson.experimentScroll.offset = explanationLine(width: Self.textWidth(in: pane), context)
    }
    return panelRequests(context)
  }

  /// The line of the text at which the explanation begins.
  private func explanationLine(width: Int, _ context: TutorContext) -> Int {
    guard let experiment = experiment(context), width > 0 else { return 0 }
    // The title with an empty line below it, the introduction, and an empty line.
    return context.typesetter.lines(for: experiment.introduction, width: width).count + 3
  }

  /// The columns of the text in its pane.
  static func textWidth(in rect: Rect) -> Int {
    min(rect.width - 2, LessonTypesetter.comfortableMeasure)
  }
}
