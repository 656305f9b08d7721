package import NeuralNetwork

/// Networks on disk: safetensors files, or packed ones in any storage format.
package enum NetworkFile {
  /// The largest file that is read, in bytes.
  private static let maxBytes = 512 * 1024 * 1024

  /// The network in a file; its first bytes tell the format.
  ///
  /// - Throws: `FileError` if the file cannot be read or holds no network.
  package static func read(_ path: String) throws -> Network {
    let bytes = try FileBytes.read(path, limit: maxBytes)
    do {
      guard let format = TensorFile.format(of: bytes) else {
        return try NetworkAssembly.network(of: Safetensors.decode(bytes))
      }
      let tensors = try TensorFile.decode(bytes, as: format)
      return try NetworkAssembly.network(
        of: tensors.map { NamedParameter(name: $0.name, tensor: $0.tensor) })
    } catch {
      throw FileError(path: path, problem: "\(error)", cause: error as? SafetensorsError)
    }
  }

  /// Writes a compressed network's codes and scales; the file is there whole or not at all.
  package static func write(
    _ tensors: [StoredTensor], as format: StorageFormat, to path: String
  ) throws {
    try FileBytes.writeAtomically(TensorFile.encode(tensors, as: format), to: path)
  }

  /// Writes a network's parameters; the file is there whole or not at all.
  package static func write(_ network: Network, to path: String) throws(FileError) {
    try FileBytes.writeAtomically(Safetensors.encode(network.parameters), to: path)
  }
}
