extension Reference {
  /// output[y, x, c] = the largest of input[2y + i, 2x + j, c] for i, j in 0…1.
  ///
  /// An odd last row or column is dropped.
  /// - Parameter input: [height, width, channels].
  /// - Returns: The output [height / 2, width / 2, channels], and for each of its values the place
  ///   2i + j that the largest came from: the first of equal ones.
  package static func maxPoolForward<Scalar: BinaryFloatingPoint>(
    input: [Scalar], height: Int, width: Int, channels: Int
  ) -> (output: [Scalar], argmax: [UInt8]) {
    var output: [Scalar] = []
    var argmax: [UInt8] = []
    for y in 0..<height / 2 {
      for x in 0..<width / 2 {
        for channel in 0..<channels {
          var best = input[(2 * y * width + 2 * x) * channels + channel]
          var place: UInt8 = 0
          for candidate in 1..<4 {
            let row = 2 * y + candidate / 2
            let column = 2 * x + candidate % 2
            let value = input[(row * width + column) * channels + channel]
            if value > best {
              best = value
              place = UInt8(candidate)
            }
          }
          output.append(best)
          argmax.append(place)
        }
      }
    }
    return (output, argmax)
  }

  /// The gradient of `maxPoolForward` by its input [height, width, channels]: each value of dOutput
  /// goes to the place that the largest came from.
  package static func maxPoolBackward<Scalar: BinaryFloatingPoint>(
    dOutput: [Scalar], argmax: [UInt8], height: Int, width: Int, channels: Int
  ) -> [Scalar] {
    var dInput = [Scalar](repeating: 0, count: height * width * channels)
    for y in 0..<height / 2 {
      for x in 0..<width / 2 {
        for channel in 0..<channels {
          let index = (y * (width / 2) + x) * channels + channel
          let row = 2 * y + Int(argmax[index]) / 2
          let column = 2 * x + Int(argmax[index]) % 2
          dInput[(row * width + column) * channels + channel] = dOutput[index]
        }
      }
    }
    return dInput
  }
}
