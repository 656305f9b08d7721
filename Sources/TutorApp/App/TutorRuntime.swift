import Foundation
package import Lab
import Localization
import TerminalCanvas
package import TerminalDriver

/// The part of the tutor that touches the world: it feeds events to the model, carries out the
/// effects, and shows the view.
///
/// Everything happens on the main actor except measuring, which the laboratory does on a thread of
/// its own; nothing here waits for it.
@MainActor
package final class TutorRuntime {
  private let terminal: any Terminal
  private let mailbox: Mailbox
  private let records: any ProgressRecords
  private let laboratory: any LaboratoryService
  private let activity: ForegroundActivity
  private let clock: () -> Double
  private let options: Options
  private var model: TutorModel
  private var storedPositions: [ScreenPosition]
  private var requests = RequestLedger()

  /// What overrules the learner's preferences for one run.
  package struct Options: Sendable {
    /// Whether colours are off.
    package var noColor: Bool

    /// Makes options.
    package init(noColor: Bool = false) {
      self.noColor = noColor
    }
  }

  /// Makes a runtime for a model.
  ///
  /// - Parameter activity: is told whenever something else is done than waiting.
  package init(
    terminal: any Terminal, mailbox: Mailbox, records: any ProgressRecords,
    laboratory: any LaboratoryService, model: TutorModel, options: Options = Options(),
    activity: ForegroundActivity = ForegroundActivity(),
    clock: @escaping () -> Double = { Date().timeIntervalSince1970 }
  ) {
    self.terminal = terminal
    self.mailbox = mailbox
    self.records = records
    self.laboratory = laboratory
    self.model = model
    self.options = options
    self.activity = activity
    self.clock = clock
    storedPositions = model.positions
  }

  /// Runs until the learner leaves or a signal asks for the end; returns the signal, or nil.
  ///
  /// - Parameter prepareRest: begins what the first screen shall not wait for.
  package func run(afterFirstScreen prepareRest: () -> Void = {}) -> Int32? {
    activity.begin()
    defer { activity.end() }
    model.size = terminal.size
    present()
    prepareRest()
    _ = apply(.started)
    while true {
      let isUnsaved = model.positions != storedPositions
      activity.end()
      let events = terminal.events(timeout: isUnsaved || model.screen.hasClock ? 1000 : nil)
      activity.begin()
      if events.isEmpty, isUnsaved { savePosition() }
      for event in events {
        if case .terminate(let signal) = event {
          leave()
          return signal
        }
        if apply(.input(event)) {
          leave()
          return nil
        }
      }
      for letter in mailbox.take() { deliver(letter) }
      if model.screen.hasClock, clock().rounded(.down) != model.context.now.rounded(.down) {
        _ = apply(.tick)
      }
      present()
    }
  }

  /// Applies a message and its effects; true when the tutor shall end.
  private func apply(_ message: TutorMessage) -> Bool {
    model.context.now = clock()
    let before = model.screenIDs
    let effects = model.update(message)
    let after = model.screenIDs
    for screen in before where !after.contains(screen) { close(screen) }
    for asked in effects where perform(asked.effect, of: asked.asker) { return true }
    if after.count != before.count { savePosition() }
    return false
  }

  /// Hands a reply to the screen that asked, if it still waits for it.
  private func deliver(_ letter: Letter) {
    switch letter {
    case .message(let message): _ = apply(message)
    case .reply(let reply, let id):
      if let asker = requests.asker(of: id) { _ = apply(.reply(reply, to: asker)) }
    }
  }

  /// Ends the work of a screen that is gone.
  private func close(_ screen: ScreenID) {
    requests.close(screen)
    laboratory.cancel(nil, of: screen)
  }

  private func leave() {
    savePosition()
    model.screenIDs.forEach(close)
  }

  private func present() {
    let (canvas, cursor) = TutorView.draw(model)
    terminal.present(canvas, theme: theme, cursor: cursor)
  }

  private var theme: Theme {
    if options.noColor || terminal.capabilities.colors == 0 { return .mono }
    return switch model.context.preferences.colors {
    case .dark: .dark
    case .light: .light
    case .mono: .mono
    }
  }

  private func perform(_ effect: TutorEffect, of asker: ScreenID) -> Bool {
    switch effect {
    case .push, .replace, .pop, .use:
      return false
    case .quit:
      return true
    case .suspend:
      savePosition()
      terminal.suspend()
      model.size = terminal.size
    case .redraw:
      terminal.redraw()
    case .copy(let text):
      model.context.notice = model.context.text(ShareScreen.notice(copied: terminal.copy(text)))
    case .ask(let request):
      // What a screen asks for while it closes has nobody to answer to.
      guard model.screenIDs.contains(asker) else { return false }
      laboratory.carryOut(request, as: requests.enter(request, of: asker))
    case .cancel(let slot):
      requests.cancel(slot, of: asker)
      laboratory.cancel(slot, of: asker)
    case .endTraining:
      laboratory.endTraining(of: asker)
    case .recordAnswer(let answer):
      record { try $0.recordAnswer(answer, at: model.context.now) }
    case .undoAnswer(let item, let time):
      record { try $0.undoAnswer(itemID: item, givenAt: time, at: model.context.now) }
    case .setFlag(let item, let isSet):
      record { try $0.setFlag(item, isSet, at: model.context.now) }
    case .storeStudySettings(let settings):
      record { try $0.storeStudySettings(settings) }
    case .recordQuestionSeen(let question, let chapter):
      record { try $0.recordQuestionSeen(question, chapter: chapter, at: model.context.now) }
    case .setBookmark(let question, let isSet):
      record { try $0.setBookmark(question, isSet) }
    case .recordPrediction(let experiment, let recipe, let guess, let truth):
      record {
        try $0.recordPrediction(
          experiment: experiment, recipe: recipe, guess: guess, truth: truth,
          at: model.context.now)
      }
    case .storePreferences(let preferences):
      record { try $0.storePreferences(preferences) }
    case .records(let request):
      var news: RecordsNews?
      record {
        news = try $0.perform(
          request, chapters: model.context.chapters, at: model.context.now)
      }
      return news.map { apply(.records($0)) } ?? false
    }
    return false
  }

  /// Writes to the store and shows what it holds now, or says that it failed.
  private func record(_ write: (any ProgressRecords) throws -> Void) {
    do {
      try write(records)
      model.context.progress = try records.snapshot(
        chapters: model.context.chapters, at: model.context.now)
    } catch {
      let prefix = Phrase("Not saved: ", "未能保存：")
      model.context.notice = model.context.text(prefix) + "\(error)"
    }
  }

  private func savePosition() {
    let positions = model.positions
    guard positions != storedPositions else { return }
    do {
      try records.storePosition(positions)
      storedPositions = positions
    } catch {
      // A place that could not be kept is a smaller loss than a screen that does not go on; an
      // answer that could not be kept is reported by `record`.
      storedPositions = positions
    }
  }
}
