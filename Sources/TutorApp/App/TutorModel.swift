package import Curriculum
package import Lab
package import Study
package import TerminalCanvas

/// Everything that the tutor shows and remembers while it runs.
package struct TutorModel: Sendable {
  /// The smallest window in which every screen can be read.
  package static let minSize = Size(width: 80, height: 24)

  /// What all screens share.
  package var context: TutorContext
  /// The window's size.
  package var size: Size
  /// The open screens, never none; the last one is shown.
  private var stack: [OpenScreen] = []
  private var openedScreens = 0

  private struct OpenScreen: Sendable {
    let id: ScreenID
    var screen: any TutorScreen
  }

  /// Makes a model that shows the last of some screens.
  package init(context: TutorContext, screens: [any TutorScreen], size: Size) {
    precondition(!screens.isEmpty, "The tutor shows at least one screen.")
    self.context = context
    self.size = size
    stack = screens.map { numbered($0) }
  }

  /// The open screens; the last one is shown.
  package var screens: [any TutorScreen] { stack.map(\.screen) }

  /// The ids of the open screens, in the same order.
  package var screenIDs: [ScreenID] { stack.map(\.id) }

  /// The screen that is shown.
  package var screen: any TutorScreen { stack[top].screen }

  private var top: Int { stack.count - 1 }

  private mutating func numbered(_ screen: any TutorScreen) -> OpenScreen {
    openedScreens += 1
    return OpenScreen(id: ScreenID(openedScreens), screen: screen)
  }

  /// The cells between the bar at the top and the key bar.
  package var area: Rect {
    Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
  }

  /// Whether the window is too small for any screen.
  package var isTooSmall: Bool {
    size.width < Self.minSize.width || size.height < Self.minSize.height
  }

  /// Where the learner is, for the next run.
  package var positions: [ScreenPosition] { screens.compactMap(\.position) }
}

/// What can happen to the tutor.
package enum TutorMessage: Sendable {
  /// The learner did something, or the window changed.
  case input(InputEvent)
  /// The first frame is shown: the screens of an earlier run begin their work.
  case started
  /// A second went by on a screen with a clock.
  case tick
  /// The network can, or cannot, be measured from now on.
  case laboratory(LaboratoryStatus)
  /// The laboratory answers a screen.
  case reply(LabReply, to: ScreenID)
  /// The store was read.
  case progress(StudyProgress)
  /// The lessons in all languages were read.
  case library(CourseLibrary)
  /// Something the learner should know.
  case notice(String)
  /// The store answers a screen.
  case stored(StoreReply, to: ScreenID)
}

extension TutorModel {
  /// Applies a message and returns what must happen outside, with the screen that asks for it.
  ///
  /// Going from screen to screen is carried out here; those effects are not returned.
  package mutating func update(_ message: TutorMessage) -> [AskedEffect] {
    context.screenArea = area
    switch message {
    case .input(let event): return respond(to: event)
    case .tick: return isTooSmall ? [] : shown { $0.tick(&$1) }
    case .started: return each { $0.opened(&$1) }
    case .laboratory(let status): return takeOver(status)
    case .reply(let reply, let asker):
      return answer(asker) { $0.receive(reply, &$1) }
    case .stored(let reply, let asker):
      return answer(asker) { $0.receive(reply, &$1) }
    case .progress(let progress): context.progress = progress
    case .library(let library): context.library = library
    case .notice(let text): context.notice = text
    }
    return []
  }

  /// Lets the screen that asked take a reply, if it is still open.
  private mutating func answer(
    _ asker: ScreenID, _ take: (inout any TutorScreen, inout TutorContext) -> [TutorEffect]
  ) -> [AskedEffect] {
    guard let index = stack.firstIndex(where: { $0.id == asker }) else { return [] }
    return carryOut(take(&stack[index].screen, &context), of: asker)
  }

