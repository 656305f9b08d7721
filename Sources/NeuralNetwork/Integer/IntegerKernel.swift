/// A kernel as signed codes of a byte each: weight = code · scale of its output channel.
package struct IntegerKernel: Sendable, Hashable {
  /// The codes in the kernel's flat order; the output channel varies fastest.
  package let codes: [Int8]
  /// One scale for the whole kernel, or one for each output channel; positive and finite.
  package let scales: [Float]

  /// Makes a kernel.
  package init(codes: [Int8], scales: [Float]) {
    precondition(!scales.isEmpty, "An integer kernel needs a scale.")
    precondition(
      codes.count % scales.count == 0, "Every output channel has as many codes as the others.")
    precondition(
      scales.allSatisfy { $0 > 0 && $0.isFinite }, "A kernel's scales are positive and finite.")
    self.codes = codes
    self.scales = scales
  }

  /// Makes a kernel of codes that are known to fit in a byte.
  package init(narrowing codes: [Int32], scales: [Float]) {
    self.init(
      codes: [Int8](unsafeUninitializedCapacity: codes.count) { bytes, count in
        for index in codes.indices { bytes[index] = Int8(truncatingIfNeeded: codes[index]) }
        count = codes.count
      }, scales: scales)
  }

  /// The scale of an output channel.
  func scale(_ channel: Int) -> Float {
    scales.count == 1 ? scales[0] : scales[channel]
  }

  /// Whether the kernel has that many weights and a scale for each channel or one for all.
  func fits(weights: Int, channels: Int) -> Bool {
    codes.count == weights && (scales.count == 1 || scales.count == channels)
  }
}

/// The kernels of a network's layers, by the layer's name.
package typealias IntegerKernels = [String: IntegerKernel]
