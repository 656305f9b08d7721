/// Text for an output that is no canvas, such as a pipe.
package enum PlainText {
  /// A line without anything that could steer a terminal: cleaned as it would be on a canvas.
  package static func sanitized(_ text: String) -> String {
    var result = ""
    TextCells.forEach(in: text) { character, _ in result.append(character) }
    return result
  }
}
