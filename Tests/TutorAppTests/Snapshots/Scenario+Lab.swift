import Compression
import TerminalCanvas

@testable import TutorApp

/// The lab in its states, and every one of its plots.
extension Scenario {
  static let lab: [Scenario] = [
    Scenario("lab-loading", on: "LabScreen") { try Robot($0, at: .lab, isLoading: true) },
    Scenario("lab-failed", "LabScreen", at: .lab) { try $0.failLaboratory("no such file") },
    Scenario("lab-waiting", "LabScreen", at: .lab),
    Scenario("lab-estimated", "LabScreen", at: .recipe("weights.bits=4")) {
      try $0.answer(.estimate)
    },
    Scenario("lab", "LabScreen", at: .lab) { try $0.answer() },
    Scenario("lab-turned", "LabScreen", at: .lab) {
      try $0.answer()
      try $0.press(.left)
      try $0.press(.left)
      try $0.answer()
    },
    Scenario("lab-undone", "LabScreen", at: .lab) {
      try $0.answer()
      try $0.press(.left, .down, .character("]"), .character("u"))
      try $0.answer()
    },
    Scenario("lab-typing", "LabScreen", at: .lab) {
      try $0.answer()
      try $0.press(.character("4"))
    },
    Scenario("lab-typed-wrong", "LabScreen", at: .lab) {
      try $0.answer()
      try $0.type("99")
      try $0.press(.enter)
    },
    Scenario("lab-training", "LabScreen", at: .recipe("weights.bits=4 finetune.epochs=1")) {
      try $0.answer(.training)
    },
    Scenario("lab-guess-arming", "LabScreen", at: .lab) {
      try $0.answer()
      try $0.press(.character("p"), .left)
    },
    Scenario("lab-pinned", "LabScreen", at: .lab) {
      try $0.answer()
      try $0.press(.character("x"))
    },
    Scenario("lab-pinned-compared", "LabScreen", at: .lab) {
      try $0.answer()
      try $0.press(.character("x"), .character("["))
      try $0.answer()
    },
    Scenario("experiment-asked", "LabScreen", at: .experiment("sample.bits")),
    Scenario("experiment-guess-typed", "LabScreen", at: .experiment("sample.bits")) {
      try $0.type("85")
    },
    Scenario("experiment-guess-refused", "LabScreen", at: .experiment("sample.bits")) {
      try $0.type("many")
      try $0.press(.enter)
    },
    Scenario("experiment-waiting", "LabScreen", at: .experiment("sample.bits")) {
      try $0.type("85")
      try $0.press(.enter)
    },
    Scenario("experiment-resolved", "LabScreen", at: .experiment("sample.bits")) {
      try $0.type("85")
      try $0.press(.enter)
      try $0.answer()
    },
    Scenario("experiment-explained", "LabScreen", at: .experiment("sample.bits")) {
      try $0.type("85")
      try $0.press(.enter)
      try $0.answer()
      try $0.press(.character("t"))
    },
    Scenario("experiment-question", "LabScreen", at: .experiment("sample.bits")) {
      try $0.press(.escape)
      try $0.answer()
      try $0.press(.character("T"))
    },
    Scenario("experiment-bytes-asked", "LabScreen", at: .experiment("sample.sparse")),
    Scenario("experiment-bytes-resolved", "LabScreen", at: .experiment("sample.sparse")) {
      try $0.type("70 KB")
      try $0.press(.enter)
      try $0.answer()
    },
  ]

  /// Every plot with measured data, and hidden until the guess.
  static let plots: [Scenario] =
    LabPanels.plots.map { kind in
      Scenario("plot-\(kind)", "LabScreen", at: .recipe(recipe(for: kind))) {
        try $0.answer()
        if kind == "compare" {
          try $0.press(.character("x"), .character("["))
          try $0.answer()
        }
        try $0.show(kind)
      }
    }
    + LabPanels.plots.map { kind in
      Scenario("plot-\(kind)-hidden", "LabScreen", at: .recipe(recipe(for: kind))) {
        try $0.answer()
        try $0.press(.character("p"))
        try $0.show(kind)
      }
    }

  private static func recipe(for kind: String) -> String {
    switch kind {
    case "mask", "crossings", "bytes": "weights.bits=4 prune.sparsity=0.6"
    case "training": "weights.bits=4 finetune.epochs=1"
    default: "weights.bits=3 weights.granularity=tensor"
    }
  }

