package import Foundation

/// Why a file is no archive of progress.
package struct ProgressArchiveError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong, in one line.
  package let description: String
}

extension ProgressArchive {
  /// The archive as JSON, with sorted keys and a line end; the same archive gives the same bytes.
  package func json() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return try encoder.encode(self) + Data("\n".utf8)
  }

  /// Reads an archive of unknown origin.
  package init(json: Data) throws(ProgressArchiveError) {
    do {
      self = try JSONDecoder().decode(ProgressArchive.self, from: json)
    } catch let error as DecodingError {
      throw ProgressArchiveError(description: ProgressArchive.line(for: error))
    } catch {
      throw ProgressArchiveError(description: "it cannot be read as JSON")
    }
    if let fault { throw ProgressArchiveError(description: fault) }
  }

  private static func line(for error: DecodingError) -> String {
    func place(_ context: DecodingError.Context, _ last: (any CodingKey)? = nil) -> String {
      let keys = context.codingPath + (last.map { [$0] } ?? [])
      let path = keys.reduce("") { path, key in
        key.intValue.map { "\(path)[\($0)]" }
          ?? (path.isEmpty ? key.stringValue : "\(path).\(key.stringValue)")
      }
      return path.isEmpty ? "the file" : String(path.filter { !$0.isNewline }.prefix(100))
    }
    switch error {
    case .keyNotFound(let key, let context): return "\(place(context, key)) is missing"
    case .typeMismatch(_, let context): return "\(place(context)) is of another kind"
    case .valueNotFound(_, let context): return "\(place(context)) has no value"
    case .dataCorrupted(let context):
      return context.codingPath.isEmpty ? "it cannot be read as JSON" : "\(place(context)) cannot be read"
    @unknown default: return "it cannot be read"
    }
  }
}
