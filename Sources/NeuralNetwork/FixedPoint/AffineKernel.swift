/// A kernel as integer codes: weight = (code − zero point) · scale, for a whole kernel or for each
/// output channel.
package struct AffineKernel: Sendable, Hashable {
  /// The codes in the kernel's flat order; the output channel varies fastest.
  package let codes: [Int32]
  /// One scale for the kernel, or one for each output channel; positive and finite.
  package let scales: [Float]
  /// The code of zero for each scale; empty where it is always 0.
  package let zeroPoints: [Int32]

  /// The largest magnitude of a code: what 9 bits with a sign hold.
  package static let maxCode: Int32 = 255

  /// Makes a kernel of codes of at most 8 bits, signed or unsigned.
  package init(codes: [Int32], scales: [Float], zeroPoints: [Int32] = []) {
    precondition(!scales.isEmpty, "An integer kernel needs a scale.")
    precondition(
      scales.allSatisfy { $0 > 0 && $0.isFinite }, "A kernel's scales are positive and finite.")
    precondition(
      zeroPoints.isEmpty || zeroPoints.count == scales.count, "Every scale has a zero point.")
    precondition(
      codes.allSatisfy { $0.magnitude <= Self.maxCode.magnitude }, "A code has 8 bits.")
    self.codes = codes
    self.scales = scales
    self.zeroPoints = zeroPoints
  }

  /// The scale of an output channel.
  package func scale(_ channel: Int) -> Float {
    scales.count == 1 ? scales[0] : scales[channel]
  }

  /// The code of zero of an output channel.
  package func zeroPoint(_ channel: Int) -> Int32 {
    guard !zeroPoints.isEmpty else { return 0 }
    return zeroPoints.count == 1 ? zeroPoints[0] : zeroPoints[channel]
  }
}
