import Foundation
package import Lab
import Localization
package import Study
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
  private let store: ProgressStore
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
    terminal: any Terminal, mailbox: Mailbox, store: ProgressStore,
    laboratory: any LaboratoryService, model: TutorModel, options: Options = Options(),
    activity: ForegroundActivity = ForegroundActivity(),
    clock: @escaping () -> Double = { Date().timeIntervalSince1970 }
  ) {
    self.terminal = terminal
    self.mailbox = mailbox
    self.store = store
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
    case .store(let request):
      return ask(request, of: asker)
    }
    return false
  }

  /// Asks the store and answers the screen that wanted it, or says that it failed.
  private func ask(_ request: StoreRequest, of asker: ScreenID) -> Bool {
    let now = model.context.now
    do {
      let reply = try store.perform(request, at: now)
      try model.context.progress.refresh(after: request, of: store, at: now)
      return apply(.stored(reply, to: asker))
    } catch {
      let prefix = Phrase("Not saved: ")
      model.context.notice = model.context.text(prefix) + "\(error)"
      // How much of it was kept is for the store to say; what cannot be read stays as it was.
      if let progress = try? StudyProgress(of: store, at: now) { model.context.progress = progress }
      return false
    }
  }

  private func savePosition() {
    let positions = model.positions
    guard positions != storedPositions else { return }
    // A place that could not be kept is a smaller loss than a screen that does not go on; an answer
    // that could not be kept is reported by `ask`.
    _ = try? store.perform(
      .keepPosition(ScreenRestoration.text(of: positions)), at: model.context.now)
    storedPositions = positions
  }
}
