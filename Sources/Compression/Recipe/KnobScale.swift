/// A recipe's key as a slider sees it: positions in order, and steps between them.
package struct KnobScale: Sendable {
  /// The key that the knob turns.
  package let key: Knob
  /// The values in order; empty for a fraction, which moves by steps.
  package let positions: [String]

  /// The fine and the coarse step of a fraction.
  package static let fineStep = 0.01
  /// The step of a fraction when moved coarsely.
  package static let coarseStep = 0.1

  /// Makes the knob of a key for a recipe.
  ///
  /// A value that the slider does not offer by itself, such as `group:48`, gets a position of its
  /// own, so that the slider never shows another value than the recipe's.
  package init(_ key: Knob, for recipe: Recipe) {
    self.key = key
    let current = key.read(recipe)
    var positions = key.positions
    if !positions.isEmpty, !positions.contains(current) {
      let place: Int
      if let number = Double(current) {
        // A word such as `off` stands before the numbers.
        place =
          positions.firstIndex { (Double($0) ?? -.infinity) > number } ?? positions.endIndex
      } else {
        let family = current.prefix { $0 != ":" }
        place =
          positions.lastIndex { $0.prefix { $0 != ":" } == family }.map { $0 + 1 }
          ?? positions.endIndex
      }
      positions.insert(current, at: place)
    }
    self.positions = positions
  }

  /// Where a value lies on the slider, from 0 to 1.
  package func fraction(of value: String) -> Double {
    if case .fraction(let range) = key.kind {
      let number = RecipeNumber.decimal(value) ?? range.lowerBound
      return (number - range.lowerBound) / (range.upperBound - range.lowerBound)
    }
    guard positions.count > 1, let index = positions.firstIndex(of: value) else { return 0 }
    return Double(index) / Double(positions.count - 1)
  }

  /// The value nearest to a place on the slider, as for a mouse click.
  package func value(at fraction: Double) -> String {
    let place = min(max(fraction, 0), 1)
    if case .fraction(let range) = key.kind {
      let number = range.lowerBound + place * (range.upperBound - range.lowerBound)
      return snapped(number, in: range)
    }
    return positions[Int((place * Double(positions.count - 1)).rounded())]
  }

  /// The value so many steps further, held at the ends.
  ///
  /// A coarse step of a fraction is 0.1 and lands on its multiples; of a list it is one position.
  package func value(from value: String, steps: Int, coarse: Bool = false) -> String {
    if case .fraction(let range) = key.kind {
      let number = RecipeNumber.decimal(value) ?? range.lowerBound
      let step = coarse ? KnobScale.coarseStep : KnobScale.fineStep
      // Rounding down (or up) to the grid first makes 0.93 go to 0.9, not to 0.83.
      let cells = number / step
      let onGrid = cells.rounded()
      let isOnGrid = (cells - onGrid).magnitude < 1e-6
      let start = isOnGrid ? onGrid : (steps > 0 ? cells.rounded(.down) : cells.rounded(.up))
      return snapped((start + Double(steps)) * step, in: range)
    }
    let index = positions.firstIndex(of: value) ?? 0
    return positions[min(max(index + steps, 0), positions.count - 1)]
  }

  private func snapped(_ number: Double, in range: ClosedRange<Double>) -> String {
    let hundredths = (number * 100).rounded() / 100
    return RecipeNumber.text(min(max(hundredths, range.lowerBound), range.upperBound))
  }
}
