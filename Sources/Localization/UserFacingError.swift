/// An error that is told to whoever uses the program, in their language.
package protocol UserFacingError: Error, CustomStringConvertible {
  /// One line that says what is wrong and, where it helps, what is allowed.
  var text: Phrase { get }
}

extension UserFacingError {
  /// The line in English, as logs and pipes show it.
  package var description: String { text(.english) }
}

extension Phrase {
  /// What an error says: in every language if it can, else as it describes itself.
  package init(describing error: any Error) {
    self = (error as? any UserFacingError)?.text ?? Phrase(verbatim: "\(error)")
  }
}
