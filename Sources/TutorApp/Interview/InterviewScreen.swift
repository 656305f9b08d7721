import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// A mock interview: one question at a time against a clock, then what a strong answer contains.
///
/// Whatever was answered is in the store before the next screen is shown, so that an interview that
/// is left, or killed, goes on where it was.
struct InterviewScreen: TutorScreen {
  /// What is done with the current question.
  enum Phase: Sendable, Hashable {
    /// The answer is typed or spoken.
    case answering(TextEditorState)
    /// The learner marks the key points that the answer made.
    case grading(Grading)
  }

  /// The grading of an answer.
  struct Grading: Sendable, Hashable {
    /// What was typed.
    var text: String
    /// How long the answer took, in seconds.
    var seconds: Double
    /// The key points that the answer made.
    var made: Set<Int> = []
    /// The key point that Space marks.
    var focus = SelectionState()
    /// How far the model answer, or all of it, is scrolled.
    var scroll = ScrollState()
  }

  /// The interview.
  var run: InterviewRun
  /// What is done with the current question.
  var phase: Phase
  /// When the clock of the current answer was started, in Unix seconds.
  var startedAt: Double
  /// The seconds of the current answer before that.
  var secondsBefore: Double
  /// When the text was last kept, in Unix seconds.
  private var keptAt: Double
  /// The text that was last kept.
  private var keptText: String

  /// Shows an interview where it stands; the clock runs on from what was kept.
  init(run: InterviewRun, _ context: TutorContext) {
    self.run = run
    let pending = run.pending
    startedAt = context.now
    secondsBefore = pending?.seconds ?? 0
    keptAt = context.now
    keptText = pending?.text ?? ""
    phase =
      if let pending, pending.isGiven {
        .grading(Grading(text: pending.text, seconds: pending.seconds))
      } else {
        .answering(TextEditorState(pending?.text ?? ""))
      }
  }

  var position: ScreenPosition? { .interview }

  func title(_ context: TutorContext) -> String {
    let number = min(run.answers.count + 1, run.questionIDs.count)
    return context.text(Phrases.interview) + " · " + context.text(Phrases.level(run.level))
      + " · \(number)/\(run.questionIDs.count)"
  }

  /// The question that is asked, with its chapter; none if the lessons no longer have it.
  func question(_ context: TutorContext) -> (chapter: Chapter, question: Question)? {
    guard let id = run.currentID, let (chapter, index) = context.question(id) else { return nil }
    return (chapter, chapter.questions[index])
  }

  /// The seconds that the current answer takes so far.
  func seconds(_ context: TutorContext) -> Double {
    if case .grading(let grading) = phase { return grading.seconds }
    return secondsBefore + max(0, context.now - startedAt)
  }

  // MARK: Keys

