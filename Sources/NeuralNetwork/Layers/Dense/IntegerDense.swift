private import CKernels
import VectorLanes

/// The product of rows of unsigned codes with signed weights, in exact 32-bit sums.
///
/// sum[i][o] = Σₖ input[i][k] · weights[o][k]. Lanes are outputs: four consecutive codes of a row are
/// repeated for every lane and multiplied by each output's four weights. Weights lie in panels of 32
/// outputs (16 for what is left), in each [k / 4][output][k mod 4], so that they are read in one
/// stream. Integer sums are the same in any order: rows computed alone agree with blocks.
enum IntegerDense {
  /// The rows of a tile.
  static let tileRows = 8

  /// The sizes of one dense layer.
  struct Sizes {
    /// Inputs rounded up to a multiple of four; the weights of the surplus are zero.
    let inputs: Int
    /// Distance of input rows in codes.
    let inputStride: Int
    /// Outputs rounded up to whole vectors; also the distance of output rows.
    let outputStride: Int
  }

  /// Brings a kernel [inputs][outputs] into panels.
  static func pack(_ codes: [Int8], inputs: Int, outputs: Int) -> ByteBuffer {
    let inputGroups = (inputs + 3) / 4
    let outputStride = roundedUp(outputs, to: laneCount)
    let packed = ByteBuffer(count: inputGroups * 4 * outputStride)
    codes.withUnsafeBufferPointer { codes in
      var panel = 0
      while panel < outputStride {
        let width = min(2 * laneCount, outputStride - panel)
        var target = packed.weights + panel &* inputGroups &* 4
        for group in 0..<inputGroups {
          if width <= outputs &- panel, 4 &* group &+ 4 <= inputs, let base = codes.baseAddress {
            let row = base + 4 &* group &* outputs + panel
            for output in stride(from: 0, to: width, by: laneCount) {
              nibble_interleave(
                row + output, row + outputs + output, row + 2 &* outputs + output,
                row + 3 &* outputs + output, target + 4 &* output)
            }
            target += 4 &* width
            continue
          }
          for k in 4 &* group..<min(4 &* group &+ 4, inputs) {
            let source = k &* outputs &+ panel
            for output in 0..<min(width, outputs - panel) {
              target[4 &* output &+ (k & 3)] = codes[source &+ output]
            }
          }
          target += 4 &* width
        }
        panel += width
      }
    }
    return packed
  }

  /// Computes rows of codes, in tiles of eight; the last tile's surplus rows repeat the last row.
  ///
  /// - Parameters:
  ///   - rows: Rows to compute.
  ///   - input: [rows][inputStride].
  ///   - weights: As `pack` lays them out.
  ///   - requantization: How a sum becomes a code of the next layer's grid, and what holds the sums; one
  ///     multiplier and offset for each of `outputStride` outputs.
  ///   - codes: [rows][outputStride], with room for a multiple of `tileRows` rows.
  @inline(never)
  static func forward(
    _ sizes: Sizes, rows: Int, input: UnsafePointer<UInt8>, weights: UnsafePointer<Int8>,
    requantization: Requantization, codes: UnsafeMutablePointer<UInt8>
  ) {
    switch requantization.accumulator {
    case .int32:
      forward(
        sizes, rows: rows, input: input, weights: weights,
        sink: CodeSink<WideAccumulator>(
          output: requantization, codes: codes, stride: sizes.outputStride))
    case .int16:
      forward(
        sizes, rows: rows, input: input, weights: weights,
        sink: CodeSink<WrappingAccumulator>(
          output: requantization, codes: codes, stride: sizes.outputStride))
    }
  }

  /// Computes rows of values, as the other `forward` does codes.
  ///
  /// - Parameters:
  ///   - dequantization: How a sum becomes a value: sum · multiplier + offset, with no grid.
  ///   - values: [rows][outputStride], with room for a multiple of `tileRows` rows.
  @inline(never)
  static func forward(
    _ sizes: Sizes, rows: Int, input: UnsafePointer<UInt8>, weights: UnsafePointer<Int8>,
    dequantization: Requantization, values: UnsafeMutablePointer<Float>
  ) {
    switch dequantization.accumulator {
    case .int32:
      forward(
        sizes, rows: rows, input: input, weights: weights,
        sink: ValueSink<WideAccumulator>(
          output: dequantization, values: values, stride: sizes.outputStride))
    case .int16:
      forward(
        sizes, rows: rows, input: input, weights: weights,
        sink: ValueSink<WrappingAccumulator>(
          output: dequantization, values: values, stride: sizes.outputStride))
    }
  }

