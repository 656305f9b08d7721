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
      let isPair = panel &+ 2 &* laneCount <= sizes.outputStride
      let panelWeights = weights + panel &* sizes.inputs
      var row = 0
      while row < rows {
        let codes = input + row &* sizes.inputStride
        if rows &- row == 1 {
          let sums =
            isPair
            ? IntegerRow.sums(of: codes, sizes.inputs, panelWeights)
            : IntegerRow.leftSums(of: codes, sizes.inputs, panelWeights)
          sink.store(sums.left, row: row, output: panel)
          if isPair { sink.store(sums.right, row: row, output: panel &+ laneCount) }
        } else if isPair {
          var tile = IntegerTile()
          let offsets = RowOffsets(rows: rows &- row, stride: sizes.inputStride)
          tile.accumulate(codes, offsets, sizes.inputs, panelWeights)
          tile.store(to: sink, row: row, output: panel)
        } else {
          var tile = IntegerTile()
          let offsets = RowOffsets(rows: rows &- row, stride: sizes.inputStride)
          tile.accumulateLeft(codes, offsets, sizes.inputs, panelWeights)
          tile.storeLeft(to: sink, row: row, output: panel)
        }
        row &+= tileRows
      }
      panel &+= 2 &* laneCount
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

/// The sums of one row for 32 outputs.
private struct IntegerRow {
  var left = IntegerLanes(repeating: 0)
  var right = IntegerLanes(repeating: 0)

  @inline(__always)
  init() {}

  @inline(__always)
  mutating func accumulate(
    _ codes: UnsafePointer<UInt8>, _ leftWeights: IntegerLanes, _ rightWeights: IntegerLanes
  ) {
    let repeated = IntegerLanes(repeatingBytesAt: codes)
    left = nibble_add_byte_products(left, repeated, leftWeights)
    right = nibble_add_byte_products(right, repeated, rightWeights)
  }

  @inline(__always)
  mutating func accumulateLeft(_ codes: UnsafePointer<UInt8>, _ weights: IntegerLanes) {
    left = nibble_add_byte_products(left, IntegerLanes(repeatingBytesAt: codes), weights)
  }

  /// The sums of a single row: four chains of additions run beside one another, which hides their
  /// latency.
  @inline(__always)
  static func sums(
    of codes: UnsafePointer<UInt8>, _ inputs: Int, _ weights: UnsafePointer<Int8>
  ) -> IntegerRow {
    var r0 = IntegerRow(), r1 = IntegerRow(), r2 = IntegerRow(), r3 = IntegerRow()
    var k = 0
    var weight = weights
    while k &+ 16 <= inputs {
      r0.accumulate(codes + k, IntegerLanes(at: weight), IntegerLanes(at: weight + 64))
      r1.accumulate(codes + k + 4, IntegerLanes(at: weight + 128), IntegerLanes(at: weight + 192))
      r2.accumulate(codes + k + 8, IntegerLanes(at: weight + 256), IntegerLanes(at: weight + 320))
      r3.accumulate(codes + k + 12, IntegerLanes(at: weight + 384), IntegerLanes(at: weight + 448))
      k &+= 16
      weight += 512
    }
    while k < inputs {
      r0.accumulate(codes + k, IntegerLanes(at: weight), IntegerLanes(at: weight + 64))
      k &+= 4
      weight += 128
    }
    r0.left = (r0.left &+ r1.left) &+ (r2.left &+ r3.left)
    r0.right = (r0.right &+ r1.right) &+ (r2.right &+ r3.right)
    return r0
  }

