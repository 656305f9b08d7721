package import NeuralNetwork

/// Networks on disk as safetensors files.
package enum NetworkFile {
  /// The largest file that is read, in bytes.
  private static let largest = 512 * 1024 * 1024

  /// The network in a file.
  ///
  /// - Throws: `FileError` if the file cannot be read or holds no network.
  package static func read(_ path: String) throws -> Sequential {
    let bytes = try FileBytes.read(path, limit: largest)
    do {
      return try NetworkAssembly.network(of: Safetensors.decode(bytes))
    } catch {
      throw FileError(path: path, problem: "\(error)")
    }
  }

  /// Writes a network's parameters; the file is there whole or not at all.
  package static func write(_ network: Sequential, to path: String) throws(FileError) {
    try FileBytes.writeAtomically(Safetensors.encode(network.parameters), to: path)
  }
}
