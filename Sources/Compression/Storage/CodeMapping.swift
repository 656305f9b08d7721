/// Turns signed codes into the unsigned ones that are packed, and back.
///
/// Asymmetric codes are stored as they are. Symmetric codes are stored plus the greatest code, so
/// that −greatest becomes 0; the one pattern of bits that is left over is −greatest − 1, which only a
/// code that wrapped around takes. One symmetric bit is 0 for −1 and 1 for +1 when no weight to be stored
/// is zero; where zeros are stored too it takes two bits, as any symmetric code does.
struct CodeMapping {
  private let layout: QuantizedTensor.Layout
  private let isSign: Bool

  /// The code of two's complement that symmetric grids do without.
  private var wrapped: Int32 { -layout.qmax - 1 }

  init(_ layout: QuantizedTensor.Layout, width: Int) {
    self.layout = layout
    isSign = layout.bits == 1 && layout.scheme == .symmetric && width == 1
  }

  /// The bits that a stored code takes, when zeros are among the stored ones or not.
  static func width(_ layout: QuantizedTensor.Layout, storesZeros: Bool) -> Int {
    layout.bits == 1 && layout.scheme == .symmetric && storesZeros ? 2 : layout.bits
  }

  func stored(_ code: Int32) -> UInt32 {
    if isSign { return code > 0 ? 1 : 0 }
    guard layout.scheme == .symmetric else { return UInt32(bitPattern: code) }
    return UInt32(
      bitPattern: code == wrapped ? 2 * layout.qmax + 1 : code &+ layout.qmax)
  }

  /// The code, or nil if no code is stored so.
  func code(_ stored: UInt32) -> Int32? {
    if isSign { return stored == 0 ? -1 : 1 }
    let code = Int32(stored) - (layout.scheme == .symmetric ? layout.qmax : 0)
    if layout.scheme == .symmetric, layout.bits > 1, code == layout.qmax + 1 {
      return wrapped
    }
    return code <= layout.qmax ? code : nil
  }
}
