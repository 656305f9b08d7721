import Testing

/// A way to one state of one screen, of which the snapshots are taken.
struct Scenario: Sendable, CustomTestStringConvertible {
  /// The name of the snapshots, without the window.
  let name: String
  /// The name of the type of the screen that is shown in the end.
  let screen: String
  /// Drives a robot there.
  let drive: @Sendable (Window) throws -> Robot

  /// Makes a scenario that begins at a place.
  init(
    _ name: String, _ screen: String, at place: Robot.Place = .home,
    _ steps: @escaping @Sendable (inout Robot) throws -> Void = { _ in }
  ) {
    self.init(name, on: screen) { window in
      var robot = try Robot(window, at: place)
      try steps(&robot)
      return robot
    }
  }

  /// Makes a scenario that makes its own robot.
  init(
    _ name: String, on screen: String, _ drive: @escaping @Sendable (Window) throws -> Robot
  ) {
    (self.name, self.screen, self.drive) = (name, screen, drive)
  }

  /// All scenarios.
  static let all = lessons + lab + plots + labTools + faults + quiz + study

  var testDescription: String { name }
}
