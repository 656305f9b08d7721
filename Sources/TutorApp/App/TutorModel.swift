package import Curriculum
package import TerminalCanvas

/// Everything that the tutor shows and remembers while it runs.
package struct TutorModel: Sendable {
  /// The smallest window in which every screen can be read.
  package static let leastSize = Size(width: 80, height: 24)

  /// What all screens share.
  package var context: TutorContext
  /// The open screens, never none; the last one is shown.
  package private(set) var screens: [any TutorScreen]
  /// The window's size.
  package var size: Size

  /// Makes a model that shows the last of some screens.
  package init(context: TutorContext, screens: [any TutorScreen], size: Size) {
    precondition(!screens.isEmpty, "The tutor shows at least one screen.")
    self.context = context
    self.screens = screens
    self.size = size
  }

  /// The screen that is shown.
  package var screen: any TutorScreen { screens[screens.count - 1] }

  /// The cells between the bar at the top and the key bar.
  package var area: Rect {
    Rect(x: 0, y: 1, width: size.width, height: size.height - 2)
  }

  /// Whether the window is too small for any screen.
  package var isTooSmall: Bool {
    size.width < Self.leastSize.width || size.height < Self.leastSize.height
  }

  /// Where the learner is, for the next run.
  package var positions: [ScreenPosition] { screens.compactMap(\.position) }
}

/// What can happen to the tutor.
package enum TutorMessage: Sendable {
  /// The learner did something, or the window changed.
  case input(InputEvent)
  /// A second went by on a screen with a clock.
  case tick
  /// The laboratory reports.
  case laboratory(LaboratoryNews)
  /// The store was written or read.
  case progress(ProgressSnapshot)
  /// The lessons in all languages were read.
  case library(CourseLibrary)
  /// Something the learner should know.
  case notice(String)
  /// The store answers a request.
  case records(RecordsNews)
}

extension TutorModel {
  /// Applies a message and returns what must happen outside.
  ///
  /// Going from screen to screen is carried out here; those effects are not returned.
  package mutating func update(_ message: TutorMessage) -> [TutorEffect] {
    context.screenArea = area
    switch message {
    case .input(.resize(let size)):
      self.size = size
      context.screenArea = area
      return isTooSmall ? [] : carryOut(screens[screens.count - 1].resized(&context))
    case .input(.terminate):
      return [.quit]
    case .input(.wake):
      return []
    case .input(.key(let key)):
      context.notice = nil
      return carryOut(pressed(key))
    case .input(.paste(let text)):
      context.notice = nil
      return isTooSmall
        ? [] : carryOut(screens[screens.count - 1].paste(text, in: area, &context))
    case .input(.mouse(let mouse)):
      return isTooSmall ? [] : carryOut(pointed(mouse))
    case .tick:
      return isTooSmall ? [] : carryOut(screens[screens.count - 1].tick(in: area, &context))
    case .laboratory(let news):
      if case .status(let status) = news { context.laboratory = status }
      if case .status(.ready(let facts)) = news { context.workbench.begin(with: facts.source) }
      // Every open screen hears of it: the lab may lie under the help screen.
      var effects: [TutorEffect] = []
      for index in screens.indices { effects += screens[index].receive(news, &context) }
      return carryOut(effects)
    case .progress(let snapshot):
      context.progress = snapshot
      return []
    case .library(let library):
      context.library = library
      return []
    case .notice(let text):
      context.notice = text
      return []
    case .records(let news):
      context.shelf.receive(news)
      return []
    }
  }

  private mutating func pressed(_ key: Key) -> [TutorEffect] {
    let isEverywhere = CommonKeys.everywhere.first { $0.keys.contains(key) }
    if isTooSmall {
      switch isEverywhere?.command {
      case .quit: return [.quit]
      case .suspend: return [.suspend]
      default: return key == .character("q") ? [.quit] : []
      }
    }
    let top = screens.count - 1
    if let effects = screens[top].type(key, in: area, &context) { return effects }
    let plain = key.withoutModifier
    let own = screens[top].bindings(context).first { $0.keys.contains(plain) }
    switch own?.command ?? isEverywhere?.command {
    case .help: return screen is HelpScreen ? [] : [.push(HelpScreen(explaining: screen, context))]
    case .settings: return screen is SettingsScreen ? [] : [.push(SettingsScreen())]
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .redraw: return [.redraw]
    case let command?: return screens[top].perform(command, in: area, &context)
    case nil: return []
    }
  }

  private mutating func pointed(_ mouse: MouseEvent) -> [TutorEffect] {
    if mouse.action == .press, mouse.point.y == size.height - 1,
      let key = TutorView.key(at: mouse.point, in: self)
    {
      return pressed(key)
    }
    return screens[screens.count - 1].point(mouse, in: area, &context)
  }

  private mutating func carryOut(_ effects: [TutorEffect]) -> [TutorEffect] {
    var remaining: [TutorEffect] = []
    for effect in effects {
      switch effect {
      case .push(let screen):
        screens.append(screen)
      case .replace(let screen):
        screens[screens.count - 1] = screen
      case .use(let recipe):
        if screens.count > 1 { screens.removeLast() }
        remaining += carryOut(screens[screens.count - 1].use(recipe, &context))
      case .pop:
        if screens.count > 1 { screens.removeLast() } else { remaining.append(.quit) }
      default:
        remaining.append(effect)
      }
    }
    return remaining
  }
}
