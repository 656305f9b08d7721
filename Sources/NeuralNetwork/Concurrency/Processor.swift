import Foundation

/// The processor that measurements are made on.
package enum Processor {
  /// Its name as the system tells it, or a phrase for one that tells none, as many ARM systems do.
  package static let name: String = {
    let information = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return modelName(in: information) ?? "a processor that does not tell its name"
  }()

  /// The first model name in the text of Linux's `/proc/cpuinfo`, with single spaces.
  static func modelName(in information: String) -> String? {
    for line in information.split(separator: "\n") where line.hasPrefix("model name") {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let words = line[line.index(after: colon)...].split(whereSeparator: \.isWhitespace)
      if !words.isEmpty { return words.joined(separator: " ") }
    }
    return nil
  }
}
