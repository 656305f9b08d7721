/// Writes a recipe as a program for Keras on TensorFlow.
struct KerasCode {
  /// The recipe, without settings that have no effect.
  let recipe: Recipe

  private var shared: PythonText { PythonText(recipe: recipe) }
  private var prune: Pruning { recipe.prune }
  private var prunesWeights: Bool { !prune.isIdentity && !prune.pattern.isStructured }
  private var roundsActivations: Bool { recipe.activations.bits < 32 }

  /// Whether fine-tuning rounds.
  private var trainsRounded: Bool {
    recipe.finetune.epochs > 0 && recipe.finetune.mode == .qat
      && (!recipe.quantizedLayers.isEmpty || roundsActivations)
  }

  /// Whether TFMOT's pruning does exactly this: single weights by magnitude, each layer by itself.
  private var prunesWithToolkit: Bool {
    recipe.finetune.epochs > 0 && prunesWeights && prune.pattern == .unstructured
      && prune.criterion == .magnitude && prune.scope == .layer && recipe.order == .pruneFirst
      && !trainsRounded
  }

  private var ramps: Bool {
    recipe.finetune.epochs > 0 && recipe.finetune.schedule == .polynomial
  }

  /// The whole program.
  var program: String {
    var parts = [shared.head(.keras), imports, PythonText.files]
    if !prune.isIdentity, prune.pattern.isStructured { parts.append(shared.shrinking) }
    parts.append(model)
    if recipe.order == .pruneFirst, prunesWeights, !prunesWithToolkit {
      parts += [shared.pruningFunction, kernelAccess]
      if !ramps { parts.append("set_kernels(prune(kernels()))") }
    }
    if recipe.finetune.epochs > 0 { parts.append(training) }
    if !recipe.quantizedLayers.isEmpty, !trainsRounded { parts += [roundingFunction, rounding] }
    if recipe.order == .quantizeFirst, prunesWeights {
      parts += [shared.pruningFunction, kernelAccess, "set_kernels(prune(kernels()))"]
    }
    parts.append(roundsActivations && !trainsRounded ? roundedEvaluation : evaluation)
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var imports: String {
    let keras =
      usesToolkit
      ? """
      import numpy as np
      import tensorflow as tf
      import tensorflow_model_optimization as tfmot
      import tf_keras as keras  # TFMOT does not take layers of Keras 3
      """
      : """
      import keras
      import numpy as np
      import tensorflow as tf
      """
    return """
      import gzip
      import sys

      \(keras)
      from safetensors.numpy import load_file
      """
  }

  private var usesToolkit: Bool { prunesWithToolkit || trainsRounded }

  private var model: String {
    """
    model = keras.Sequential(
        [
            keras.layers.InputLayer(\(usesToolkit ? "input_shape" : "shape")=(28, 28, 1)),
            keras.layers.Conv2D(weights["conv2d/bias"].size, 3, activation="relu", name="conv2d"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(weights["dense/bias"].size, activation="relu", name="dense"),
            keras.layers.Dense(10, name="dense_1"),
        ]
    )
    for name in ["conv2d", "dense", "dense_1"]:
        model.get_layer(name).set_weights([weights[f"{name}/kernel"], weights[f"{name}/bias"]])
    """
  }

  private var kernelAccess: String {
    """
    pruned = [model.get_layer(name) for name in \(PythonText.list(shared.prunedLayers))]


    def kernels():
        return [layer.get_weights()[0] for layer in pruned]


    def set_kernels(values):
        for layer, kernel in zip(pruned, values):
            layer.set_weights([kernel, layer.get_weights()[1]])
    """
  }

  // MARK: Training

  private var training: String {
    let epochs = recipe.finetune.epochs
    var text = ""
    var callbacks = "[]"
    if prunesWithToolkit {
      let end = "int(0.75 * \(epochs) * len(train_x) / 128)"
      let schedule =
        ramps
        ? "tfmot.sparsity.keras.PolynomialDecay(0.0, \(shared.sparsity), 0, end_step, power=3)"
        : "tfmot.sparsity.keras.ConstantSparsity(\(shared.sparsity), begin_step=0)"
      if ramps { text += "end_step = \(end)\n" }
      text += """
        schedule = \(schedule)
        model = tfmot.sparsity.keras.prune_low_magnitude(model, pruning_schedule=schedule)

        """
      callbacks = "[tfmot.sparsity.keras.UpdatePruningStep()]"
    } else if trainsRounded {
      text += quantizationAware + "\n"
    } else if prunesWeights, recipe.order == .pruneFirst {
      text += (ramps ? rampCallback : zerosCallback) + "\n\n\n"
      callbacks = ramps ? "[Ramp()]" : "[KeepZeros()]"
    }
    if recipe.seed != 1 {
      text += "keras.utils.set_random_seed(\(recipe.seed))  # another draw than Nibble's\n"
    }
    text += """
      model.compile(
          keras.optimizers.Adam(\(shared.rate)), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
      )
      callbacks = \(callbacks)
      model.fit(train_x, train_y, batch_size=128, epochs=\(epochs), callbacks=callbacks, verbose=2)
      """
    if prunesWithToolkit { text += "\nmodel = tfmot.sparsity.keras.strip_pruning(model)" }
    return text
  }

  private var zerosCallback: String {
    """
    # TFMOT prunes while it trains and each layer by itself; to keep these very zeros takes a mask.
    class KeepZeros(keras.callbacks.Callback):
        def on_train_begin(self, logs=None):
            self.masks = [(kernel != 0).astype("float32") for kernel in kernels()]

        def on_train_batch_end(self, batch, logs=None):
            for layer, mask in zip(pruned, self.masks):
                layer.kernel.assign(layer.kernel * mask)
    """
  }

  private var rampCallback: String {
    """
    # A cubic ramp over the first three quarters of the steps (Zhu and Gupta 2017).
    class Ramp(keras.callbacks.Callback):
        step, steps = 0, 0.75 * \(recipe.finetune.epochs) * len(train_x) / 128

        def on_train_batch_begin(self, batch, logs=None):
            if self.step % 100 == 0:
                left = 1 - min(self.step / self.steps, 1)
                set_kernels(prune(kernels(), \(shared.sparsity) * (1 - left**3)))
                self.masks = [(kernel != 0).astype("float32") for kernel in kernels()]
            self.step += 1

        def on_train_batch_end(self, batch, logs=None):
            for layer, mask in zip(pruned, self.masks):
                layer.kernel.assign(layer.kernel * mask)
    """
  }

  /// TFMOT's quantization-aware training with grids of the recipe's widths.
  private var quantizationAware: String {
    let options = Recipe.layerNames.map { name -> String in
      let weights = recipe.quantizedLayers.first { $0.layer == name }?.weights
      let isSymmetric = weights?.scheme == .symmetric
      let quantizer =
        weights.map {
          """
          quantizers.LastValueQuantizer(
                  \($0.bits), per_axis=\(python($0.granularity == .channel)), symmetric=\(python(isSymmetric)), narrow_range=\(python(isSymmetric))
              )
          """
        } ?? "None"
      return "    \"\(name)\": \(quantizer),"
    }
    let activation =
      roundsActivations
      ? """
      quantizers.MovingAverageQuantizer(
          \(recipe.activations.bits), per_axis=False, symmetric=False, narrow_range=False
      )
      """ : "None"
    return """
      quantizers = tfmot.quantization.keras.quantizers
      weight_quantizers = {
      \(options.joined(separator: "\n"))
      }
      # The input and the logits are not among these: TFMOT rounds the input, and logits stay float.
      activation_quantizer = \(activation)


      class Config(tfmot.quantization.keras.QuantizeConfig):
          def __init__(self, name):
              self.name = name
              self.weights = weight_quantizers[name]
              self.activations = None if name == "dense_1" else activation_quantizer

          def get_weights_and_quantizers(self, layer):
              return [(layer.kernel, self.weights)] if self.weights else []

          def get_activations_and_quantizers(self, layer):
              return [(layer.activation, self.activations)] if self.activations else []

          def set_quantize_weights(self, layer, quantize_weights):
              if quantize_weights:
                  layer.kernel = quantize_weights[0]

          def set_quantize_activations(self, layer, quantize_activations):
              if quantize_activations:
                  layer.activation = quantize_activations[0]

          def get_output_quantizers(self, layer):
              return []

          def get_config(self):
              return {"name": self.name}


      def annotate(layer):
          if layer.name in weight_quantizers:
              return tfmot.quantization.keras.quantize_annotate_layer(layer, Config(layer.name))
          return layer


      # TFMOT also quantizes the input, to 8 bits, which changes no pixel.
      with tfmot.quantization.keras.quantize_scope({"Config": Config}):
          annotated = keras.models.clone_model(model, clone_function=annotate)
          annotated.set_weights(model.get_weights())
          model = tfmot.quantization.keras.quantize_apply(annotated)

      """
  }

  // MARK: Rounding

  private var roundingFunction: String {
    """
    # TensorFlow's own fake quantization; ranges for each group of weights that share a scale.
    def rounded(kernel, bits, size=None, together=False, symmetric=True, percentile=100):
        flat = kernel.reshape(-1, 1 if together else kernel.shape[-1])
        size = min(size or len(flat), len(flat))
        padded = np.pad(flat, ((0, -len(flat) % size), (0, 0)), constant_values=np.nan)
        groups = padded.reshape(-1, size, flat.shape[1]).transpose(1, 0, 2).reshape(size, -1)
        if bits == 1 and symmetric:
            values = np.sign(groups) * np.nanmean(np.abs(groups), axis=0)
        else:
            if symmetric:
                high = np.nanquantile(np.abs(groups), percentile / 100, axis=0)
                low = -high
            else:
                low = np.minimum(np.nanquantile(groups, 1 - percentile / 100, axis=0), 0)
                high = np.maximum(np.nanquantile(groups, percentile / 100, axis=0), 0)
            values = tf.quantization.fake_quant_with_min_max_vars_per_channel(
                groups, low, high, num_bits=bits, narrow_range=symmetric
            ).numpy()
        values = values.reshape(size, -1, flat.shape[1]).transpose(1, 0, 2)
        return values.reshape(-1, flat.shape[1])[: len(flat)].reshape(kernel.shape)
    """
  }

  private var rounding: String {
    let options = recipe.quantizedLayers.map { layer, weights in
      "    \"\(layer)\": dict(\(PythonText.arguments(weights).joined(separator: ", "))),"
    }
    return """
      for name, options in {
      \(options.joined(separator: "\n"))
      }.items():
          kernel, bias = model.get_layer(name).get_weights()
          model.get_layer(name).set_weights([rounded(kernel, **options), bias])
      """
  }

  // MARK: Evaluation

  private var evaluation: String {
    """
    predictions = model.predict(test_x, batch_size=1000, verbose=0).argmax(1)
    print(f"{int((predictions == test_y).sum())} of {len(test_y)}")
    """
  }

  private var roundedEvaluation: String {
    let activations = recipe.activations
    let calibration =
      if case .percentile(let percentile) = activations.range {
        """
        seen = {}
        for start in range(0, \(activations.samples), 256):
            network(
                train_x[start : min(start + 256, \(activations.samples))],
                lambda site, values: seen.setdefault(site, []).append(values.numpy().ravel()) or values,
            )
        ranges = {
            site: float(np.percentile(np.concatenate(values), \(RecipeNumber.text(percentile))))
            for site, values in seen.items()
        }
        """
      } else {
        """
        ranges = {}


        def watch(site, values):
            ranges[site] = max(ranges.get(site, 0.0), float(tf.reduce_max(values)))
            return values


        for start in range(0, \(activations.samples), 256):
            network(train_x[start : min(start + 256, \(activations.samples))], watch)
        """
      }
    return """
      # The input and the outputs of the layers with ReLU are rounded; TFMOT does so only for training.
      def network(x, at):
          x = at("conv2d", model.layers[0](at("input", tf.convert_to_tensor(x))))
          x = at("dense", model.layers[3](model.layers[2](model.layers[1](x))))
          return model.layers[4](x)


      \(calibration)


      def rounded_values(site, values):
          return tf.quantization.fake_quant_with_min_max_vars(
              values, 0.0, ranges[site], num_bits=\(activations.bits)
          )


      correct = 0
      for start in range(0, len(test_x), 1000):
          logits = network(test_x[start : start + 1000], rounded_values).numpy()
          correct += int((logits.argmax(1) == test_y[start : start + 1000]).sum())
      print(f"{correct} of {len(test_y)}")
      """
  }

  private func python(_ value: Bool) -> String { value ? "True" : "False" }
}
