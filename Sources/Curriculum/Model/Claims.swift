extension Sequence<Block> {
  /// The claims in these blocks, also those inside lists and quotations.
  package var claims: [Claim] {
    flatMap { block -> [Claim] in
      switch block {
      case .claim(let claim): [claim]
      case .list(_, let items): items.flatMap(\.claims)
      case .quote(let inner): inner.claims
      default: []
      }
    }
  }
}

extension Chapter {
  /// All claims of the chapter: those of its worked example, questions, experiments and quiz items, and
  /// the curves that are expected of experiments.
  package var claims: [Claim] {
    workedExample.claims + questions.flatMap(\.explanation.claims)
      + experiments.flatMap(\.explanation.claims)
      + experiments.flatMap(\.expectedClaims) + quizItems.flatMap(\.explanation.claims)
  }
}