  /// What is opened from the lab.
  static let labTools: [Scenario] = [
    Scenario("presets", "PresetsScreen", at: .lab) {
      try $0.answer()
      try $0.press(.character("o"))
    },
    Scenario("presets-of-experiment", "PresetsScreen", at: .experiment("sample.bits")) {
      try $0.press(.escape)
      try $0.answer()
      try $0.press(.character("o"), .down)
    },
    Scenario("share", "ShareScreen", at: .recipe("weights.bits=4")) {
      try $0.answer()
      try $0.press(.character("y"))
    },
    Scenario("files", "FilesScreen", at: .lab) { try $0.press(.character("F")) },
    Scenario("files-reading", "FilesScreen", at: .lab) {
      try $0.press(.character("F"))
      try $0.type("mine.safetensors")
      try $0.press(.enter)
    },
    Scenario("files-refused", "FilesScreen", at: .lab) {
      try $0.press(.character("F"))
      try $0.type("mine.safetensors")
      try $0.press(.enter)
      try $0.refuseFiles(
        FileError(
          path: "mine.safetensors", problem: "dense/bias: the tensor is missing",
          cause: .missing(name: "dense/bias")))
    },
    Scenario("files-opened", "FilesScreen", at: .lab) {
      try $0.press(.character("F"))
      try $0.type("mine.safetensors")
      try $0.press(.enter)
      try $0.openFiles(model: "mine.safetensors")
    },
    Scenario("lab-own-files", "LabScreen", at: .lab) {
      try $0.press(.character("F"))
      try $0.type("mine.safetensors")
      try $0.press(.enter)
      try $0.openFiles(model: "mine.safetensors")
      try $0.press(.enter)
      try $0.answer()
    },
    Scenario("code-keras", "CodeScreen", at: .recipe("weights.bits=8 activations.bits=8")) {
      try $0.press(.character("c"))
    },
    Scenario("code-pytorch", "CodeScreen", at: .recipe("weights.bits=8 activations.bits=8")) {
      try $0.press(.character("c"), .tab)
    },
    Scenario("code-keras-pruned", "CodeScreen", at: .recipe("prune.sparsity=0.5 finetune.epochs=1"))
    {
      try $0.press(.character("c"))
    },
    Scenario("code-impossible", "CodeScreen", at: .recipe("weights.bits=3 weights.rounding=gptq")) {
      try $0.press(.character("c"))
    },
    Scenario("inspector-obstacles", "InspectorScreen", at: .recipe("weights.bits=4")) {
      try $0.press(.character("i"))
      try $0.answer()
    },
    Scenario("inspector-waiting", "InspectorScreen", at: integers) {
      try $0.press(.character("i"))
    },
    inspector("inspector-steps", page: 0),
    inspector("inspector-products", page: 1),
    inspector("inspector-running-sum", page: 2),
    inspector("inspector-bits", page: 3),
    inspector("inspector-image", page: 4),
    inspector("inspector-dense", page: 0, layer: 1),
    inspector("inspector-logits", page: 0, layer: 2),
  ]

  private static let integers = Robot.Place.recipe("weights.bits=8 activations.bits=8")

  private static func inspector(_ name: String, page: Int, layer: Int = 0) -> Scenario {
    Scenario(name, "InspectorScreen", at: integers) {
      try $0.press(.character("i"))
      try $0.answer()
      try $0.press(.character("w"), times: layer)
      try $0.press(.character("v"), times: page)
      try $0.answer()
    }
  }

  /// The search for a fault.
  static let faults: [Scenario] = [
    Scenario("fault-briefing", "FaultHuntScreen") { try $0.press(.character("b")) },
    Scenario("fault-waiting", "FaultHuntScreen") { try $0.press(.character("b"), .enter) },
    Scenario("fault-report", "FaultHuntScreen") { try $0.beginCase() },
    Scenario("fault-histogram", "FaultHuntScreen") {
      try $0.beginCase()
      try $0.press(.character("v"))
    },
    Scenario("fault-probed", "FaultHuntScreen") {
      try $0.beginCase()
      try $0.press(.enter)
      try $0.answer()
    },
    Scenario("fault-probes-used", "FaultHuntScreen") {
      try $0.beginCase()
      try $0.probe(3)
      try $0.press(.down, .enter)
    },
    Scenario("fault-naming", "FaultHuntScreen") {
      try $0.beginCase()
      try $0.press(.character("f"))
    },
    Scenario("fault-verdict", "FaultHuntScreen") {
      try $0.beginCase()
      try $0.probe(3)
      try $0.press(.character("f"), .enter)
      try $0.answer()
    },
  ]
}

extension Robot {
  /// Begins a case of the search for a fault.
  fileprivate mutating func beginCase() throws {
    try press(.character("b"), .enter)
    try answer()
  }

  /// Measures the first probes.
  fileprivate mutating func probe(_ count: Int) throws {
    for _ in 0..<count {
      try press(.enter)
      try answer()
      try press(.down)
    }
  }
}
