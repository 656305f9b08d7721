import NeuralNetwork
import RandomNumbers

/// Numbers uniform in ±1.
func randomDoubles(_ count: Int, from generator: inout SplitMix64) -> [Double] {
  (0..<count).map { _ in Double(2 * generator.nextFloat() - 1) }
}

/// Numbers uniform in ±1.
func randomFloats(_ count: Int, from generator: inout SplitMix64) -> [Float] {
  (0..<count).map { _ in 2 * generator.nextFloat() - 1 }
}

/// The largest difference between a gradient and the central differences of a function.
///
/// With doubles and a step of 1e-5, rounding contributes about 1e-11 and a function's curvature
/// about 1e-10, so that 1e-8 tells a right gradient from a wrong one.
func gradientError(
  of function: ([Double]) -> Double, at point: [Double], gradient: [Double], step: Double = 1e-5
) -> Double {
  var worst = abs(Double(point.count - gradient.count))
  var moved = point
  for index in point.indices {
    moved[index] = point[index] + step
    let above = function(moved)
    moved[index] = point[index] - step
    let below = function(moved)
    moved[index] = point[index]
    worst = max(worst, abs((above - below) / (2 * step) - gradient[index]))
  }
  return worst
}

/// Σ a[i] · b[i], which makes a loss of any operation's output.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}
