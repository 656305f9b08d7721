/// Whether the first dense layer is replaced by two thinner ones.
package struct Factorization: Sendable, Hashable, Codable {
  /// The width between the two layers.
  package var rank = FactorRank.off

  /// Makes the factorisation that changes nothing.
  package init() {}
}

/// The width between the two matrices that a dense layer becomes.
///
/// Truncated singular value decomposition (Denton et al. 2014).
package enum FactorRank: Sendable, Hashable, Codable, RawRepresentable {
  /// The layer stays one matrix.
  case off
  /// So many columns of the first matrix and rows of the second.
  case rank(Int)

  /// The ranks that the engine runs.
  package static let allowedRanks = 1...128

  /// The rank of that text: `off`, or a whole number from 1 to 128.
  package init?(rawValue: String) {
    if rawValue == "off" {
      self = .off
      return
    }
    guard let rank = RecipeNumber.integer(rawValue), FactorRank.allowedRanks.contains(rank) else {
      return nil
    }
    self = .rank(rank)
  }

  /// The rank as text.
  package var rawValue: String {
    switch self {
    case .off: "off"
    case .rank(let rank): String(rank)
    }
  }
}
