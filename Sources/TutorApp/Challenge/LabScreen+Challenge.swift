import Compression
import Curriculum
import Lab
import Localization
import Presentation
import Study
import TerminalCanvas

/// What the lab needs to know while a challenge is tried in it.
struct ChallengeAttemptState: Sendable {
  /// The challenge.
  let challengeID: String
  /// How many hints are shown.
  var shownHints = 0
}

extension LabScreen {
  /// The effects that open the lab for a challenge.
  static func opening(challenge: Challenge) -> [TutorEffect] {
    [.push(LabScreen(challenge: challenge, settings: nil))]
  }

  /// Makes the lab for a challenge; `settings` overrule the starting recipe.
  init(challenge: Challenge, settings: [String: String]?) {
    self.init(
      LabSession(
        from: Recipe(challenge.settings), knobs: challenge.knobs, changedBy: settings ?? [:]))
    attempt = ChallengeAttemptState(challengeID: challenge.id)
  }

  /// The challenge in the learner's language.
  func challenge(_ context: TutorContext) -> Challenge? {
    attempt.flatMap { context.challenge($0.challengeID) }
  }

  /// What the current recipe measured, once its files were written.
  var challengeFigures: Lab.Measurement? {
    session.results.measurement.flatMap { $0.size.shortest == nil ? nil : $0 }
  }

  /// The keys of the lab that only a challenge has.
  func challengeBindings(_ context: TutorContext) -> [KeyBinding] {
    guard let challenge = challenge(context) else { return [] }
    let isReady = challenge.isMet(challengeFigures) != nil
    return [
      KeyBinding(
        .submitAttempt, [.character("a")], Phrase("submit"),
        Phrase("store what was measured as an attempt"), inBar: isReady),
      KeyBinding(.hint, [.character("h")], Phrase("hint"), Phrase("the next hint"), inBar: true),
    ]
  }

  /// Stores the measurement of the current recipe.
  mutating func submitAttempt(_ context: inout TutorContext) -> [TutorEffect] {
    guard let challenge = challenge(context) else { return [] }
    guard context.laboratorySource.isBuiltIn else {
      context.notice = context.text(
        Phrase("Challenges are about the built-in network: F goes back to it."))
      return []
    }
    guard let figures = challengeFigures, let file = figures.size.shortest,
      let isMet = challenge.isMet(figures)
    else {
      context.notice = context.text(Phrase("Wait until everything is measured, then submit."))
      return []
    }
    context.notice = context.text(
      isMet
        ? Phrase("Budget met! The attempt is stored.")
        : Phrase("Not met yet; the attempt is stored."))
    return [
      .store(
        .recordAttempt(
          ChallengeAttempt(
            challengeID: challenge.id, at: context.now, recipe: session.recipe.line,
            correct: figures.evaluation.correct, images: figures.evaluation.images,
            bytes: file.bytes,
            latency: challenge.limit(of: "speedup").flatMap { _ in figures.latency.values.min() },
            isMet: isMet)))
    ]
  }

  /// Shows one hint more, in the text.
  mutating func showHint(_ context: inout TutorContext) -> [TutorEffect] {
    guard let challenge = challenge(context), var attempt else { return [] }
    if attempt.shownHints < challenge.hints.count {
      attempt.shownHints += 1
      self.attempt = attempt
    } else {
      context.notice = context.text(Phrase("There are no more hints."))
    }
    lesson.isShown = true
    return []
  }

  /// The budgets beside what was measured, and whether all are met.
  func challengeLine(_ challenge: Challenge, _ context: TutorContext) -> StyledLine {
    var line: StyledLine = []
    for check in challenge.checks(challengeFigures) {
      let role: Role = check.isMet.map { $0 ? .good : .bad } ?? .muted
      let mark = check.isMet.map { $0 ? "✓" : "✗" } ?? " "
      line += [
        StyledRun(check.budget.text, .role(.text, bold: true)),
        StyledRun(" \(mark) \(check.measured)   ", .role(role)),
      ]
    }
    switch challenge.isMet(challengeFigures) {
    case true:
      line.append(StyledRun(context.text(Phrase("MET: a submits")), .role(.good, bold: true)))
    case false: line.append(StyledRun(context.text(Phrase("not met")), .role(.bad)))
    default: line.append(StyledRun(context.text(Phrase("measuring")), .role(.muted)))
    }
    return line
  }

  /// The challenge's text with the hints shown so far.
  func challengeText(_ challenge: Challenge, width: Int, _ context: TutorContext) -> [StyledLine] {
    let typesetter = context.typesetter
    var lines = typesetter.sectionTitle(challenge.title, width: width)
    lines += typesetter.lines(for: challenge.introduction, width: width) + [[]]
    lines.append([StyledRun(challenge.budgetLine, .role(.accent, bold: true))])
    if challenge.limit(of: "bytes") != nil {
      let rule = Phrase("The shortest file of all storage formats counts.")
      lines += TextWrapping.wrap(context.text(rule), style: .role(.muted), width: width)
    }
    if challenge.limit(of: "speedup") != nil {
      let rule = Phrase(
        "The fastest kernel counts, against the uncompressed network in float, both timed on this processor just now."
      )
      lines += TextWrapping.wrap(context.text(rule), style: .role(.muted), width: width)
    }
    let shown = attempt?.shownHints ?? 0
    for (index, hint) in challenge.hints.prefix(shown).enumerated() {
      lines.append([])
      lines += typesetter.lines(
        for: [
          .paragraph(
            [
              .strong([
                .text(context.text(Phrase("Hint \(index + 1): ")))
              ])
            ] + hint)
        ],
        width: width)
    }
    if shown < challenge.hints.count {
      let left = challenge.hints.count - shown
      lines += [
        [],
        [
          StyledRun(context.text(Phrase("h: a hint (\(left) left)")), .role(.muted))
        ],
      ]
    }
    return lines + [[]] + commandLines(width: width)
  }
}
