import Curriculum
import Lab
import Localization
import NeuralNetwork
import TerminalCanvas

/// The steps from codes to a code, and the output beside what simulation and float give.
struct InspectorWalk {
  /// The output.
  let inspection: StepInspection
  /// What all screens share.
  let context: TutorContext

  /// One step: what it is, the number it gives, and a word on it.
  private struct Step {
    let label: String
    let value: String
    var note = ""
    /// What is said besides where there is room.
    var more = ""
    var role = Role.text
    var noteRole = Role.muted
    /// Whether the number may be as long as it likes.
    var isLong = false
  }

  private func text(_ phrase: Phrase) -> String { phrase(context.language) }

  /// Draws the steps below one another.
  func draw(into canvas: inout Canvas, in rect: Rect) {
    let groups = [sum, requantization, comparison].filter { !$0.isEmpty }
    let steps = groups.flatMap { $0 }
    // An empty line between the groups, where there is room for it.
    let hasGaps = rect.height >= steps.count + groups.count - 1
    let label = steps.map { TextWidth.width(of: $0.label) }.max() ?? 0
    let value = steps.filter { !$0.isLong }.map { TextWidth.width(of: $0.value) }.max() ?? 0
    var row = 0
    for group in groups {
      for step in group {
        var line = [
          StyledRun(TextFitting.pad(step.label, to: label), .role(.muted)),
          StyledRun(
            " " + TextFitting.pad(step.value, to: value, alignment: .right),
            .role(step.role, bold: step.role != .text)),
          StyledRun("  " + step.note, .role(step.noteRole)),
        ]
        let more = StyledRun(step.more, .role(.muted))
        if TextWidth.width(of: line) + TextWidth.width(of: step.more) <= rect.width {
          line.append(more)
        }
        canvas.write(line, row: row, of: rect)
        row += 1
      }
      if hasGaps { row += 1 }
    }
  }

  /// From the products to the 32-bit sum.
  private var sum: [Step] {
    let step = inspection.step
    let running = step.runningSums
    let (least, greatest) = (running.min() ?? 0, running.max() ?? 0)
    let bits = IntegerWidth.bits(of: step.exactSum)
    let fitsBytes = Int16(exactly: step.exactSum) != nil
    var steps = [
      Step(
        label: text(Phrase("products", context: "sum")),
        value: InspectorText.grouped(step.codeProducts),
        note: text(Phrase("\(step.terms.count) inputs")),
        more: text(Phrase(", sum of code · code"))),
      Step(
        label: text(Phrase("zero points")), value: InspectorText.grouped(step.zeroPointCorrection),
        note: "z_w \(step.weightZeroPoint), z_x \(step.input.zeroPoint)"),
      Step(
        label: text(Phrase("bias")), value: InspectorText.grouped(step.bias),
        note: text(Phrase("real ")) + InspectorText.real(Double(step.realBias)),
        more: " / " + InspectorText.scale(step.sumScale)),
      Step(
        label: text(Phrase("sum (int32)")), value: InspectorText.grouped(step.accumulator),
        note: text(Phrase("needs \(bits) bits")), role: .accent),
      Step(
        label: text(Phrase("on the way")), value: InspectorText.grouped(least),
        note: text(Phrase("to ")) + InspectorText.grouped(greatest)),
      Step(
        label: text(Phrase("in 16 bits")),
        value: InspectorText.grouped(Int16(truncatingIfNeeded: step.exactSum)),
        note: fitsBytes ? text(Phrase("fits")) : text(Phrase("wraps around")),
        noteRole: fitsBytes ? .good : .bad),
    ]
    if Int64(step.accumulator) != step.exactSum {
      steps[3] = Step(
        label: steps[3].label, value: steps[3].value,
        note: text(Phrase("not ")) + InspectorText.grouped(step.exactSum), role: .bad,
        noteRole: .bad)
    }
    return steps
  }

  /// From the sum to the output's code.
  private var requantization: [Step] {
    let step = inspection.step
    guard let made = step.requantization else {
      return [
        Step(
          label: text(Phrase("scale of sums")), value: InspectorText.scale(step.sumScale),
          note: text(Phrase("a logit")), more: text(Phrase(": not requantized")))
      ]
    }
    let output = made.output
    let shift = made.multiplier.totalShift
    let productBits = IntegerWidth.bits(of: made.product)
    let clamped = Int64(made.rounded) + Int64(output.zeroPoint)
    return [
      Step(
        label: text(Phrase("multiplier")), value: InspectorText.grouped(made.multiplier.multiplier),
        note: "/2^\(shift) = " + InspectorText.scale(made.multiplier.real)),
      Step(
        label: text(Phrase("64-bit product")), value: InspectorText.grouped(made.product),
        note: "",
        more: text(Phrase("\(productBits) bits")), isLong: true),
      Step(
        label: text(Phrase("shifted by \(shift)")),
        value: InspectorText.grouped(made.rounded),
        note: text(Phrase("rounded half up"))),
      Step(
        label: text(Phrase("+ zero point")), value: InspectorText.grouped(clamped),
        note: text(Phrase("output's is \(output.zeroPoint)"))),
      Step(
        label: text(Phrase("output code")), value: "\(made.code)",
        note: clampNote(clamped, output), role: .accent,
        noteRole: made.isClamped ? .warning : .muted),
    ]
  }

  private func clampNote(_ value: Int64, _ output: ActivationCode) -> String {
    if value < Int64(output.least) {
      return text(Phrase("ReLU: to \(output.least)"))
    }
    if value > Int64(output.greatest) {
      return text(Phrase("clipped to \(output.greatest)"))
    }
    return text(Phrase("in \(output.least) … \(output.greatest)"))
  }

  /// What the code stands for, beside simulated rounding and float.
  private var comparison: [Step] {
    let step = inspection.step
    let grid = step.requantization.map { Double($0.output.scale) }
    func against(_ value: Float) -> (note: String, more: String, isNear: Bool) {
      let difference = Double(step.value) - Double(value)
      let real = InspectorText.difference(difference)
      guard let grid else { return (text(Phrase("off by ")) + real, "", true) }
      let steps = (difference >= 0 ? "+" : "") + NumberText.fixed(difference / grid, decimals: 2)
      return (
        text(Phrase("off \(steps) codes")), " (\(real))", abs(difference) <= 1.5 * grid
      )
    }
    let simulated = against(inspection.simulatedValue)
    let float = against(inspection.floatValue)
    return [
      Step(
        label: text(Phrase("stands for")), value: InspectorText.real(Double(step.value)),
        note: grid.map { "× " + InspectorText.scale($0) } ?? "", role: .accent
      ),
      Step(
        label: text(Phrase("simulated")),
        value: InspectorText.real(Double(inspection.simulatedValue)), note: simulated.note,
        more: simulated.more,
        noteRole: simulated.isNear ? .muted : .bad),
      Step(
        label: text(Phrase("float", context: "preset")),
        value: InspectorText.real(Double(inspection.floatValue)),
        note: float.note, more: float.more, noteRole: float.isNear ? .muted : .warning),
    ]
  }
}
