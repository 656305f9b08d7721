/// A layer without weights that the integer network runs on codes: it moves or picks them, and the grid
/// stays the same.
package protocol CodeLayer: NetworkLayer {
  /// The output's codes for one image.
  ///
  /// - Parameter shape: The input's shape.
  func codes(from codes: [Int32], shape: [Int]) -> [Int32]
}
