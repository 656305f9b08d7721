# {{ recipe }}
#
# pip install tensorflow==2.21.0 tf_keras==2.21.0
# pip install tensorflow-model-optimization==0.8.1 safetensors
#
# Arguments: the weights, as `nibble export --out seed.safetensors`
# writes them, and the folder with the four files of Fashion-MNIST.

import gzip
import sys

# {% if uses_toolkit %}
import numpy as np
import tensorflow as tf
import tensorflow_model_optimization as tfmot
import tf_keras as keras  # TFMOT does not take layers of Keras 3
# {% else %}
import keras
import numpy as np
import tensorflow as tf
# {% endif %}
from safetensors.numpy import load_file

# {% include data %}

# {% if is_structured %}
# {% include channels %}

# {% endif %}
model = keras.Sequential(
    [
        # {% if uses_toolkit %}
        keras.layers.InputLayer(input_shape=(28, 28, 1)),
        # {% else %}
        keras.layers.InputLayer(shape=(28, 28, 1)),
        # {% endif %}
        keras.layers.Conv2D(weights["conv2d/bias"].size, 3, activation="relu", name="conv2d"),
        keras.layers.MaxPooling2D(2),
        keras.layers.Flatten(),
        keras.layers.Dense(weights["dense/bias"].size, activation="relu", name="dense"),
        keras.layers.Dense(10, name="dense_1"),
    ]
)
for name in ["conv2d", "dense", "dense_1"]:
    model.get_layer(name).set_weights([weights[f"{name}/kernel"], weights[f"{name}/bias"]])

# {% if prunes_before %}
# {% include pruning %}

# {% if not ramps %}
set_kernels(prune(kernels()))

# {% endif %}
# {% endif %}
# {% if finetune.epochs != 0 %}
# {% if prunes_with_toolkit %}
# {% if ramps %}
end_step = int(0.75 * {{ finetune.epochs }} * len(train_x) / 128)
schedule = tfmot.sparsity.keras.PolynomialDecay(0.0, {{ prune.sparsity }}, 0, end_step, power=3)
# {% else %}
schedule = tfmot.sparsity.keras.ConstantSparsity({{ prune.sparsity }}, begin_step=0)
# {% endif %}
model = tfmot.sparsity.keras.prune_low_magnitude(model, pruning_schedule=schedule)
# {% elif trains_rounded %}
quantizers = tfmot.quantization.keras.quantizers
weight_quantizers = {
    # {% for layers %}
    # {% if is_rounded %}
    "{{ layer }}": quantizers.LastValueQuantizer(
        {{ bits }}, per_axis={{ per_axis }}, symmetric={{ symmetric }}, narrow_range={{ symmetric }}
    ),
    # {% else %}
    "{{ layer }}": None,
    # {% endif %}
    # {% endfor %}
}
# The input and the logits are not among these: TFMOT rounds the input, and logits stay float.
# {% if rounds_activations %}
activation_quantizer = quantizers.MovingAverageQuantizer(
    {{ activations.bits }}, per_axis=False, symmetric=False, narrow_range=False
)
# {% else %}
activation_quantizer = None
# {% endif %}


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

# {% elif prunes_before and ramps %}
# A cubic ramp over the first three quarters of the steps (Zhu and Gupta 2017).
class Ramp(keras.callbacks.Callback):
    step, steps = 0, 0.75 * {{ finetune.epochs }} * len(train_x) / 128

    def on_train_batch_begin(self, batch, logs=None):
        if self.step % 100 == 0:
            left = 1 - min(self.step / self.steps, 1)
            set_kernels(prune(kernels(), {{ prune.sparsity }} * (1 - left**3)))
            self.masks = [(kernel != 0).astype("float32") for kernel in kernels()]
        self.step += 1

    def on_train_batch_end(self, batch, logs=None):
        for layer, mask in zip(pruned, self.masks):
            layer.kernel.assign(layer.kernel * mask)


# {% elif prunes_before %}
# TFMOT prunes while it trains and each layer by itself; to keep these very zeros takes a mask.
class KeepZeros(keras.callbacks.Callback):
    def on_train_begin(self, logs=None):
        self.masks = [(kernel != 0).astype("float32") for kernel in kernels()]

    def on_train_batch_end(self, batch, logs=None):
        for layer, mask in zip(pruned, self.masks):
            layer.kernel.assign(layer.kernel * mask)


# {% endif %}
# {% if seed != 1 %}
keras.utils.set_random_seed({{ seed }})  # another draw than Nibble's
# {% endif %}
model.compile(
    keras.optimizers.Adam({{ finetune.rate }}), keras.losses.SparseCategoricalCrossentropy(from_logits=True)
)
# {% if prunes_with_toolkit %}
callbacks = [tfmot.sparsity.keras.UpdatePruningStep()]
# {% elif trains_rounded %}
callbacks = []
# {% elif prunes_before and ramps %}
callbacks = [Ramp()]
# {% elif prunes_before %}
callbacks = [KeepZeros()]
# {% else %}
callbacks = []
# {% endif %}
model.fit(train_x, train_y, batch_size=128, epochs={{ finetune.epochs }}, callbacks=callbacks, verbose=2)
# {% if prunes_with_toolkit %}
model = tfmot.sparsity.keras.strip_pruning(model)
# {% endif %}

# {% endif %}
# {% if rounds_weights and not trains_rounded %}
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

for name, options in {
    # {% for layers %}
    # {% if is_rounded %}
    "{{ layer }}": dict({{ arguments }}),
    # {% endif %}
    # {% endfor %}
}.items():
    kernel, bias = model.get_layer(name).get_weights()
    model.get_layer(name).set_weights([rounded(kernel, **options), bias])

# {% endif %}
# {% if prunes_after %}
# {% include pruning %}

set_kernels(prune(kernels()))

# {% endif %}
# {% if rounds_activations and not trains_rounded %}
# The input and the outputs of the layers with ReLU are rounded; TFMOT does so only for training.
def network(x, at):
    x = at("conv2d", model.layers[0](at("input", tf.convert_to_tensor(x))))
    x = at("dense", model.layers[3](model.layers[2](model.layers[1](x))))
    return model.layers[4](x)


# {% if percentile == None %}
ranges = {}


def watch(site, values):
    ranges[site] = max(ranges.get(site, 0.0), float(tf.reduce_max(values)))
    return values


for start in range(0, {{ activations.samples }}, 256):
    network(train_x[start : min(start + 256, {{ activations.samples }})], watch)
# {% else %}
seen = {}
for start in range(0, {{ activations.samples }}, 256):
    network(
        train_x[start : min(start + 256, {{ activations.samples }})],
        lambda site, values: seen.setdefault(site, []).append(values.numpy().ravel()) or values,
    )
ranges = {
    site: float(np.percentile(np.concatenate(values), {{ percentile }}))
    for site, values in seen.items()
}
# {% endif %}


def rounded_values(site, values):
    return tf.quantization.fake_quant_with_min_max_vars(
        values, 0.0, ranges[site], num_bits={{ activations.bits }}
    )


correct = 0
for start in range(0, len(test_x), 1000):
    logits = network(test_x[start : start + 1000], rounded_values).numpy()
    correct += int((logits.argmax(1) == test_y[start : start + 1000]).sum())
print(f"{correct} of {len(test_y)}")
# {% else %}
predictions = model.predict(test_x, batch_size=1000, verbose=0).argmax(1)
print(f"{int((predictions == test_y).sum())} of {len(test_y)}")
# {% endif %}
