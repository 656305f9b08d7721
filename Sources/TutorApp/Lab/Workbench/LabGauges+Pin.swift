import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

extension LabGauges {
  /// The pinned recipe's measurement, if it is another one than the lab shows.
  private var pinned: Measurement? {
    context.workbench.pin.flatMap { $0.recipe == screen.recipe ? nil : $0 }
  }

  /// How the accuracy differs from the pinned recipe's.
  func pinnedAccuracy(_ measurement: Measurement) -> StyledLine? {
    pinned.map { pin in
      [
        StyledRun("  A \(QuantityFormat.percent(pin.accuracy)) ", .role(.muted)),
        changeRun(measurement.accuracy - pin.accuracy),
      ]
    }
  }

  /// How many bytes more or fewer than the pinned recipe's, in the format `dense`.
  func pinnedBytes(_ dense: Int) -> String? {
    guard let before = pinned?.size.bytes[.dense], before > 0 else { return nil }
    let change = Double(dense - before) / Double(before) * 100
    return "  A \(change < 0 ? "" : "+")\(NumberText.fixed(change, decimals: 1)) %"
  }
}
