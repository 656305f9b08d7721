package import Compression
import NeuralNetwork

extension Laboratory {
  /// The value of a quantity of a recipe on the whole test set; only what it needs is measured.
  ///
  /// - Throws: `RecipeError`, `LabError`, or what loading the training set throws.
  package func value(of quantity: Quantity, for recipe: Recipe) throws -> Double {
    switch quantity.row.reading {
    case .evaluation(let read):
      return read(try evaluation(of: recipe, images: test.count))
    case .weights(let read):
      let size = try size(of: recipe, formats: [])
      guard let value = read(size, quantity.subject) else {
        throw LabError.unknownKernel(quantity.subject, available: size.layers.map(\.name))
      }
      return value
    case .files(let read):
      let format = StorageFormat(rawValue: quantity.subject)
      let size = try size(of: recipe, formats: format.map { [$0] } ?? StorageFormat.allCases)
      guard let value = read(size, quantity.subject) else {
        throw LabError.formatUnavailable(format ?? .dense)
      }
      return value
    case .time(let read):
      let measurement = try measure(recipe, images: 1)
      guard let value = read(measurement, quantity.subject) else {
        throw LabError.unknownKernel(
          quantity.subject, available: measurement.latency.keys.sorted())
      }
      return value
    }
  }
}