  /// Lets the shown screen act, and carries out what it asks for.
  private mutating func shown(
    _ act: (inout any TutorScreen, inout TutorContext) -> [TutorEffect]
  ) -> [AskedEffect] {
    let id = stack[top].id
    return carryOut(act(&stack[top].screen, &context), of: id)
  }

  private mutating func respond(to event: InputEvent) -> [AskedEffect] {
    switch event {
    case .resize(let size):
      self.size = size
      context.screenArea = area
      return isTooSmall ? [] : shown { $0.resized(&$1) }
    case .terminate: return carryOut([.quit], of: stack[top].id)
    case .wake: return []
    case .key(let key):
      context.notice = nil
      return pressed(key)
    case .paste(let text):
      context.notice = nil
      return isTooSmall ? [] : shown { $0.paste(text, &$1) }
    case .mouse(let mouse): return isTooSmall ? [] : pointed(mouse)
    }
  }

  /// Every open screen hears of another network: the lab may lie under the help screen.
  private mutating func takeOver(_ status: LaboratoryStatus) -> [AskedEffect] {
    context.laboratory = status
    guard case .ready(let facts) = status else { return [] }
    context.workbench.begin(with: facts.source)
    return each { $0.networkChanged(&$1) }
  }

  /// Lets every open screen act, and carries out what it asks for.
  private mutating func each(
    _ act: (inout any TutorScreen, inout TutorContext) -> [TutorEffect]
  ) -> [AskedEffect] {
    stack.indices.flatMap { index in
      carryOut(act(&stack[index].screen, &context), of: stack[index].id)
    }
  }

  private mutating func pressed(_ key: Key) -> [AskedEffect] {
    let isEverywhere = CommonKeys.everywhere.first { $0.keys.contains(key) }?.command
    guard !isTooSmall else {
      let command = isEverywhere ?? (key == .character("q") ? .quit : nil)
      let effects: [TutorEffect] =
        switch command {
        case .quit: [.quit]
        case .suspend: [.suspend]
        default: []
        }
      return carryOut(effects, of: stack[top].id)
    }
    return shown { screen, context in
      if let effects = screen.type(key, &context) { return effects }
      let plain = key.withoutModifier
      let own = screen.bindings(context).first { $0.keys.contains(plain) }?.command
      return switch own ?? isEverywhere {
      case .help: screen is HelpScreen ? [] : [.push(HelpScreen(explaining: screen, context))]
      case .settings: screen is SettingsScreen ? [] : [.push(SettingsScreen())]
      case .quit: [.quit]
      case .suspend: [.suspend]
      case .redraw: [.redraw]
      case let command?: screen.perform(command, &context)
      case nil: []
      }
    }
  }

  private mutating func pointed(_ mouse: MouseEvent) -> [AskedEffect] {
    if mouse.action == .press, mouse.point.y == size.height - 1,
      let key = TutorView.key(at: mouse.point, in: self)
    {
      return pressed(key)
    }
    return shown { $0.point(mouse, &$1) }
  }

  /// Goes from screen to screen as a screen asks for, and returns its other effects.
  private mutating func carryOut(_ effects: [TutorEffect], of asker: ScreenID) -> [AskedEffect] {
    var remaining: [AskedEffect] = []
    for effect in effects {
      switch effect {
      case .push(let screen):
        stack.append(numbered(screen))
        remaining += shown { $0.opened(&$1) }
      case .replace(let screen):
        stack[top] = numbered(screen)
        remaining += shown { $0.opened(&$1) }
      case .use(let recipe):
        if stack.count > 1 { stack.removeLast() }
        remaining += shown { $0.use(recipe, &$1) }
      case .pop where stack.count > 1:
        stack.removeLast()
        remaining += shown { $0.uncovered(&$1) }
      case .pop:
        remaining.append(AskedEffect(asker: asker, effect: .quit))
      default:
        remaining.append(AskedEffect(asker: asker, effect: effect))
      }
    }
    return remaining
  }
}
