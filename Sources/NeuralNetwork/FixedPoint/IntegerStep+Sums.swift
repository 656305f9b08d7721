extension IntegerStep {
  /// What the products of codes add up to before zero points are taken off: Σ w·x.
  package var codeProducts: Int64 {
    terms.reduce(0) { $0 + Int64($1.input) * Int64($1.weight) }
  }

  /// What zero points take off the products of codes: −z_w·Σ x − z_x·Σ w + N·z_w·z_x.
  ///
  /// Source: Jacob et al. 2018, equation 7.
  package var zeroPointCorrection: Int64 { products - codeProducts }

  /// What the products with zero points taken off add up to: Σ (w − z_w)(x − z_x).
  package var products: Int64 { terms.reduce(0) { $0 + Int64($1.product) } }

  /// The sum of bias and products in as many bits as it needs; another number than `accumulator` only
  /// where that has fewer.
  package var exactSum: Int64 { Int64(bias) + products }

  /// The bias, and the sum after each product, in the kernel's order.
  package var runningSums: [Int64] {
    var sum = Int64(bias)
    var sums = [sum]
    sums.reserveCapacity(terms.count + 1)
    for term in terms {
      sum += Int64(term.product)
      sums.append(sum)
    }
    return sums
  }
}

/// How many bits integers need.
package enum IntegerWidth {
  /// The bits of the shortest two's complement number that holds an integer: 1 for 0 and −1, 16 for
  /// 32,767 and −32,768, 17 for 32,768.
  package static func bits(of value: Int64) -> Int {
    Int64.bitWidth + 1 - (value < 0 ? ~value : value).leadingZeroBitCount
  }
}