  @inline(__always)
  private static func forward(
    _ sizes: Sizes, rows: Int, input: UnsafePointer<UInt8>, weights: UnsafePointer<Int8>,
    sink: some IntegerSumSink
  ) {
    var panel = 0
    while panel < sizes.outputStride {
      let panelWeights = weights + panel &* sizes.inputs
      if panel &+ 2 &* laneCount <= sizes.outputStride {
        forward(
          PairSums.self, sizes, rows: rows, input: input, weights: panelWeights, sink, output: panel
        )
      } else {
        forward(
          LaneSums.self, sizes, rows: rows, input: input, weights: panelWeights, sink, output: panel
        )
      }
      panel &+= 2 &* laneCount
    }
  }

  /// Computes one panel, `output` being its first output.
  @inline(__always)
  private static func forward<Sums: PanelSums>(
    _: Sums.Type, _ sizes: Sizes, rows: Int, input: UnsafePointer<UInt8>,
    weights: UnsafePointer<Int8>, _ sink: some IntegerSumSink, output: Int
  ) {
    var row = 0
    while row < rows {
      let codes = input + row &* sizes.inputStride
      if rows &- row == 1 {
        Sums.ofRow(codes, sizes.inputs, weights).store(to: sink, row: row, output: output)
      } else {
        var tile = IntegerTile<Sums>()
        let offsets = RowOffsets(rows: rows &- row, stride: sizes.inputStride)
        tile.accumulate(codes, offsets, sizes.inputs, weights)
        tile.store(to: sink, row: row, output: output)
      }
      row &+= tileRows
    }
  }
}

/// Takes the sums of sixteen outputs of a row.
private protocol IntegerSumSink {
  func store(_ sums: IntegerLanes, row: Int, output: Int)
}

/// Stores codes for the next layer.
private struct CodeSink<Held: Accumulator>: IntegerSumSink {
  let output: Requantization
  let codes: UnsafeMutablePointer<UInt8>
  let stride: Int

  @inline(__always)
  func store(_ sums: IntegerLanes, row: Int, output index: Int) {
    UnsafeMutableRawPointer(codes + row &* stride + index).storeBytes(
      of: nibble_requantized(
        Held.held(sums), Lanes(at: output.multipliers.base + index),
        Lanes(at: output.offsets.base + index),
        Lanes(repeating: output.levels)),
      as: SIMD16<UInt8>.self)
  }
}

/// Stores values.
private struct ValueSink<Held: Accumulator>: IntegerSumSink {
  let output: Requantization
  let values: UnsafeMutablePointer<Float>
  let stride: Int

  @inline(__always)
  func store(_ sums: IntegerLanes, row: Int, output index: Int) {
    nibble_scaled(
      Held.held(sums), Lanes(at: output.multipliers.base + index),
      Lanes(at: output.offsets.base + index)
    ).store(to: values + row &* stride + index)
  }
}

/// The sums of one row for the outputs of a panel.
private protocol PanelSums {
  /// The weights of all outputs for four inputs.
  associatedtype Weights

  /// The distance of such weights in memory.
  static var weightBytes: Int { get }
  static func load(_ weights: UnsafePointer<Int8>) -> Weights

  init()
  /// Adds the products of four codes.
  mutating func accumulate(_ codes: UnsafePointer<UInt8>, _ weights: Weights)
  static func + (a: Self, b: Self) -> Self
  func store(to sink: some IntegerSumSink, row: Int, output: Int)
}

extension PanelSums {
  /// The sums of a single row: four chains of additions run beside one another, which hides their
  /// latency.
  @inline(__always)
  static func ofRow(
    _ codes: UnsafePointer<UInt8>, _ inputs: Int, _ weights: UnsafePointer<Int8>
  ) -> Self {
    var r0 = Self(), r1 = Self(), r2 = Self(), r3 = Self()
    var k = 0
    var weight = weights
    while k &+ 16 <= inputs {
      r0.accumulate(codes + k, load(weight))
      r1.accumulate(codes + k + 4, load(weight + weightBytes))
      r2.accumulate(codes + k + 8, load(weight + 2 &* weightBytes))
      r3.accumulate(codes + k + 12, load(weight + 3 &* weightBytes))
      k &+= 16
      weight += 4 &* weightBytes
    }
    while k < inputs {
      r0.accumulate(codes + k, load(weight))
      k &+= 4
      weight += weightBytes
    }
    return (r0 + r1) + (r2 + r3)
  }
}

/// The sums for sixteen outputs.
private struct LaneSums: PanelSums {
  private var lanes = IntegerLanes(repeating: 0)