  func bindings(_ context: TutorContext) -> [KeyBinding] {
    guard case .grading = phase else {
      return [
        KeyBinding(
          .submit, [.control("s"), .function(2)], Phrase("answered"),
          Phrase("the answer is given, typed or spoken aloud")),
        KeyBinding(
          .openExperiment, [.control("o"), .function(3)], Phrase("show me"),
          Phrase("back the answer by an experiment in the lab; the clock runs")),
        KeyBinding(
          .back, [.escape], Phrase("pause"),
          Phrase("leave the interview; it is kept and can be resumed")),
        KeyBinding(.help, [.function(1)], Phrase("help"), CommonKeys.help.explanation),
      ]
    }
    return [
      KeyBinding(
        .up, [.up, .character("k")], Phrase("choose"), Phrase("the key point above"), shown: "↑↓"),
      KeyBinding(
        .toggle, [.character(" ")], Phrase("said it"),
        Phrase("mark whether the answer made the point")),
      KeyBinding(.submit, [.enter], Phrase("next"), Phrase("keep the grade and go on")),
      KeyBinding(
        .openExperiment, [.character("e"), .function(3)], Phrase("show me"),
        Phrase("an experiment of this chapter, and back")),
      CommonKeys.pageDown.shown(inBar: true, as: "PgUp/Dn", label: Phrase("scroll")),
      KeyBinding(
        .undo, [.character("u")], Phrase("answer on"),
        Phrase("back to the answer; the clock runs on")),
      KeyBinding(
        .back, [.character("q"), .escape], Phrase("pause"),
        Phrase("leave the interview; it is kept and can be resumed")),
      CommonKeys.help,
      KeyBinding(
        .down, [.down, .character("j")], Phrase("choose"), Phrase("the key point below"),
        inBar: false),
      KeyBinding(
        .last, [.character("a")], Phrase("all"), Phrase("mark all key points, or none"),
        inBar: false),
      CommonKeys.pageUp,
    ]
  }

  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    let area = context.screenArea
    guard case .answering(var editor) = phase else { return nil }
    if CommonKeys.quit.keys.contains(key), key != .character("Q") {
      keepPending(context)
      return [.store(.keepInterview(run)), .quit]
    }
    let isMine = bindings(context).contains { $0.keys.contains(key) }
    let width = TextEditor.textWidth(in: InterviewLayout(area: area).editor(for: self, context))
    guard !isMine, editor.handle(key, width: width) else { return nil }
    phase = .answering(editor)
    return []
  }

  /// Takes pasted text with all its lines.
  mutating func paste(_ text: String, _ context: inout TutorContext) -> [TutorEffect] {
    guard case .answering(var editor) = phase else { return [] }
    editor.insert(String(text.prefix(Self.maxPaste)))
    phase = .answering(editor)
    return []
  }

  /// The most characters that are pasted at once; nobody answers with more.
  private static let maxPaste = 20_000

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    if question(context) == nil { return skipMissing(&context) }
    switch command {
    case .back: return leave(&context)
    case .openExperiment:
      keepPending(context)
      return [.store(.keepInterview(run))] + showExperiment(context)
    case .submit:
      switch phase {
      case .answering(let editor): return give(editor, context)
      case .grading(let grading): return keep(grading, &context)
      }
    default: return grade(by: command, in: area, context)
    }
  }

  /// The answer is given: it goes to the store before its key points are shown.
  private mutating func give(_ editor: TextEditorState, _ context: TutorContext) -> [TutorEffect] {
    let text = editor.isBlank ? "" : editor.text
    let seconds = seconds(context)
    phase = .grading(Grading(text: text, seconds: seconds))
    run.keep(text, seconds: seconds, isGiven: true)
    return [.store(.keepInterview(run))]
  }

  private mutating func grade(
    by command: Command, in area: Rect, _ context: TutorContext
  ) -> [TutorEffect] {
    guard case .grading(var grading) = phase, let (_, question) = question(context) else {
      return []
    }
    let count = question.keyPoints.count
    let pane = InterviewLayout(area: area).grading(for: self, context)
    switch command {
    case .up, .down:
      _ = grading.focus.perform(command, count: count, visible: count)
      if let row = pane.pointRows[grading.focus.index] { grading.scroll.reveal(row, in: pane) }
    case .toggle:
      guard count > 0 else { return [] }
      grading.made.formSymmetricDifference([grading.focus.index])
    case .last:
      grading.made = grading.made.count == count ? [] : Set(0..<count)
    case .undo:
      phase = .answering(TextEditorState(grading.text))
      secondsBefore = grading.seconds
      startedAt = context.now
      return []
    default:
      _ = grading.scroll.perform(
        command, lines: pane.scrolled.count, visible: pane.scrolledRect.height)
    }
    phase = .grading(grading)
    return []
  }

  /// Keeps the grade and goes on to the next question, or to the report.
  private mutating func keep(_ grading: Grading, _ context: inout TutorContext) -> [TutorEffect] {
    guard let (chapter, question) = question(context) else { return skipMissing(&context) }
    let plain = { (text: [Inline]) in
      InlineTypesetter(base: .text).runs(text).map(\.text).joined()
    }
    let answer = InterviewAnswer(
      questionID: question.id, title: plain(question.title), chapterID: chapter.id,
      chapterTitle: "\(chapter.number) \(chapter.title)", level: question.level.rawValue,
      keyPoints: question.keyPoints.map(plain), made: grading.made, seconds: grading.seconds,
      text: grading.text)
    run.append(answer)
    return [
      .store(.keepInterview(run)), .store(.noteQuestionSeen(question.id, grade: answer.rating)),
    ] + goOn(context)
  }

  /// Asks the next question, or shows the report after the last one.
  private mutating func goOn(_ context: TutorContext) -> [TutorEffect] {
    guard run.isOver else {
      phase = .answering(TextEditorState())
      startedAt = context.now
      secondsBefore = 0
      keptText = ""
      return []
    }
    return [.replace(InterviewReportScreen(run: run.finished(at: context.now), isNew: true))]
  }

  /// Leaves out a question that the lessons no longer have.
  private mutating func skipMissing(_ context: inout TutorContext) -> [TutorEffect] {
    while !run.isOver, question(context) == nil { run.skipCurrent() }
    if run.answers.isEmpty, run.questionIDs.isEmpty {
      return [.store(.keepInterview(nil)), .pop]
    }
    return goOn(context)
  }

  private mutating func leave(_ context: inout TutorContext) -> [TutorEffect] {
    keepPending(context)
    context.notice = context.text(Phrase("The interview is kept; i on the home screen resumes it."))
    return [.store(.keepInterview(run)), .pop]
  }

  private mutating func keepPending(_ context: TutorContext) {
    guard case .answering(let editor) = phase else { return }
    keptText = editor.text
    keptAt = context.now
    run.keep(editor.text, seconds: seconds(context), isGiven: false)
  }

  /// The question's experiment, or else the chapter's first; without any the free lab.
  private func showExperiment(_ context: TutorContext) -> [TutorEffect] {
    guard let (chapter, question) = question(context) else { return [] }
    let own = question.experimentID.flatMap { context.experiment($0)?.experiment }
    return LabScreen.opening(experiment: own ?? chapter.experiments.first, context)
  }

  // MARK: Time and mouse

  var hasClock: Bool {
    if case .answering = phase { true } else { false }
  }

  /// How often a text that changed is kept while it is being typed, in seconds.
  private static let keepingInterval = 5.0

  mutating func tick(_ context: inout TutorContext) -> [TutorEffect] {
    guard case .answering(let editor) = phase, editor.text != keptText,
      abs(context.now - keptAt) >= Self.keepingInterval
    else { return [] }
    keepPending(context)
    return [.store(.keepInterview(run))]
  }

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    let layout = InterviewLayout(area: area)
    switch phase {
    case .answering(var editor):
      let rect = layout.editor(for: self, context)
      guard mouse.action == .press, rect.contains(mouse.point) else { return [] }
      let place = TextEditor(state: editor).place(at: mouse.point, in: rect)
      editor.moveCursor(
        toRow: place.row, column: place.column, width: TextEditor.textWidth(in: rect))
      phase = .answering(editor)
    case .grading(var grading):
      let pane = layout.grading(for: self, context)
      if mouse.action == .press, let point = pane.point(at: mouse.point, grading.scroll.offset) {
        grading.focus.index = point
        grading.made.formSymmetricDifference([point])
      }
      grading.scroll.scroll(mouse, lines: pane.scrolled.count, visible: pane.scrolledRect.height)
      phase = .grading(grading)
    }
    return []
  }
}
