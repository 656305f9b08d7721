import Compression
import NeuralNetwork

extension Laboratory {
  /// How many weights of each kernel are zero, and whether they are in fours of which two stay.
  ///
  /// The convolution, which no n:m pattern touches, has no fours.
  func zeros(of compressed: CompressedNetwork) -> ProbeReading {
    let rows = compressed.network.kernels.map { kernel -> ProbeReading.Row in
      let tensor = kernel.tensor
      let share = Double(tensor.zeroCount) / Double(max(1, tensor.count))
      guard tensor.shape.count == 2 else { return .init(kernel.name.text, [share, .nan, .nan]) }
      let (inputs, outputs) = (tensor.shape[0], tensor.shape[1])
      let isKept = tensor.elements.map { $0 != 0 }
      return ProbeReading.Row(
        kernel.name.text,
        [
          share,
          Self.fours(lines: outputs, length: inputs) { isKept[$1 * outputs + $0] },
          Self.fours(lines: inputs, length: outputs) { isKept[$0 * outputs + $1] },
        ])
    }
    return ProbeReading(
      .zeros, columns: [.zeros, .foursAlongInputs, .foursAlongOutputs], rows: rows, images: 0)
  }

  /// The share of whole fours along lines of which at most two stay.
  private static func fours(
    lines: Int, length: Int, isKept: (_ line: Int, _ place: Int) -> Bool
  ) -> Double {
    let groups = length / 4
    guard lines > 0, groups > 0 else { return .nan }
    var sparse = 0
    for line in 0..<lines {
      for group in 0..<groups {
        var kept = 0
        for place in 4 * group..<4 * group + 4 where isKept(line, place) { kept += 1 }
        if kept <= 2 { sparse += 1 }
      }
    }
    return Double(sparse) / Double(lines * groups)
  }

  /// What rounding did to each kernel: the ratio of weights to error, and errors in steps of the grid.
  func weightErrors(of compressed: CompressedNetwork) -> ProbeReading {
    let rows = compressed.unrounded.kernels.compactMap { kernel -> ProbeReading.Row? in
      guard let stored = compressed.tensors.first(where: { $0.name == kernel.name }),
        let report = compressed.kernels.first(where: { $0.name == kernel.name.text })
      else { return nil }
      let rounded = stored.tensor.elements
      let exact = kernel.tensor.elements
      let turned = zip(exact, rounded).count { $0 * $1 < 0 }
      var (mean, largest) = (Double.nan, Double.nan)
      let columns = kernel.tensor.shape.last ?? 1
      if case .quantized(let quantized) = stored.values,
        quantized.scales.count == 1 || quantized.scales.count == columns
      {
        (mean, largest) = (0, 0)
        for (index, (exact, rounded)) in zip(exact, rounded).enumerated() {
          let scale =
            quantized.scales.count == 1 ? quantized.scales[0] : quantized.scales[index % columns]
          let error = Double(rounded - exact) / Double(scale)
          mean += error
          largest = max(largest, error.magnitude)
        }
        mean /= Double(max(1, exact.count))
      }
      return ProbeReading.Row(
        kernel.name.text, [report.signalToNoise, mean, largest, Double(turned)])
    }
    return ProbeReading(
      .weights, columns: [.signalToNoise, .meanError, .largestError, .signChanges], rows: rows,
      images: 0)
  }

  /// How far each bias is from what was trained, by the largest of its layer.
  func biasErrors(of compressed: CompressedNetwork, in running: Network) -> ProbeReading {
    let rows = compressed.unrounded.parameters.filter { !$0.isKernel }.compactMap {
      bias -> ProbeReading.Row? in
      guard let found = running.parameters.first(where: { $0.name == bias.name })
      else { return nil }
      let largest = bias.tensor.elements.reduce(Float(0)) { max($0, $1.magnitude) }
      let error = zip(bias.tensor.elements, found.tensor.elements).reduce(Float(0)) {
        max($0, ($1.0 - $1.1).magnitude)
      }
      return ProbeReading.Row(bias.name.text, [largest > 0 ? Double(error / largest) : .nan])
    }
    return ProbeReading(.biases, columns: [.relativeError], rows: rows, images: 0)
  }
}
