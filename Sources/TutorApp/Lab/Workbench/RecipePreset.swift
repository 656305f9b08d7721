import Compression
import Curriculum
import Localization

/// A recipe worth knowing, with the sentence that says why.
struct RecipePreset: Sendable, Hashable {
  /// Its name.
  let name: Phrase
  /// What it is, or where it comes from, in a sentence.
  let sentence: Phrase
  /// The recipe.
  let recipe: Recipe

  /// The recipes that practice and literature know, from the mildest to the harshest.
  static let known: [RecipePreset] = entries.compactMap { name, sentence, line in
    (try? Recipe(line: line)).map { RecipePreset(name: name, sentence: sentence, recipe: $0) }
  }

  /// Name, sentence and recipe line of the known recipes.
  static let entries: [(Phrase, Phrase, String)] = [
    (
      Phrase("float", context: "preset"),
      Phrase("Nothing is compressed: what all others are held against."), ""
    ),
    (
      Phrase("int8 weights only"),
      Phrase("A quarter of the bytes without calibration; the arithmetic stays float."),
      "weights.bits=8"
    ),
    (
      Phrase("int8 PTQ"),
      Phrase(
        "Weights per channel and activations calibrated on 1,024 images: the usual first step of every runtime."
      ), "weights.bits=8 activations.bits=8"
    ),
    (
      Phrase("int8 with SmoothQuant"),
      Phrase("Half of the activations' range moves into the weights first (Xiao et al. 2022)."),
      "weights.bits=8 activations.bits=8 activations.smooth=0.5"
    ),
    (
      Phrase("int8, 2:4 sparse"),
      Phrase(
        "Two of every four weights of the dense layers go: the pattern that sparse tensor cores take."
      ),
      "prune.pattern=2:4 weights.bits=8 activations.bits=8"
    ),
    (
      Phrase("W4A8 per channel"),
      Phrase(
        "Weights of 4 bits with activations of 8: half the bytes of int8, still all integers."),
      "weights.bits=4 activations.bits=8"
    ),
    (
      Phrase("4-bit groups with GPTQ"),
      Phrase(
        "One scale for 128 weights, later weights making up for earlier errors: how language models ship (Frantar et al. 2022)."
      ),
      "weights.bits=4 weights.granularity=group:128 weights.rounding=gptq"
    ),
    (
      Phrase("3-bit AdaRound"),
      Phrase(
        "Up or down is learnt for every weight, so that the layers' outputs change least (Nagel et al. 2020)."
      ),
      "weights.bits=3 weights.rounding=adaround"
    ),
    (
      Phrase("2-bit QAT"),
      Phrase(
        "One epoch with rounded weights and a straight-through gradient brings back much of what 2 bits lose."
      ),
      "weights.bits=2 finetune.epochs=1 finetune.mode=qat"
    ),
    (
      Phrase("binary weights"),
      Phrase(
        "Sign times mean magnitude of each channel (Rastegari et al. 2016), without training."),
      "weights.bits=1"
    ),
    (
      Phrase("half pruned by Wanda"),
      Phrase("Magnitude times input norm decides, without training (Sun et al. 2023)."),
      "prune.sparsity=0.5 prune.criterion=wanda"
    ),
    (
      Phrase("90 % pruned"),
      Phrase("The smallest weights of all layers go, and nothing recovers."),
      "prune.sparsity=0.9"
    ),
    (
      Phrase("90 % pruned, one epoch"),
      Phrase("The same, then an epoch with the zeros kept (Han et al. 2015)."),
      "prune.sparsity=0.9 finetune.epochs=1"
    ),
    (
      Phrase("90 % along a ramp"),
      Phrase(
        "The sparsity grows along a cubic curve while the network trains (Zhu and Gupta 2017)."),
      "prune.sparsity=0.9 finetune.epochs=2 finetune.schedule=polynomial"
    ),
    (
      Phrase(verbatim: "Deep Compression"),
      Phrase(
        "Prune, recover, then 32 shared values found by k-means, for a Huffman-coded file (Han et al. 2016)."
      ),
      "prune.sparsity=0.9 finetune.epochs=1 weights.bits=5 weights.codebook=kmeans"
    ),
    (
      Phrase("half the filters"),
      Phrase(
        "Filters of the least L1 norm really leave, and an epoch recovers: faster on any processor (Li et al. 2017)."
      ),
      "prune.pattern=filter prune.sparsity=0.5 finetune.epochs=1"
    ),
    (
      Phrase("rank 16"),
      Phrase(
        "The first dense matrix becomes two thin ones (truncated SVD), and an epoch recovers."),
      "factorize.rank=16 finetune.epochs=1"
    ),
  ]
}
