import VectorLanes

/// The forward pass of a network of any layers, one layer after another on vectors.
///
/// Normalizations are folded first.
struct GenericRunner: FloatRunner {
  let imageShape: (height: Int, width: Int)
  let pixelDivisor: Float
  let classes: Int
  var logitStride: Int { classes }
  var blockSize: Int { 1 }
  var skipsZeros: Bool { false }

  private let stages: [Stage]
  // The values of the image and of each layer's output.
  private let sizes: [Int]
  private let pixelValues: FloatBuffer

  private struct Stage: Sendable {
    // Nil for a view.
    let work: (any InferenceStage)?
    let sources: [Int]
    let site: String?
    let grid: QuantizationParameters?
  }

  /// Prepares a network; any will do.
  init(_ network: Network, _ options: FloatOptions) {
    let network = network.foldingBatchNormalization
    let shapes = network.shapes
    imageShape = (network.inputShape[0], network.inputShape[1])
    pixelDivisor = options.pixelDivisor
    classes = network.outputCount
    sizes = [network.inputShape.reduce(1, *)] + shapes.map { $0.output.reduce(1, *) }
    let (sources, sites) = (network.sources, network.activationSites)
    stages = network.layers.enumerated().map { index, layer in
      Stage(
        work: layer.isView ? nil : layer.makeInferenceStage(for: shapes[index].inputs),
        sources: sources[index], site: sites[index],
        grid: sites[index].flatMap { options.activationGrids[$0] })
    }
    pixelValues = FloatBuffer(
      PixelValues.table(
        grid: options.activationGrids[Network.inputSite], divisor: options.pixelDivisor))
  }

  /// The values of one image behind each layer, and what layers work in besides.
  final class Scratch {
    fileprivate let values: [FloatBuffer]
    fileprivate let inputs: [[UnsafePointer<Float>]]
    fileprivate let workspace: FloatBuffer

    fileprivate init(_ runner: GenericRunner) {
      // A vector more than is needed, since the last one of an image is read whole.
      var values = [FloatBuffer(count: runner.sizes[0] + laneCount)]
      for (stage, size) in zip(runner.stages, runner.sizes.dropFirst()) {
        values.append(
          stage.work == nil ? values[stage.sources[0]] : FloatBuffer(count: size + laneCount))
      }
      self.values = values
      inputs = runner.stages.map { $0.sources.map { UnsafePointer(values[$0].base) } }
      workspace = FloatBuffer(count: runner.stages.map { $0.work?.workspaceCount ?? 0 }.max() ?? 0)
    }
  }

  func makeScratch(images: Int) -> Scratch { Scratch(self) }

  func run(_ block: ImageBlock, in scratch: Scratch) -> UnsafePointer<Float> {
    PixelValues.convert(
      block.pixels, count: sizes[0], table: pixelValues.base, into: scratch.values[0].base)
    for (index, stage) in stages.enumerated() {
      let output = scratch.values[index + 1].base
      stage.work?.run(scratch.inputs[index], output: output, workspace: scratch.workspace.base)
      stage.grid?.round(output, count: sizes[index + 1])
    }
    return UnsafePointer(scratch.values[stages.count].base)
  }

  func visitActivations(
    images: Int, in scratch: Scratch,
    _ body: (_ site: String, _ values: UnsafeBufferPointer<Float>) -> Void
  ) {
    for (index, site) in ([Network.inputSite] + stages.map(\.site)).enumerated() {
      guard let site else { continue }
      body(site, UnsafeBufferPointer(start: scratch.values[index].base, count: sizes[index]))
    }
  }
}
