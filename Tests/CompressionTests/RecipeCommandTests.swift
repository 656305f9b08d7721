import Localization
import Testing

@testable import Compression

/// A recipe as a command line.
@Suite struct RecipeCommandTests {
  private static let settings = [
    "", "weights.bits=4", "prune.sparsity=0.85 weights.bits=8 weights.granularity=tensor",
    "prune.pattern=2:4 weights.bits=8 activations.bits=8 activations.smooth=0.5",
    "weights.bits=4 weights.granularity=group:32 weights.range=percentile:99.9 weights.layers=dense",
    "weights.bits=2 weights.bits@conv2d=8 finetune.epochs=1 finetune.mode=qat",
  ]

  @Test(arguments: settings)
  func whatIsWrittenIsReadBackAsTheSameRecipe(line: String) throws {
    let recipe = try Recipe(line: line)
    #expect(try RecipeCommand(parsing: RecipeCommand(recipe).line).recipe == recipe)
    for width in [20, 40, 76, 200] {
      let lines = RecipeCommand(recipe).lines(width: width)
      #expect(try RecipeCommand(parsing: lines.joined(separator: "\n")).recipe == recipe)
      #expect(lines.dropLast().allSatisfy { $0.hasSuffix(" \\") })
      // A line that holds more than one setting keeps to the width.
      #expect(lines.allSatisfy { $0.count <= max(width, 60) })
    }
  }

  @Test(arguments: [
    "net.safetensors", "/home/me/my net's.safetensors", "网络.safetensors", "a\\b $x",
  ])
  func filesOfAnyNameComeBackAndAShellTakesTheLineForTheSameWords(path: String) throws {
    let command = RecipeCommand(
      try Recipe(line: "weights.bits=4"), model: path, data: "/data/" + path)
    #expect(try RecipeCommand(parsing: command.line) == command)
    for width in [30, 80] {
      let text = command.lines(width: width).joined(separator: "\n")
      #expect(try RecipeCommand(parsing: text) == command)
    }
  }

  @Test(arguments: [
    "nibble measure --set weights.bits=4 --set prune.sparsity=0.5",
    "  weights.bits=4   prune.sparsity=0.5 ", "--set weights.bits=4 --set prune.sparsity=0.5",
    "$ nibble measure --set 'weights.bits=4' --set \"prune.sparsity=0.5\"",
    "swift run -c release nibble measure --set weights.bits=4 \\\n  --set prune.sparsity=0.5\n",
    "/usr/local/bin/nibble measure --set=weights.bits=4 --set=prune.sparsity=0.5",
    "weights.bits=8 weights.bits=4 prune.sparsity=0.5",
  ])
  func theWaysInWhichPeopleWriteTheLineMeanTheSame(text: String) throws {
    let recipe = try RecipeCommand(parsing: text).recipe
    #expect(recipe.weights.bits == 4 && recipe.prune.sparsity == 0.5)
    #expect(recipe.line == "prune.sparsity=0.5 weights.bits=4")
  }

  @Test(arguments: [
    ("weights.bits=9", "weights.bits must be one of 1 … 8, 16, 32, not 9"),
    ("wieghts.bits=4", "did you mean weights.bits"),
    ("hello", "a setting has the form key=value"),
    ("nibble measure --set weights.bits=4 --json", "holds settings only"),
    ("finetune.mode=qat finetune.epochs=1 weights.bits=4 weights.rounding=gptq", "needs"),
    ("nibble measure --model", "--model needs a value"),
    ("weights.bits=4\u{1B}[31m", "weights.bits must be"),
  ])
  func whatIsWrongIsNamed(text: String, message: String) {
    do throws(RecipeError) {
      _ = try RecipeCommand(parsing: text)
      Issue.record("\(text) was accepted")
    } catch {
      #expect(error.description.contains(message), "\(error)")
      #expect(!error.description.unicodeScalars.contains("\u{1B}"))
    }
  }

  @Test func aVeryLongTextIsRefusedBeforeItIsRead() {
    #expect(throws: RecipeError.self) {
      try RecipeCommand(parsing: String(repeating: "weights.bits=4 ", count: 100_000))
    }
  }
}
