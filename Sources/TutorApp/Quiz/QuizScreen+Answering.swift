import Curriculum
import Localization
import Presentation
import Study
import TerminalCanvas

/// What keys, pastes and the mouse do in a session.
extension QuizScreen {
  mutating func type(_ key: Key, _ context: inout TutorContext) -> [TutorEffect]? {
    let area = context.screenArea
    // A key that comes with the end of an exam means nothing on the result any more.
    if advanceClock(&context) { return [] }
    if key != .escape { asksToHandIn = false }
    guard var current = state, !current.isGraded, failure(context) == nil else { return nil }
    if current.isTyped {
      // An answer that waits for its measurement is as good as given.
      guard !current.isWaiting, fields[current.focus].handle(key) else { return nil }
      current.texts[current.focus] = fields[current.focus].text
      state = current
      keepCursorVisible(in: area, context)
      return []
    }
    // A digit takes the choice of that number.
    if case .character(let character) = key, let digit = character.wholeNumberValue, digit > 0,
      current.shown.indices.contains(digit - 1), !current.isMovable
    {
      current.cursor = digit - 1
      current.sheet.toggle()
      state = current
      return []
    }
    return nil
  }

  mutating func paste(_ text: String, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    guard var current = state, current.isTyped, !current.isGraded, !current.isWaiting else {
      return []
    }
    fields[current.focus].insert(text.trimmingLineEnds)
    current.texts[current.focus] = fields[current.focus].text
    state = current
    keepCursorVisible(in: area, context)
    return []
  }

  mutating func perform(_ command: Command, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    switch command {
    case .back: return leave(&context)
    case .undo: return undo(&context)
    case .flag: return flag(&context)
    case .openLesson: return openLesson(context)
    case .openExperiment: return openExperiment(context)
    default: break
    }
    guard let current = state else { return performOver(command, in: area, context) }
    return current.isGraded
      ? performGraded(command, in: area, &context)
      : performOpen(command, current, in: area, &context)
  }

  private mutating func leave(_ context: inout TutorContext) -> [TutorEffect] {
    if hasClock, !asksToHandIn {
      asksToHandIn = true
      context.notice = context.text(
        Phrase(
          "Esc again hands the exam in, unanswered items count as wrong; any other key goes on."))
      return []
    }
    guard hasClock else { return [.pop] }
    isHandedIn = true
    begin(context)
    return requestMeasurement()
  }

  // MARK: An open item

  private mutating func performOpen(
    _ command: Command, _ shown: QuizItemState, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    var current = shown
    switch command {
    case .up: current.cursor = max(0, current.cursor - 1)
    case .down: current.cursor = min(max(0, current.shown.count - 1), current.cursor + 1)
    case .toggle: current.sheet.toggle()
    case .moveItemUp: current.sheet.move(by: -1)
    case .moveItemDown: current.sheet.move(by: 1)
    case .next: current.sheet.moveFocus(by: 1)
    case .previous: current.sheet.moveFocus(by: -1)
    case .submit: return submit(nil, &context)
    case .submitSure: return submit(.high, &context)
    case .submitThinkSo: return submit(.medium, &context)
    case .submitGuess: return submit(.low, &context)
    case .skip:
      session.take(QuizStep(skipping: current.item.id, seed: current.seed, at: context.now))
      begin(context)
      return requestMeasurement()
    case .pageUp, .pageDown:
      let (rows, column) = document(in: area, context)
      _ = scroll.perform(command, lines: rows.count, visible: column.height)
      return []
    default: return []
    }
    state = current
    keepCursorVisible(in: area, context)
    return []
  }

