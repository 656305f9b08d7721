/// The parts of a program that both frameworks share: reading the files, and pruning in NumPy.
struct PythonText {
  /// The recipe, without settings that have no effect.
  let recipe: Recipe

  private var prune: Pruning { recipe.prune }

  /// The comment at the head of a program.
  func head(_ dialect: CodeDialect) -> String {
    let setting = recipe.line.isEmpty ? "no compression" : recipe.line
    let packages = dialect.packages
    return """
      # \(setting)
      #
      # pip install \(packages.prefix(2).joined(separator: " "))
      # pip install \(packages.dropFirst(2).joined(separator: " "))
      #
      # Arguments: the weights, as `nibble export --out baseline.safetensors`
      # writes them, and the folder with the four files of Fashion-MNIST.
      """
  }

  /// Reads the weights and the images.
  static let files = """
    weights = load_file(sys.argv[1])


    def read(name, offset):
        with gzip.open(f"{sys.argv[2]}/{name}-ubyte.gz") as file:
            return np.frombuffer(file.read(), np.uint8, offset=offset)


    def images(name):
        return read(name, 16).reshape(-1, 28, 28, 1).astype("float32") / 255


    train_x, train_y = images("train-images-idx3"), read("train-labels-idx1", 8)
    test_x, test_y = images("t10k-images-idx3"), read("t10k-labels-idx1", 8)
    """

  /// The kernels that pruning looks at.
  var prunedLayers: [String] {
    let isDense = prune.pattern.isForDenseLayers
    let layers = isDense ? ["dense", "dense_1"] : Recipe.layerNames
    if case .named(let name) = prune.scope { return layers.filter { $0 == name } }
    return layers
  }

  /// A list of names in Python.
  static func list(_ names: [String]) -> String {
    "[" + names.map { "\"\($0)\"" }.joined(separator: ", ") + "]"
  }

  /// The share as Python writes it.
  var sparsity: String { RecipeNumber.text(prune.sparsity) }

  /// Adam's learning rate in fine-tuning.
  var rate: String { RecipeNumber.text(recipe.finetune.rate) }

  /// Removes filters or neurons from the weights before the network is made of them.
  var shrinking: String {
    let isFilter = prune.pattern == .filter
    let (layer, next) = isFilter ? ("conv2d", "dense") : ("dense", "dense_1")
    let score =
      prune.criterion == .random
      ? "np.random.default_rng(\(recipe.seed)).random(kernel.shape[-1])  # not Nibble's draw"
      : "np.abs(kernel).reshape(-1, kernel.shape[-1]).sum(0)"
    let inputs =
      isFilter
      ? "rows = weights[\"dense/kernel\"].reshape(-1, score.size, weights[\"dense/bias\"].size)\n"
        + "weights[\"dense/kernel\"] = rows[:, kept].reshape(-1, weights[\"dense/bias\"].size)"
      : "weights[\"dense_1/kernel\"] = weights[\"dense_1/kernel\"][kept]"
    return """
      # \(isFilter ? "Filters" : "Neurons") of least L1 norm leave, and with them the inputs they fed in \(next): spelt out,
      # since pruning tools only set them to zero.
      kernel = weights["\(layer)/kernel"]
      score = \(score)
      removed = min(int(\(sparsity) * score.size + 0.5), score.size - 1)
      kept = np.sort(np.argsort(score, kind="stable")[removed:])
      weights["\(layer)/kernel"] = kernel[..., kept]
      weights["\(layer)/bias"] = weights["\(layer)/bias"][kept]
      \(inputs)
      """
  }

  /// A function that sets weights of a dictionary of kernels to zero.
  var pruningFunction: String {
    switch prune.pattern {
    case .kept(let kept, let size): groups(kept, size)
    case .block: blocks
    case .unstructured, .filter, .neuron: unstructured
    }
  }

  private var isGlobal: Bool { prune.scope == .global }

  private var unstructured: String {
    let score =
      prune.criterion == .random
      ? "np.random.default_rng(\(recipe.seed)).random(sum(k.size for k in kernels))  # not Nibble's draw"
      : "np.concatenate([np.abs(k).ravel() for k in kernels])"
    let loop =
      isGlobal
      ? "prune_together(kernels, sparsity)" : "[prune_together([k], sparsity)[0] for k in kernels]"
    return """
      # \(isGlobal ? "All kernels are ranked together, which TFMOT does not do" : "Each kernel is ranked by itself"), so the pruning is spelt out.
      def prune_together(kernels, sparsity):
          score = \(score)
          keep = np.ones(score.size, "float32")
          keep[np.argsort(score, kind="stable")[: int(sparsity * score.size + 0.5)]] = 0
          ends = np.cumsum([k.size for k in kernels])
          return [k * m.reshape(k.shape) for k, m in zip(kernels, np.split(keep, ends[:-1]))]


      def prune(kernels, sparsity=\(sparsity)):
          return \(loop)
      """
  }

  private func groups(_ kept: Int, _ size: Int) -> String {
    """
    # Of every \(size) consecutive inputs of an output \(kept) stay; TFMOT does so only while it trains.
    def prune_groups(kernel):
        inputs, outputs = kernel.shape
        whole = inputs // \(size) * \(size)
        groups = kernel[:whole].T.reshape(outputs, -1, \(size))
        order = np.argsort(-np.abs(groups), axis=2, kind="stable")
        mask = np.zeros_like(groups)
        np.put_along_axis(mask, order[..., :\(kept)], 1, axis=2)
        return np.concatenate([(groups * mask).reshape(outputs, whole).T, kernel[whole:]])


    def prune(kernels):
        return [prune_groups(k) for k in kernels]
    """
  }

  private var blocks: String {
    let loop = isGlobal ? "prune_together(kernels)" : "[prune_together([k])[0] for k in kernels]"
    return """
      # Squares of 4 inputs by 4 outputs of least mean magnitude go; TFMOT does so only while it trains.
      def mean_magnitudes(kernel):
          rows, columns = (np.arange(0, n, 4) for n in kernel.shape)
          sums = np.add.reduceat(np.add.reduceat(np.abs(kernel).astype("float64"), rows, 0), columns, 1)
          ones = np.add.reduceat(np.add.reduceat(np.ones(kernel.shape), rows, 0), columns, 1)
          return sums / ones


      def prune_together(kernels):
          means = [mean_magnitudes(k) for k in kernels]
          score = np.concatenate([m.ravel() for m in means])
          keep = np.ones(score.size, "float32")
          keep[np.argsort(score, kind="stable")[: int(\(sparsity) * score.size + 0.5)]] = 0
          masks = np.split(keep, np.cumsum([m.size for m in means])[:-1])
          return [
              k * m.reshape(s.shape).repeat(4, 0).repeat(4, 1)[: k.shape[0], : k.shape[1]]
              for k, m, s in zip(kernels, masks, means)
          ]


      def prune(kernels):
          return \(loop)
      """
  }
}

extension PythonText {
  /// The arguments of the programs' `rounded` for a layer.
  static func arguments(_ weights: WeightQuantization) -> [String] {
    var arguments = ["bits=\(weights.bits)"]
    switch weights.granularity {
    case .tensor: arguments.append("together=True")
    case .channel: break
    case .group(let size): arguments.append("size=\(size)")
    }
    if weights.scheme == .asymmetric { arguments.append("symmetric=False") }
    if case .percentile(let percentile) = weights.range {
      arguments.append("percentile=\(RecipeNumber.text(percentile))")
    }
    return arguments
  }
}
