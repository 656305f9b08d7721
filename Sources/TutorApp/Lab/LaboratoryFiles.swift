import Compression
package import Lab
import NeuralNetwork

/// The files that the lab's network and images are read from.
package struct LaboratoryFiles: Sendable {
  /// The folder of the built-in images.
  package let dataDirectory: String
  /// The file of the built-in network.
  package let modelFile: String

  /// Names the built-in files.
  package init(dataDirectory: String, modelFile: String) {
    self.dataDirectory = dataDirectory
    self.modelFile = modelFile
  }

  /// Reads a source; where it names no file of its own, the built-in one is read.
  ///
  /// - Throws: `OversizedNetwork`, or what reading the files throws.
  package func open(_ source: LaboratorySource) throws -> Laboratory {
    let file = source.model ?? modelFile
    let network = try NetworkFile.read(file).foldingBatchNormalization
    guard network.macs <= OversizedNetwork.maxOperations else {
      throw OversizedNetwork(file: file, operations: network.macs)
    }
    let data = source.data ?? dataDirectory
    return Laboratory(
      network: network, test: try FashionMNIST.test(in: data),
      training: { try FashionMNIST.training(in: data) })
  }
}