  /// Hands the answer in, said to be as sure as the key was.
  private mutating func submit(
    _ confidence: Confidence?, _ context: inout TutorContext
  ) -> [TutorEffect] {
    guard var current = state else { return [] }
    // A second Enter while the answer waits asks nothing new of the laboratory.
    if current.isWaiting { return [] }
    let outcome = current.sheet.submit(confidence)
    state = current
    switch outcome {
    case .graded: return settle(current, context)
    // A quiz of an earlier run has asked for nothing yet while the network is read.
    case .waiting: return isMeasuring ? [] : requestMeasurement()
    case .incomplete:
      context.notice = context.text(
        current.isCloze
          ? Phrase("Fill in every blank first.")
          : current.isTyped
            ? Phrase("Type a number first.")
            : Phrase("Mark at least one row with Space."))
      return []
    }
  }

  /// Keeps a graded answer; without feedback the next item follows at once.
  mutating func settle(_ graded: QuizItemState, _ context: TutorContext) -> [TutorEffect] {
    guard session.current != nil else { return [] }
    let answered = QuizStep(
      graded.sheet, of: graded.item.id,
      lapsesBefore: context.study.cards[graded.item.id]?.lapses ?? 0,
      seconds: max(0, context.now - graded.startedAt), at: context.now)
    pending = answered
    let kept = record(answered)
    guard !session.rules.givesFeedback else { return kept }
    session.take(answered)
    begin(context)
    return kept + requestMeasurement()
  }

  /// The effect that keeps a graded answer, in place of what the log has of it.
  private func record(_ answered: QuizStep) -> [TutorEffect] {
    guard let candidate = session.current else { return [] }
    return [
      .store(
        .record(
          Review(answered, to: candidate, in: session.rules.kind), replacing: answered.reviewID))
    ]
  }

  // MARK: A graded item

  private mutating func performGraded(
    _ command: Command, in area: Rect, _ context: inout TutorContext
  ) -> [TutorEffect] {
    switch command {
    case .submit:
      if let pending { session.take(pending) }
      begin(context)
      return requestMeasurement()
    case .gradeAgain: return grade(.again, &context)
    case .gradeHard: return grade(.hard, &context)
    case .gradeGood: return grade(.good, &context)
    case .gradeEasy: return grade(.easy, &context)
    default:
      let (rows, column) = document(in: area, context)
      _ = scroll.perform(command, lines: rows.count, visible: column.height)
      return []
    }
  }

  /// Whether the learner may say how well a right answer was remembered.
  var mayGrade: Bool { movesSchedule && pending?.isRight == true }

  /// Keeps another grade for a right answer, in place of the old one.
  private mutating func grade(_ rating: Rating, _ context: inout TutorContext) -> [TutorEffect] {
    guard mayGrade, var answered = pending, answered.rating != rating else { return [] }
    answered.rating = rating
    answered.at = context.now
    pending = answered
    return record(answered)
  }

  // MARK: The result

  private mutating func performOver(
    _ command: Command, in area: Rect, _ context: TutorContext
  ) -> [TutorEffect] {
    let list = QuizResultList(self)
    switch command {
    case .submit:
      guard !list.entries.isEmpty else { return [.pop] }
      return [.replace(QuizScreen(setup, context))]
    case .open:
      let answers = list.entries.map { entry in
        entry.answer ?? QuizStep(skipping: entry.item.itemID, seed: seed, at: context.now)
      }
      guard answers.indices.contains(selection.index) else { return [] }
      return [.push(QuizReviewScreen(answers: answers, index: selection.index))]
    default:
      let column = Document.column(in: area).inset(vertically: 1)
      guard selection.perform(command, count: list.entries.count, visible: column.height) else {
        return []
      }
      keepCursorVisible(in: area, context)
      // From the first item on upwards the figures above it are to be seen.
      if selection.index == 0 { scroll.offset = 0 }
      return []
    }
  }

  // MARK: Everywhere in the session

  /// Whether there is an answer or a skip to take back; what was handed in stays.
  var mayUndo: Bool {
    !(isOver && session.rules.kind == .exam) && (pending != nil || !session.steps.isEmpty)
  }

