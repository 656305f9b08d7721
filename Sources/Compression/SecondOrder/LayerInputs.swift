import NeuralNetwork

/// What the kernels of a network are multiplied with on calibration images.
///
/// For a dense layer these are its inputs; for a convolution the patches of its input, one row for
/// each place, with the taps in the kernel's flat order.
struct LayerInputs {
  private let network: Network
  private let images: ImageDataset
  private let count: Int

  /// Images that run at once.
  private static let chunk = 512

  /// Prepares the first images of a set; the network is one of the baseline CNN's layers.
  init(_ network: Network, images: ImageDataset, count: Int) {
    self.network = network
    self.images = images
    self.count = min(count, images.count)
  }

  /// The Euclidean norm of each input of a kernel over all images and places.
  func norms(ofKernel index: Int) -> [Float] {
    var squares = [Double](repeating: 0, count: inputs(ofKernel: index))
    forEachPiece(ofKernel: index, isReversed: false) { piece in
      for row in 0..<piece.rows {
        let line = piece[row]
        for input in squares.indices {
          squares[input] += Double(line[input]) * Double(line[input])
        }
      }
    }
    return squares.map { Float($0.squareRoot()) }
  }

  /// The greatest magnitude of each input of a kernel.
  func greatest(ofKernel index: Int) -> [Float] {
    var greatest = [Float](repeating: 0, count: inputs(ofKernel: index))
    forEachPiece(ofKernel: index, isReversed: false) { piece in
      for row in 0..<piece.rows {
        let line = piece[row]
        for input in greatest.indices {
          greatest[input] = max(greatest[input], line[input].magnitude)
        }
      }
    }
    return greatest
  }

  /// Rows of a kernel's inputs, evenly spread where there are more than wanted.
  func sample(ofKernel index: Int, atMost limit: Int) -> PaddedMatrix {
    let width = inputs(ofKernel: index)
    let places = index == 0 ? (images.height - 2) * (images.width - 2) : 1
    let total = count * places
    let wanted = min(total, limit)
    let sample = PaddedMatrix(rows: wanted, columns: width)
    var (seen, taken) = (0, 0)
    forEachPiece(ofKernel: index, isReversed: false) { piece in
      for row in 0..<piece.rows {
        if taken < wanted, seen * wanted >= taken * total {
          sample[taken].update(from: piece[row], count: width)
          taken += 1
        }
        seen += 1
      }
    }
    return sample
  }

  /// The factored Hessian of a kernel's inputs.
  func hessian(
    ofKernel index: Int, threads: Int, isCancelled: () -> Bool
  ) throws -> InputHessian {
    try InputHessian(
      inputs: inputs(ofKernel: index), threads: threads, isCancelled: isCancelled
    ) { body in
      var wasCancelled = false
      forEachPiece(ofKernel: index, isReversed: true) { piece in
        wasCancelled = wasCancelled || isCancelled()
        if !wasCancelled { body(piece) }
      }
      if wasCancelled { throw CompressionError.cancelled }
    }
  }

  /// The number of inputs of a kernel.
  private func inputs(ofKernel index: Int) -> Int {
    network.kernels[index].tensor.shape.dropLast().reduce(1, *)
  }

  /// Calls body with the rows of a kernel's inputs in pieces, in the order of images.
  func forEachPiece(
    ofKernel index: Int, isReversed: Bool, _ body: (_ piece: PaddedMatrix) -> Void
  ) {
    let plan = InferencePlan(network, pixelDivisor: images.divisor)
    let sites = [Network.inputSite] + network.activationSites.compactMap { $0 }
    let width = inputs(ofKernel: index)
    for first in stride(from: 0, to: count, by: LayerInputs.chunk) {
      let range = first..<min(first + LayerInputs.chunk, count)
      if index == 0 {
        for part in stride(from: range.lowerBound, to: range.upperBound, by: 8) {
          body(patches(part..<min(part + 8, range.upperBound), isReversed: isReversed))
        }
        continue
      }
      let piece = PaddedMatrix(rows: range.count, columns: width)
      var row = 0
      plan.visitActivations(of: images, in: range) { site, values in
        guard site == sites[index] else { return }
        for start in stride(from: 0, to: values.count, by: width) {
          let line = piece[row]
          for input in 0..<width {
            line[isReversed ? width - 1 - input : input] = values[start + input]
          }
          row += 1
        }
      }
      body(piece)
    }
  }

  /// The 3×3 patches of some images.
  private func patches(_ range: Range<Int>, isReversed: Bool) -> PaddedMatrix {
    guard let shape = network.kernels.first?.tensor.shape else {
      preconditionFailure("The network has a kernel.")
    }
    let (height, width) = (images.height - shape[0] + 1, images.width - shape[1] + 1)
    let taps = shape[0] * shape[1]
    let piece = PaddedMatrix(rows: range.count * height * width, columns: taps)
    var row = 0
    for image in range {
      let pixels = Array(images.image(image))
      for y in 0..<height {
        for x in 0..<width {
          let line = piece[row]
          for tap in 0..<taps {
            let pixel = pixels[(y + tap / shape[1]) * images.width + x + tap % shape[1]]
            line[isReversed ? taps - 1 - tap : tap] = Float(pixel) / images.divisor
          }
          row += 1
        }
      }
    }
    return piece
  }
}
