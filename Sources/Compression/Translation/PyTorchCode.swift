/// Writes a recipe as a program for PyTorch and torchao.
struct PyTorchCode {
  /// The recipe, without settings that have no effect.
  let recipe: Recipe

  private var shared: PythonText { PythonText(recipe: recipe) }
  private var prune: Pruning { recipe.prune }
  private var prunesWeights: Bool { !prune.isIdentity && !prune.pattern.isStructured }
  private var roundsActivations: Bool { recipe.activations.bits < 32 }
  private var roundsWeights: Bool { !recipe.quantizedLayers.isEmpty }

  /// Whether fine-tuning rounds.
  private var trainsRounded: Bool {
    recipe.finetune.epochs > 0 && recipe.finetune.mode == .qat
      && (roundsWeights || roundsActivations)
  }

  private var ramps: Bool {
    recipe.finetune.epochs > 0 && recipe.finetune.schedule == .polynomial
  }

  /// The whole program.
  var program: String {
    var parts = [shared.head(.pytorch), imports, PythonText.files]
    if !prune.isIdentity, prune.pattern.isStructured { parts.append(shared.shrinking) }
    parts.append(model)
    if roundsWeights { parts.append(roundingFunction) }
    if roundsActivations { parts.append(activationRounding) }
    if recipe.order == .pruneFirst, prunesWeights {
      parts.append(pruning)
      if !ramps { parts.append("prune_layers()") }
    }
    if recipe.finetune.epochs > 0 { parts.append(training) }
    if roundsWeights, !trainsRounded { parts.append(rounding) }
    if recipe.order == .quantizeFirst, prunesWeights { parts += [pruning, "prune_layers()"] }
    parts.append(evaluation)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var usesSparsifier: Bool { prunesWeights && prune.pattern.isForDenseLayers }

  private var imports: String {
    var lines = ["import gzip", "import sys", "", "import numpy as np", "import torch"]
    lines += ["import torch.nn.functional as F", "from safetensors.numpy import load_file"]
    lines.append("from torch import nn")
    if usesSparsifier { lines.append("from torch.ao.pruning import WeightNormSparsifier") }
    if trainsRounded, roundsWeights { lines.append("from torch.nn.utils import parametrize") }
    if prunesWeights, !usesSparsifier { lines.append("from torch.nn.utils import prune") }
    if roundsWeights {
      lines += [
        "from torchao.quantization.quant_primitives import (", "    MappingType,",
        "    choose_qparams_affine,", "    dequantize_affine,", "    quantize_affine,", ")",
      ]
    }
    return lines.joined(separator: "\n")
  }

  private var model: String {
    """
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            filters, units = weights["conv2d/bias"].size, weights["dense/bias"].size
            self.conv2d = nn.Conv2d(1, filters, 3)
            self.dense = nn.Linear(13 * 13 * filters, units)
            self.dense_1 = nn.Linear(units, 10)

        def forward(self, x, at=lambda site, values: values):
            x = at("conv2d", torch.relu(self.conv2d(at("input", x))))
            # Height, width, channel: the order in which the file's dense kernel expects its inputs.
            x = F.max_pool2d(x, 2).permute(0, 2, 3, 1).flatten(1)
            return self.dense_1(at("dense", torch.relu(self.dense(x))))


    model = Network()
    with torch.no_grad():
        for name, layer in model.named_children():
            kernel = torch.tensor(weights[f"{name}/kernel"])
            layer.weight.copy_(kernel.permute(3, 2, 0, 1) if kernel.dim() == 4 else kernel.T)
            layer.bias.copy_(torch.tensor(weights[f"{name}/bias"]))
    train_x, test_x = (torch.from_numpy(x).reshape(-1, 1, 28, 28) for x in (train_x, test_x))
    train_y, test_y = (torch.from_numpy(y.astype("int64")) for y in (train_y, test_y))
    """
  }

  // MARK: Pruning

  private var pruning: String {
    switch prune.pattern {
    case .kept(let kept, let size):
      sparsifier(
        "sparsity_level=1.0, sparse_block_shape=(1, \(size)), zeros_per_block=\(size - kept)")
    case .block:
      sparsifier(
        "sparsity_level=\(shared.sparsity), sparse_block_shape=(4, 4), zeros_per_block=16, norm=1")
    case .unstructured, .filter, .neuron: unstructured
    }
  }

  private func sparsifier(_ arguments: String) -> String {
    let config = shared.prunedLayers.map { "{\"tensor_fqn\": \"\($0).weight\"}" }
    return """
      pruned = [getattr(model, name) for name in \(PythonText.list(shared.prunedLayers))]


      def prune_layers():
          sparsifier = WeightNormSparsifier(
              \(arguments)
          )
          config = [\(config.joined(separator: ", "))]
          sparsifier.prepare(model, config=config)
          sparsifier.step()
          sparsifier.squash_mask()
      """
  }

  private var unstructured: String {
    let isRandom = prune.criterion == .random
    let draw =
      isRandom ? "    torch.manual_seed(\(recipe.seed))  # another draw than Nibble's\n" : ""
    let body =
      prune.scope == .global
      ? """
          prune.global_unstructured(
              [(layer, "weight") for layer in pruned],
              pruning_method=prune.\(isRandom ? "RandomUnstructured" : "L1Unstructured"),
              amount=int(sparsity * sum(layer.weight.numel() for layer in pruned) + 0.5),
          )
      """
      : """
          for layer in pruned:
              amount = int(sparsity * layer.weight.numel() + 0.5)
              prune.\(isRandom ? "random_unstructured" : "l1_unstructured")(layer, "weight", amount=amount)
      """
    return """
      pruned = [getattr(model, name) for name in \(PythonText.list(shared.prunedLayers))]


      def prune_layers(sparsity=\(shared.sparsity)):
      \(draw)\(body)
          for layer in pruned:
              prune.remove(layer, "weight")
      """
  }

  // MARK: Training

  private var training: String {
    let keepsZeros = prunesWeights && recipe.order == .pruneFirst
    let epochs = recipe.finetune.epochs
    var lines: [String] = []
    if trainsRounded, roundsWeights {
      lines += [straightThrough, ""]
    }
    if keepsZeros, !ramps { lines.append("masks = [layer.weight != 0 for layer in pruned]") }
    if trainsRounded, roundsWeights {
      lines += [
        "for name, options in rounding.items():",
        "    parametrize.register_parametrization(getattr(model, name), \"weight\", Rounded(options))",
      ]
    }
    lines.append("optimizer = torch.optim.Adam(model.parameters(), \(shared.rate))")
    if recipe.seed != 1 {
      lines.append("torch.manual_seed(\(recipe.seed))  # another draw than Nibble's")
    }
    if ramps, keepsZeros {
      lines.append("steps, step = 0.75 * \(epochs) * len(train_x) / 128, 0")
    }
    lines.append("for epoch in range(\(epochs)):")
    if trainsRounded, roundsActivations { lines.append("    calibrate()") }
    lines.append("    for batch in torch.randperm(len(train_x)).split(128):")
    if ramps, keepsZeros {
      lines += [
        "        if step % 100 == 0:  # a cubic ramp (Zhu and Gupta 2017)",
        "            left = 1 - min(step / steps, 1)",
        "            prune_layers(\(shared.sparsity) * (1 - left**3))",
        "            masks = [layer.weight != 0 for layer in pruned]",
        "            optimizer.param_groups[0][\"params\"] = list(model.parameters())",
        "        step += 1",
      ]
    }
    let rounds = trainsRounded && roundsActivations ? ", rounded_values" : ""
    lines += [
      "        loss = F.cross_entropy(model(train_x[batch]\(rounds)), train_y[batch])",
      "        optimizer.zero_grad()", "        loss.backward()", "        optimizer.step()",
    ]
    if keepsZeros {
      lines += [
        "        with torch.no_grad():", "            for layer, mask in zip(pruned, masks):",
        trainsRounded && roundsWeights
          ? "                layer.parametrizations.weight.original.mul_(mask)"
          : "                layer.weight.mul_(mask)",
      ]
    }
    if trainsRounded, roundsWeights {
      lines += [
        "for name in rounding:",
        "    parametrize.remove_parametrizations(getattr(model, name), \"weight\")",
      ]
    }
    return lines.joined(separator: "\n")
  }

  private var straightThrough: String {
    """
    # torchao's quantization-aware training swaps Linear layers alone; this takes any kernel.
    class Rounded(nn.Module):
        def __init__(self, options):
            super().__init__()
            self.options = options

        def forward(self, weight):
            return weight + (rounded(weight, **self.options) - weight).detach()


    rounding = {
    \(roundingOptions)
    }
    """
  }

  // MARK: Rounding

  private var roundingOptions: String {
    recipe.quantizedLayers.map { layer, weights in
      "    \"\(layer)\": dict(\(PythonText.arguments(weights).joined(separator: ", "))),"
    }.joined(separator: "\n")
  }

  private var roundingFunction: String {
    let hasPercentile = recipe.quantizedLayers.contains { $0.weights.range != .minimumToMaximum }
    let clipping = """

          if percentile < 100:
              values = F.pad(flat, pad, value=torch.nan).unflatten(1, (-1, size))
              if symmetric:
                  high = values.abs().nanquantile(percentile / 100, dim=2)
                  low = -high
              else:
                  low = values.nanquantile(1 - percentile / 100, dim=2).clamp(max=0)
                  high = values.nanquantile(percentile / 100, dim=2).clamp(min=0)
              rows = rows.unflatten(1, (-1, size))
              rows = rows.clamp(low.unsqueeze(2), high.unsqueeze(2)).flatten(1)
      """
    return """
      # torchao's primitives with Nibble's grids; its ready-made configurations take Linear layers alone
      # and use one code more below zero than above.
      @torch.no_grad()
      def rounded(weight, bits, size=None, together=False, symmetric=True\(hasPercentile ? ", percentile=100" : "")):
          flat = weight.reshape(1, -1) if together else weight.flatten(1)
          size = min(size or flat.shape[1], flat.shape[1])
          pad = (0, -flat.shape[1] % size)
          rows = F.pad(flat, pad)
          if bits == 1 and symmetric:
              sizes = F.pad(flat, pad, value=torch.nan).unflatten(1, (-1, size)).abs()
              mean = sizes.nanmean(2, keepdim=True).expand(-1, -1, size).flatten(1)
              return (rows.sign() * mean)[:, : flat.shape[1]].reshape(weight.shape)\(hasPercentile ? clipping : "")
          kind = MappingType.SYMMETRIC if symmetric else MappingType.ASYMMETRIC
          least, most = (1 - 2 ** (bits - 1), 2 ** (bits - 1) - 1) if symmetric else (0, 2**bits - 1)
          block = (1, size)
          scale, zero = choose_qparams_affine(rows, kind, block, torch.int32, least, most)
          codes = quantize_affine(rows, block, scale, zero, torch.int32, least, most)
          rows = dequantize_affine(codes, block, scale, zero, torch.int32, least, most)
          return rows[:, : flat.shape[1]].reshape(weight.shape)
      """
  }

  private var rounding: String {
    """
    with torch.no_grad():
        for name, options in {
    \(roundingOptions.split(separator: "\n").map { "    " + $0 }.joined(separator: "\n"))
        }.items():
            layer = getattr(model, name)
            layer.weight.copy_(rounded(layer.weight, **options))
    """
  }

  private var activationRounding: String {
    let activations = recipe.activations
    let levels = (1 << activations.bits) - 1
    let watching =
      if case .percentile(let percentile) = activations.range {
        """
            seen = {}

            def watch(site, values):
                seen.setdefault(site, []).append(values.flatten().numpy())
                return values

            for x in train_x[:\(activations.samples)].split(256):
                model(x, watch)
            for site, values in seen.items():
                ranges[site] = float(np.percentile(np.concatenate(values), \(RecipeNumber.text(percentile))))
        """
      } else {
        """
            ranges.clear()

            def watch(site, values):
                ranges[site] = max(ranges.get(site, 0.0), float(values.max()))
                return values

            for x in train_x[:\(activations.samples)].split(256):
                model(x, watch)
        """
      }
    return """
      # The input and the outputs of the layers with ReLU are rounded, on ranges of training images.
      ranges = {}


      @torch.no_grad()
      def calibrate():
      \(watching)


      def rounded_values(site, values):
          return torch.fake_quantize_per_tensor_affine(values, ranges[site] / \(levels), 0, 0, \(levels))
      """
  }

  private var evaluation: String {
    """
    \(roundsActivations ? "calibrate()\n" : "")with torch.no_grad():
        logits = torch.cat([model(x\(roundsActivations ? ", rounded_values" : "")) for x in test_x.split(1000)])
    print(f"{int((logits.argmax(1) == test_y).sum())} of {len(test_y)}")
    """
  }
}
