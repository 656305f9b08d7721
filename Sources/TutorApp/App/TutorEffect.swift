package import Compression
package import Lab
package import Study

/// What a screen asks of the world outside.
package enum TutorEffect: Sendable {
  // Going from screen to screen.

  /// Shows a screen on top of this one.
  case push(any TutorScreen)
  /// Shows a screen in place of this one.
  case replace(any TutorScreen)
  /// Goes back to the screen below.
  case pop
  /// Goes back to the screen below and gives it a recipe to use.
  case use(Recipe)

  // The program.

  /// Ends the program.
  case quit
  /// Stops the program until it is continued.
  case suspend
  /// Draws every cell anew.
  case redraw
  /// Hands a text to the terminal's clipboard.
  case copy(String)

  // The laboratory.

  /// Asks the laboratory in place of what this screen asked for in the same slot; the replies come to
  /// this screen.
  case ask(LabRequest)
  /// Ends what this screen asked for in a slot.
  case cancel(LabSlot)
  /// Ends the training of the recipe that this screen asked for; what it has learned is measured.
  case endTraining

  /// Asks the progress store, which does it before the next screen is shown; the reply comes to this
  /// screen.
  case store(StoreRequest)
}

/// An effect with the screen that asks for it.
package struct AskedEffect: Sendable {
  /// The screen that asks.
  package let asker: ScreenID
  /// What it asks for.
  package let effect: TutorEffect
}
