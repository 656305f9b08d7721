import Compression
package struct AccuracyEstimate: Sendable { package var accuracy: Double; package var band: ClosedRange<Double>; package var images: Int }
package struct FlippedImage: Sendable { package var index: Int; package var before: UInt8; package var after: UInt8 }
package struct LayerMeasurement: Sendable { package var name: String; package var shape: [Int]; package var bits: Int; package var zeros: Int; package var sparsity: Double; package var sqnr: Double }
package struct Measurement: Sendable { package var accuracy: Double; package var errorBand: ClosedRange<Double>; package var flips: Int; package var flippedImages: [FlippedImage]; package var bytes: [String: Int]; package var baselineBytes: Int; package var latency: [String: Double]; package var layers: [LayerMeasurement] }
package struct WeightHistogram: Sendable { package var name: String; package var counts: [Int]; package var range: ClosedRange<Double>; package var levels: [Double]; package var clipping: ClosedRange<Double>? }
