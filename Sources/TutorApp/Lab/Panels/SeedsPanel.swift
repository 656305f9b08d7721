import Compression
import Lab
import Localization
import Presentation
import TerminalCanvas

/// The recipe and its control with three seeds each, beside the uncompressed network.
struct SeedsPanel: LabPanel {
  let name = "seeds"
  let hiding = PanelHiding.allButReadings

  func needs(_ session: LabSession) -> [LabRequest] {
    session.runsSeedsByItself ? [.compareSeeds(of: session.recipe)] : []
  }

  func titles(_ inputs: PanelInputs) -> [String] {
    [inputs.text(Phrase("three seeds and a control"))]
  }

  func readings(_ inputs: PanelInputs) -> [String] {
    inputs.session.seedRuns.map {
      ["\($0.comparison.runs.count)/\(2 * SeedComparison.seeds.count)"]
    } ?? []
  }

  func hiddenNote(_ inputs: PanelInputs) -> Phrase {
    Phrase("The runs come after your guess.")
  }

  func note(_ inputs: PanelInputs) -> Phrase? {
    let recipe = inputs.session.recipe
    if SeedComparison(of: recipe).isItsOwnControl {
      return Phrase(
        "Nothing is compressed here: the recipe is its own control. Prune or quantize something first."
      )
    }
    guard inputs.session.seedRuns == nil || inputs.facts == nil else { return nil }
    let epochs = recipe.finetune.epochs
    if epochs > 0 {
      return Phrase(
        "n trains this recipe and its control, the same training without compression, with the seeds 1, 2 "
          + "and 3: six runs of \(epochs == 1 ? Phrase("1 epoch") : Phrase("\(epochs) epochs")).")
    }
    return Phrase(
      "n measures this recipe with the seeds 1, 2 and 3 beside the uncompressed network.")
  }

  func draw(into canvas: inout Canvas, in rect: Rect, _ inputs: PanelInputs) {
    guard let runs = inputs.session.seedRuns, let facts = inputs.facts else { return }
    let (top, bottom) = rect.splitTop(min(4, rect.height))
    SeedStrips(comparison: runs.comparison, facts: facts, inputs: inputs)
      .draw(into: &canvas, in: top)
    let (text, role) = Self.sentence(runs)
    canvas.write(
      TextWrapping.wrap(inputs.text(text), style: .role(role), width: max(1, bottom.width)),
      in: bottom)
  }

  /// Whether the difference is larger than the noise, or what is going on.
  private static func sentence(_ runs: SeedRuns) -> (Phrase, Role) {
    guard let verdict = runs.comparison.verdict else { return (progress(runs), .muted) }
    let sign = verdict.difference < 0 ? "−" : "+"
    let difference = sign + QuantityFormat.points(verdict.difference.magnitude)
    let noise = "±" + QuantityFormat.points(verdict.noise)
    let source =
      runs.comparison.recipe.drawsAtRandom
      ? Phrase(verbatim: "")
      : Phrase(" Nothing in this recipe is random: the noise is that of the test images alone.")
    if verdict.isSignificant {
      return (
        Phrase(
          "Recipe minus control: \(difference) points, more than the noise of \(noise).\(source)"),
        verdict.difference < 0 ? .bad : .good
      )
    }
    return (
      Phrase(
        "Recipe minus control: \(difference) points, within the noise of \(noise): three seeds do not tell "
          + "them apart.\(source)"),
      .text
    )
  }

  private static func progress(_ runs: SeedRuns) -> Phrase {
    guard runs.isRunning else {
      return Phrase("Stopped. n begins again.")
    }
    let done = runs.comparison.runs.count
    let seed = SeedComparison.seeds[min(done / 2, SeedComparison.seeds.count - 1)]
    let subject = done % 2 == 0 ? Phrase("control") : Phrase("recipe")
    let percent = runs.share > 0 ? " · \(Int((runs.share * 100).rounded(.down))) %" : ""
    return Phrase("Seed \(seed), the \(subject)\(percent). n stops.")
  }
}
