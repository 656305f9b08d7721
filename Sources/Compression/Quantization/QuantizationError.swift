package import NeuralNetwork
import VectorLanes

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
    first.withUnsafeBufferPointer { first in
      second.withUnsafeBufferPointer { second in
        guard let a = first.baseAddress, let b = second.baseAddress else { return (0, 0) }
        var (signal, noise) = (0.0, 0.0)
        let vectors = first.count / laneCount * laneCount
        for start in stride(from: 0, to: vectors, by: 1024) {
          var (signalLanes, noiseLanes) = (Lanes.zero, Lanes.zero)
          for index in stride(from: start, to: min(start &+ 1024, vectors), by: laneCount) {
            let value = Lanes(at: a + index)
            let difference = value - Lanes(at: b + index)
            signalLanes.accumulate(value, value)
            noiseLanes.accumulate(difference, difference)
          }
          signal += Double(signalLanes.sum())
          noise += Double(noiseLanes.sum())
        }
        for index in vectors..<first.count {
          let (value, rounded) = (Double(a[index]), Double(b[index]))
          signal += value * value
          noise += (value - rounded) * (value - rounded)
        }
        return (signal, noise)
      }
    }
  }
}