  /// The sums of a single row for sixteen outputs; those on the right stay zero.
  @inline(__always)
  static func leftSums(
    of codes: UnsafePointer<UInt8>, _ inputs: Int, _ weights: UnsafePointer<Int8>
  ) -> IntegerRow {
    var r0 = IntegerRow(), r1 = IntegerRow(), r2 = IntegerRow(), r3 = IntegerRow()
    var k = 0
    var weight = weights
    while k &+ 16 <= inputs {
      r0.accumulateLeft(codes + k, IntegerLanes(at: weight))
      r1.accumulateLeft(codes + k + 4, IntegerLanes(at: weight + 64))
      r2.accumulateLeft(codes + k + 8, IntegerLanes(at: weight + 128))
      r3.accumulateLeft(codes + k + 12, IntegerLanes(at: weight + 192))
      k &+= 16
      weight += 256
    }
    while k < inputs {
      r0.accumulateLeft(codes + k, IntegerLanes(at: weight))
      k &+= 4
      weight += 64
    }
    r0.left = (r0.left &+ r1.left) &+ (r2.left &+ r3.left)
    return r0
  }
}

/// The sums of eight rows for 32 outputs.
private struct IntegerTile {
  private var r0 = IntegerRow(), r1 = IntegerRow(), r2 = IntegerRow(), r3 = IntegerRow()
  private var r4 = IntegerRow(), r5 = IntegerRow(), r6 = IntegerRow(), r7 = IntegerRow()

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
      let left = IntegerLanes(at: weight)
      let right = IntegerLanes(at: weight + 64)
      let code = codes + k
      r0.accumulate(code, left, right)
      r1.accumulate(code + rows.o1, left, right)
      r2.accumulate(code + rows.o2, left, right)
      r3.accumulate(code + rows.o3, left, right)
      r4.accumulate(code + rows.o4, left, right)
      r5.accumulate(code + rows.o5, left, right)
      r6.accumulate(code + rows.o6, left, right)
      r7.accumulate(code + rows.o7, left, right)
      weight += 128
      k &+= 4
    }
  }

  @inline(__always)
  mutating func accumulateLeft(
    _ codes: UnsafePointer<UInt8>, _ rows: RowOffsets, _ inputs: Int,
    _ weights: UnsafePointer<Int8>
  ) {
    var weight = weights
    var k = 0
    while k < inputs {
      let left = IntegerLanes(at: weight)
      let code = codes + k
      r0.accumulateLeft(code, left)
      r1.accumulateLeft(code + rows.o1, left)
      r2.accumulateLeft(code + rows.o2, left)
      r3.accumulateLeft(code + rows.o3, left)
      r4.accumulateLeft(code + rows.o4, left)
      r5.accumulateLeft(code + rows.o5, left)
      r6.accumulateLeft(code + rows.o6, left)
      r7.accumulateLeft(code + rows.o7, left)
      weight += 64
      k &+= 4
    }
  }

  @inline(__always)
  func storeLeft(to sink: some IntegerSumSink, row: Int, output: Int) {
    sink.store(r0.left, row: row, output: output)
    sink.store(r1.left, row: row &+ 1, output: output)
    sink.store(r2.left, row: row &+ 2, output: output)
    sink.store(r3.left, row: row &+ 3, output: output)
    sink.store(r4.left, row: row &+ 4, output: output)
    sink.store(r5.left, row: row &+ 5, output: output)
    sink.store(r6.left, row: row &+ 6, output: output)
    sink.store(r7.left, row: row &+ 7, output: output)
  }

  @inline(__always)
  func store(to sink: some IntegerSumSink, row: Int, output: Int) {
    storeLeft(to: sink, row: row, output: output)
    let output = output &+ laneCount
    sink.store(r0.right, row: row, output: output)
    sink.store(r1.right, row: row &+ 1, output: output)
    sink.store(r2.right, row: row &+ 2, output: output)
    sink.store(r3.right, row: row &+ 3, output: output)
    sink.store(r4.right, row: row &+ 4, output: output)
    sink.store(r5.right, row: row &+ 5, output: output)
    sink.store(r6.right, row: row &+ 6, output: output)
    sink.store(r7.right, row: row &+ 7, output: output)
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
