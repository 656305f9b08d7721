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
    laboratory.load()
    while true {
      let isUnsaved = model.positions != storedPositions
      activity.end()
      let events = terminal.events(timeout: isUnsaved || model.screen.hasClock ? 1000 : nil)
      activity.begin()
      if events.isEmpty, isUnsaved { savePosition() }
      for event in events {
        if case .terminate(let signal) = event {
          savePosition()
          laboratory.cancel()
          return signal
        }
        if apply(.input(event)) {
          savePosition()
          laboratory.cancel()
          return nil
        }
      }
      for message in mailbox.take() { _ = apply(message) }
      if model.screen.hasClock, clock().rounded(.down) != model.context.now.rounded(.down) {
        _ = apply(.tick)
      }
      present()
    }
  }

  /// Applies a message and its effects; true when the tutor shall end.
  private func apply(_ message: TutorMessage) -> Bool {
    model.context.now = clock()
    let depth = model.screens.count
    let effects = model.update(message)
    for effect in effects where perform(effect) { return true }
    if model.screens.count != depth { savePosition() }
    return false
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

  private func perform(_ effect: TutorEffect) -> Bool {
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
    case .openFiles(let source):
      laboratory.open(source)
    case .measure(let recipe, let generation):
      laboratory.measure(recipe, generation: generation)
    case .sweep(let key, let recipe, let generation):
      laboratory.sweep(key: key, recipe: recipe, generation: generation)
    case .scanLayers(let recipe, let generation):
      laboratory.scanLayers(of: recipe, generation: generation)
    case .examine(let examination):
      laboratory.examine(examination)
    case .compareSeeds(let recipe, let generation):
      laboratory.compareSeeds(of: recipe, generation: generation)
    case .cancelSeeds:
      laboratory.cancelSeeds()
    case .draw(let pictures, let recipe, let generation):
      laboratory.draw(pictures, of: recipe, generation: generation)
    case .weigh(let key, let values, let recipe, let generation):
      laboratory.weigh(key: key, values: values, recipe: recipe, generation: generation)
    case .endTraining:
      laboratory.endTraining()
    case .cancelMeasurements:
      laboratory.cancel()
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