  @inline(__always)
  init() {}

  static var weightBytes: Int { @inline(__always) get { 64 } }

  @inline(__always)
  static func load(_ weights: UnsafePointer<Int8>) -> IntegerLanes { IntegerLanes(at: weights) }

  @inline(__always)
  mutating func accumulate(_ codes: UnsafePointer<UInt8>, _ weights: IntegerLanes) {
    add(IntegerLanes(repeatingBytesAt: codes), weights)
  }

  /// Adds the products of four codes, repeated for every output.
  @inline(__always)
  mutating func add(_ repeated: IntegerLanes, _ weights: IntegerLanes) {
    lanes = nibble_add_byte_products(lanes, repeated, weights)
  }

  @inline(__always)
  static func + (a: LaneSums, b: LaneSums) -> LaneSums {
    var sums = a
    sums.lanes = a.lanes &+ b.lanes
    return sums
  }

  @inline(__always)
  func store(to sink: some IntegerSumSink, row: Int, output: Int) {
    sink.store(lanes, row: row, output: output)
  }
}

/// The sums for 32 outputs.
private struct PairSums: PanelSums {
  private var left = LaneSums(), right = LaneSums()

  @inline(__always)
  init() {}

  static var weightBytes: Int { @inline(__always) get { 128 } }

  @inline(__always)
  static func load(_ weights: UnsafePointer<Int8>) -> (left: IntegerLanes, right: IntegerLanes) {
    (IntegerLanes(at: weights), IntegerLanes(at: weights + 64))
  }

  @inline(__always)
  mutating func accumulate(
    _ codes: UnsafePointer<UInt8>, _ weights: (left: IntegerLanes, right: IntegerLanes)
  ) {
    let repeated = IntegerLanes(repeatingBytesAt: codes)
    left.add(repeated, weights.left)
    right.add(repeated, weights.right)
  }

  @inline(__always)
  static func + (a: PairSums, b: PairSums) -> PairSums {
    var sums = a
    (sums.left, sums.right) = (a.left + b.left, a.right + b.right)
    return sums
  }

  @inline(__always)
  func store(to sink: some IntegerSumSink, row: Int, output: Int) {
    left.store(to: sink, row: row, output: output)
    right.store(to: sink, row: row, output: output &+ laneCount)
  }
}

/// The sums of eight rows.
private struct IntegerTile<Sums: PanelSums> {
  private var r0 = Sums(), r1 = Sums(), r2 = Sums(), r3 = Sums()
  private var r4 = Sums(), r5 = Sums(), r6 = Sums(), r7 = Sums()

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func accumulate(
    _ codes: UnsafePointer<UInt8>, _ rows: RowOffsets, _ inputs: Int,
    _ weights: UnsafePointer<Int8>
  ) {
    var weight = weights
    var k = 0
    while k < inputs {
      let loaded = Sums.load(weight)
      let code = codes + k
      r0.accumulate(code, loaded)
      r1.accumulate(code + rows.o1, loaded)
      r2.accumulate(code + rows.o2, loaded)
      r3.accumulate(code + rows.o3, loaded)
      r4.accumulate(code + rows.o4, loaded)
      r5.accumulate(code + rows.o5, loaded)
      r6.accumulate(code + rows.o6, loaded)
      r7.accumulate(code + rows.o7, loaded)
      weight += Sums.weightBytes
      k &+= 4
    }
  }

  @inline(__always)
  func store(to sink: some IntegerSumSink, row: Int, output: Int) {
    r0.store(to: sink, row: row, output: output)
    r1.store(to: sink, row: row &+ 1, output: output)
    r2.store(to: sink, row: row &+ 2, output: output)
    r3.store(to: sink, row: row &+ 3, output: output)
    r4.store(to: sink, row: row &+ 4, output: output)
    r5.store(to: sink, row: row &+ 5, output: output)
    r6.store(to: sink, row: row &+ 6, output: output)
    r7.store(to: sink, row: row &+ 7, output: output)
  }
}

/// Where a tile's rows begin, behind its first; rows that are not there begin where the last one does.
private struct RowOffsets {
  let o1, o2, o3, o4, o5, o6, o7: Int

  @inline(__always)
  init(rows: Int, stride: Int) {
    let last = rows &- 1
    o1 = min(1, last) &* stride
    o2 = min(2, last) &* stride
    o3 = min(3, last) &* stride
    o4 = min(4, last) &* stride
    o5 = min(5, last) &* stride
    o6 = min(6, last) &* stride
    o7 = min(7, last) &* stride
  }
}
