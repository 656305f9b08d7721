package import Compression
package import NeuralNetwork
import Synchronization

/// What runs the images of a compressed network: integer arithmetic where the recipe's values are
/// narrow enough for it, float elsewhere.
///
/// Integer arithmetic takes kernels of at most 8 bits, symmetric, with a scale for each tensor or
/// output channel, and activations of at most 8 bits. The float plan is made when it is first needed,
/// since a slider that runs in integers never needs it.
package final class CompressedRunner: Sendable {
  /// The plan in integer arithmetic, where it applies.
  package let integerPlan: IntegerRunner?

  /// The grids that values between layers are rounded to; empty when they stay float.
  package let grids: ActivationGrids

  private let network: Network
  private let madeFloatPlan = Mutex<InferencePlan?>(nil)

  /// Chooses what runs a network.
  ///
  /// - Parameters:
  ///   - weights: Its kernels as packed codes, if they are codes of a byte.
  ///   - fault: What goes wrong while it runs.
  init(
    _ compressed: CompressedNetwork, weights: IntegerWeights?, grids: ActivationGrids,
    fault: Fault = .none
  ) {
    let network = compressed.running(fault, grids: grids)
    self.network = network
    self.grids = grids
    integerPlan = weights.flatMap {
      IntegerRunner(
        network, weights: $0, activationGrids: grids, accumulator: fault.accumulator)
    }
  }

  /// The plan in float arithmetic, on the weights that the codes stand for.
  package var floatPlan: InferencePlan {
    madeFloatPlan.withLock { made in
      if let made { return made }
      let plan = InferencePlan(network, activationGrids: grids)
      made = plan
      return plan
    }
  }

  /// Makes a plan in float arithmetic that multiplies every weight.
  func densePlan() -> InferencePlan {
    InferencePlan(network, activationGrids: grids, skipsZeros: false)
  }

  /// The classes that are predicted for a range of images.
  func predictions(
    of dataset: ImageDataset, in range: Range<Int>, threads: Int, cache: IntegerStageCache
  ) -> [UInt8] {
    guard let integerPlan else {
      return floatPlan.predictions(of: dataset, in: range, threads: threads)
    }
    return integerPlan.withCache(cache, of: dataset) {
      $0.predictions(of: dataset, in: range, threads: threads)
    }
  }
}

/// A recipe applied to the network, ready to run.
package struct PreparedVariant: Sendable {
  /// The network with its codes.
  package let compressed: CompressedNetwork
  /// What runs images.
  package let engine: CompressedRunner
}

extension CompressedNetwork {
  /// The kernels as codes of a byte, or nil if some kernel is not made of such codes.
  package var integerKernels: IntegerKernels? {
    var kernels: IntegerKernels = [:]
    for kernel in tensors where kernel.name.role == .kernel {
      guard case .quantized(let quantized) = kernel.values,
        let codes = IntegerKernel(quantized)
      else { return nil }
      kernels[kernel.name.layer] = codes
    }
    return kernels
  }
}

extension IntegerKernel {
  /// The codes of a tensor; nil if they have more than 8 bits, a zero point, or scales of groups.
  fileprivate init?(_ quantized: QuantizedTensor) {
    let layout = quantized.layout
    guard layout.bits <= 8, layout.scheme == .symmetric,
      quantized.scales.count == 1 || quantized.scales.count == layout.columns
    else { return nil }
    self.init(narrowing: quantized.codes, scales: quantized.scales)
  }
}