  private mutating func undo(_ context: inout TutorContext) -> [TutorEffect] {
    guard mayUndo else { return [] }
    context.notice = context.text(Phrase("Taken back: answer it again."))
    if let answered = pending, var current = state {
      current.sheet.reopen(at: context.now)
      state = current
      pending = nil
      scroll = ScrollState()
      return takeBack(answered)
    }
    guard let last = session.undo() else { return [] }
    begin(context)
    return takeBack(last) + requestMeasurement()
  }

  /// The effect that takes a step's answer out of the log, if it is there.
  private func takeBack(_ step: QuizStep) -> [TutorEffect] {
    step.reviewID.map { [.store(.undo($0, itemID: step.itemID))] } ?? []
  }

  /// Notes under which number the store keeps the latest answer.
  mutating func receive(_ reply: StoreReply, _ context: inout TutorContext) -> [TutorEffect] {
    guard case .recorded(let id, _) = reply else { return [] }
    if pending == nil { session.noteRecorded(id) } else { pending?.reviewID = id }
    return []
  }

  /// The item that keys outside of the answer are about: the shown one, or the chosen one at the end.
  var itemAtHand: QuizCandidate? {
    if let state { return session.items.first { $0.itemID == state.item.id } }
    return QuizResultList(self).entry(at: selection.index)?.item
  }

  private func flag(_ context: inout TutorContext) -> [TutorEffect] {
    guard let item = itemAtHand else { return [] }
    return QuizFlags.toggle(item.itemID, &context)
  }

  private func openLesson(_ context: TutorContext) -> [TutorEffect] {
    guard state?.isGraded ?? true, let id = itemAtHand?.questionID, context.question(id) != nil
    else { return [] }
    return [.push(QuestionScreen(id: id, revealed: true))]
  }

  private func openExperiment(_ context: TutorContext) -> [TutorEffect] {
    guard state?.isGraded ?? true, let item = itemAtHand,
      let experiment = context.experiment(for: item)
    else { return [] }
    return LabScreen.opening(experiment: experiment, context)
  }

  // MARK: The mouse

  mutating func point(_ mouse: MouseEvent, _ context: inout TutorContext) -> [TutorEffect] {
    let area = context.screenArea
    if advanceClock(&context) { return [] }
    if mouse.action == .press, let command = footCommand(at: mouse.point, in: area, context) {
      return perform(command, &context)
    }
    let (rows, column) = document(in: area, context)
    scroll.scroll(mouse, lines: rows.count, visible: column.height)
    guard mouse.action == .press, column.contains(mouse.point) else { return [] }
    let row = mouse.point.y - column.y + scroll.offset
    guard rows.indices.contains(row), let target = rows[row].target else { return [] }
    guard var current = state else {
      return selection.press(target) ? perform(.open, &context) : []
    }
    guard !current.isGraded else { return [] }
    if current.isTyped {
      current.sheet.setFocus(target)
      state = current
      return []
    }
    let wasThere = current.cursor == target
    current.cursor = target
    current.sheet.toggle()
    state = current
    // A second click on the same choice answers, as Enter does.
    if wasThere, !current.isMultiple, !current.isMovable { return submit(nil, &context) }
    return []
  }
}

/// Sets and removes flags.
enum QuizFlags {
  /// Sets an item's flag, or removes it.
  static func toggle(_ itemID: String, _ context: inout TutorContext) -> [TutorEffect] {
    let isSet = !context.study.flagged.contains(itemID)
    context.notice = context.text(
      isSet
        ? Phrase("Flagged: the quiz menu has all flagged items.")
        : Phrase("The flag is removed."))
    return [.store(.setFlag(itemID: itemID, isSet))]
  }
}

extension String {
  /// The text without line ends around it, as a copied line often has one.
  var trimmingLineEnds: String {
    let start = drop(while: \.isNewline)
    return String(start.reversed().drop(while: \.isNewline).reversed())
  }
}
