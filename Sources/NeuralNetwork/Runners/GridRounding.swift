import VectorLanes

extension QuantizationParameters {
  /// Replaces values by their nearest on the grid, as `rounded` does.
  @inline(never)
  func round(_ values: UnsafeMutablePointer<Float>, count: Int) {
    let scales = Lanes(repeating: scale)
    let largest = Lanes(repeating: Float(levels))
    var index = 0
    while index &+ laneCount <= count {
      let codes = (Lanes(at: values + index) / scales).rounded(.toNearestOrEven)
      let positive = codes.replacing(with: Lanes(repeating: 0), where: codes .< Lanes(repeating: 0))
      let clamped = positive.replacing(with: largest, where: positive .> largest)
      (clamped * scales).store(to: values + index)
      index &+= laneCount
    }
    while index < count {
      values[index] = rounded(values[index])
      index &+= 1
    }
  }
}
