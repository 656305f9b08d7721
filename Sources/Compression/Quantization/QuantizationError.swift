package import NeuralNetwork

#if canImport(Glibc)
  import Glibc
#else
  import Foundation
#endif

/// How far a rounded tensor is from what it was rounded from.
package enum QuantizationError {
  /// The signal-to-quantization-noise ratio in decibels: 10 · log10(Σw² / Σ(w − ŵ)²).
  ///
  /// Infinite when nothing changed; −infinite when a tensor of zeros was changed.
  package static func signalToNoise(of original: Tensor, rounded: Tensor) -> Double {
    precondition(original.shape == rounded.shape, "Tensors of one shape are compared.")
    let (signal, noise) = energies(original.elements, rounded.elements)
    if noise == 0 { return .infinity }
    if signal == 0 { return -.infinity }
    return 10 * log10(signal / noise)
  }

  /// Σa² and Σ(a − b)², in float lanes that are emptied into doubles every 1,024 elements.
  private static func energies(_ first: [Float], _ second: [Float]) -> (Double, Double) {
    let count = first.count
    return first.withUnsafeBytes { first in
      second.withUnsafeBytes { second in
        var (signal, noise) = (0.0, 0.0)
        var start = 0
        let vectors = count / 16 * 16
        while start < vectors {
          let end = min(start &+ 1024, vectors)
          var (signalLanes, noiseLanes) = (SIMD16<Float>.zero, SIMD16<Float>.zero)
          for index in stride(from: start, to: end, by: 16) {
            let a = first.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self)
            let b = second.loadUnaligned(fromByteOffset: 4 * index, as: SIMD16<Float>.self)
            let difference = a - b
            signalLanes.addProduct(a, a)
            noiseLanes.addProduct(difference, difference)
          }
          signal += Double(signalLanes.sum())
          noise += Double(noiseLanes.sum())
          start = end
        }
        for index in vectors..<count {
          let a = Double(first.loadUnaligned(fromByteOffset: 4 * index, as: Float.self))
          let b = Double(second.loadUnaligned(fromByteOffset: 4 * index, as: Float.self))
          signal += a * a
          noise += (a - b) * (a - b)
        }
        return (signal, noise)
      }
    }
  }
}
