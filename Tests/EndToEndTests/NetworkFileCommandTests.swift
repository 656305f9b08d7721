import Foundation
import Testing

/// `nibble export`, `nibble import` and `nibble show` as processes.
@Suite struct NetworkFileCommandTests {
  private static let recipe = ["--set", "weights.bits=4", "--set", "prune.sparsity=0.9"]

  private static func bytes(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  /// Every way to pack one network gives back the very weights that safetensors holds.
  @Test func packedFilesComeBackBitForBit() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }
    let plain = try ProgramUnderTest.run(
      ["export", "--out", path("plain.safetensors")] + Self.recipe)
    #expect(plain.status == 0, "\(plain.errors)")
    let expected = try Self.bytes(path("plain.safetensors"))
    var sizes: [String: Int] = [:]
    for encoding in ["dense", "csr16", "bitmask", "relative", "huffman", "gzip", "smallest"] {
      let packed = try ProgramUnderTest.run(
        ["export", "--format", "packed", "--encoding", encoding, "--out", path(encoding)]
          + Self.recipe)
      let size = try Self.bytes(path(encoding)).count
      sizes[encoding] = size
      #expect(packed.output == "\(path(encoding)): \(size) bytes\n")
      let read = try ProgramUnderTest.run(["import", path(encoding), "--out", path("read")])
      #expect(read.status == 0, "\(read.errors)")
      #expect(try Self.bytes(path("read")) == expected, "\(encoding)")
    }
    let smallest = sizes.removeValue(forKey: "smallest")
    #expect(smallest == sizes.values.min())

    // What is measured of the file is what is measured of the recipe that made it.
    func correct(_ arguments: [String]) throws -> Int? {
      let result = try ProgramUnderTest.run(["measure", "--json"] + arguments)
      let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
      let bytes = (object as? [String: Any])?["bytes"] as? [String: Int]
      if arguments == Self.recipe { #expect(bytes == sizes) }
      return (object as? [String: Any])?["correct"] as? Int
    }
    let measured = try correct(Self.recipe)
    #expect(measured != nil)
    #expect(try correct(["--model", path("huffman")]) == measured)
  }

  @Test func brokenFilesAreRefusedInOneLine() throws {
    let folder = try ProgramUnderTest.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let (whole, broken, output) = (
      folder.appendingPathComponent("whole").path, folder.appendingPathComponent("broken").path,
      folder.appendingPathComponent("output").path
    )
    for encoding in ["relative", "huffman"] {
      let packed = try ProgramUnderTest.run(
        ["export", "--format", "packed", "--encoding", encoding, "--out", whole] + Self.recipe)
      #expect(packed.status == 0)
      let bytes = try Self.bytes(whole)
      let tail = Data([1, 2, 3])
      for damaged in [bytes.prefix(bytes.count / 2), bytes + tail, bytes.prefix(7), Data()] {
        try damaged.write(to: URL(fileURLWithPath: broken))
        for command in [["import", broken, "--out", output], ["measure", "--model", broken]] {
          let result = try ProgramUnderTest.run(command)
          #expect(result.status == 65)
          #expect(result.output.isEmpty)
          #expect(result.errors.hasPrefix("nibble: \(broken): "))
          #expect(result.errors.split(separator: "\n").count == 1)
        }
        #expect(!FileManager.default.fileExists(atPath: output))
      }
    }
    let missing = try ProgramUnderTest.run(["import", folder.path + "/none"])
    #expect(missing.status == 65)
    #expect(missing.errors.hasSuffix("none: cannot be opened: No such file or directory\n"))
  }

  @Test func wrongCommandLinesAreRefusedInOneLine() throws {
    for (arguments, message) in [
      (["export"], "--out FILE is missing"),
      (
        ["export", "--out", "x", "--format", "zip"],
        "--format must be one of safetensors, onnx, packed, not 'zip'"
      ),
      (
        ["export", "--out", "x", "--format", "packed", "--encoding", "rle"],
        "--encoding must be one of dense, csr16, bitmask, relative, huffman, gzip, smallest, not 'rle'"
      ),
      (["import"], "nibble import needs a FILE"),
      (
        ["show", "recipe", "--as", "jax"], "--as must be one of keras, pytorch, not 'jax'"
      ),
      (
        ["show"],
        "nibble show needs a topic: recipe, step"
      ),
    ] {
      let result = try ProgramUnderTest.run(arguments)
      #expect(result.status == 2)
      #expect(result.errors == "nibble: \(message)\n")
    }
  }

  @Test func aRecipeIsShownAsAProgramOrRefusedByKey() throws {
    let program = try ProgramUnderTest.run(["show", "recipe", "--as", "pytorch"] + Self.recipe)
    #expect(program.status == 0)
    #expect(program.output.contains("prune.global_unstructured("))
    #expect(program.output.contains("dict(bits=4)"))
    let refused = try ProgramUnderTest.run(
      [
        "show", "recipe", "--as", "keras", "--set", "finetune.epochs=1", "--set",
        "finetune.mode=qat", "--set", "weights.bits=1",
      ])
    #expect(refused.status == 1)
    #expect(
      refused.output.split(separator: "\n").map { $0.prefix { $0 != ":" } } == [
        "weights.bits=1", "--as pytorch can do this recipe",
      ])
  }
}
