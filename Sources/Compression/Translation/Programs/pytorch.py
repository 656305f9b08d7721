# {{ recipe }}
#
# pip install torch==2.13.0 torchao==0.18.0
# pip install numpy safetensors
#
# Arguments: the weights, as `nibble export --out seed.safetensors`
# writes them, and the folder with the four files of Fashion-MNIST.

import gzip
import sys

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file
from torch import nn
# {% if uses_sparsifier %}
from torch.ao.pruning import WeightNormSparsifier
# {% endif %}
# {% if trains_rounded and rounds_weights %}
from torch.nn.utils import parametrize
# {% endif %}
# {% if prunes_weights and not uses_sparsifier %}
from torch.nn.utils import prune
# {% endif %}
# {% if rounds_weights %}
from torchao.quantization.quant_primitives import (
    MappingType,
    choose_qparams_affine,
    dequantize_affine,
    quantize_affine,
)
# {% endif %}

# {% include data %}

# {% if is_structured %}
# {% include channels %}

# {% endif %}
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

# {% if rounds_weights %}
# torchao's primitives with Nibble's grids; its ready-made configurations take Linear layers alone
# and use one code more below zero than above.
@torch.no_grad()
def rounded(weight, bits, size=None, together=False, symmetric=True{{ clipping_parameter }}):
    flat = weight.reshape(1, -1) if together else weight.flatten(1)
    size = min(size or flat.shape[1], flat.shape[1])
    pad = (0, -flat.shape[1] % size)
    rows = F.pad(flat, pad)
    if bits == 1 and symmetric:
        sizes = F.pad(flat, pad, value=torch.nan).unflatten(1, (-1, size)).abs()
        mean = sizes.nanmean(2, keepdim=True).expand(-1, -1, size).flatten(1)
        return (rows.sign() * mean)[:, : flat.shape[1]].reshape(weight.shape)
    # {% if clips_weights %}
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
    # {% endif %}
    kind = MappingType.SYMMETRIC if symmetric else MappingType.ASYMMETRIC
    least, most = (1 - 2 ** (bits - 1), 2 ** (bits - 1) - 1) if symmetric else (0, 2**bits - 1)
    block = (1, size)
    scale, zero = choose_qparams_affine(rows, kind, block, torch.int32, least, most)
    codes = quantize_affine(rows, block, scale, zero, torch.int32, least, most)
    rows = dequantize_affine(codes, block, scale, zero, torch.int32, least, most)
    return rows[:, : flat.shape[1]].reshape(weight.shape)

# {% endif %}
# {% if rounds_activations %}
# The input and the outputs of the layers with ReLU are rounded, on ranges of training images.
ranges = {}


@torch.no_grad()
def calibrate():
    # {% if percentile == None %}
    ranges.clear()

    def watch(site, values):
        ranges[site] = max(ranges.get(site, 0.0), float(values.max()))
        return values

    for x in train_x[:{{ activations.samples }}].split(256):
        model(x, watch)
    # {% else %}
    seen = {}

    def watch(site, values):
        seen.setdefault(site, []).append(values.flatten().numpy())
        return values

    for x in train_x[:{{ activations.samples }}].split(256):
        model(x, watch)
    for site, values in seen.items():
        ranges[site] = float(np.percentile(np.concatenate(values), {{ percentile }}))
    # {% endif %}


def rounded_values(site, values):
    return torch.fake_quantize_per_tensor_affine(values, ranges[site] / {{ levels }}, 0, 0, {{ levels }})

# {% endif %}
# {% if keeps_zeros %}
# {% include torch_pruning %}

# {% if not ramps %}
prune_layers()

# {% endif %}
# {% endif %}
# {% if finetune.epochs != 0 %}
# {% if trains_rounded and rounds_weights %}
# torchao's quantization-aware training swaps Linear layers alone; this takes any kernel.
class Rounded(nn.Module):
    def __init__(self, options):
        super().__init__()
        self.options = options

    def forward(self, weight):
        return weight + (rounded(weight, **self.options) - weight).detach()


rounding = {
    # {% for layers %}
    # {% if is_rounded %}
    "{{ layer }}": dict({{ arguments }}),
    # {% endif %}
    # {% endfor %}
}

# {% endif %}
# {% if keeps_zeros and not ramps %}
masks = [layer.weight != 0 for layer in pruned]
# {% endif %}
# {% if trains_rounded and rounds_weights %}
for name, options in rounding.items():
    parametrize.register_parametrization(getattr(model, name), "weight", Rounded(options))
# {% endif %}
optimizer = torch.optim.Adam(model.parameters(), {{ finetune.rate }})
# {% if seed != 1 %}
torch.manual_seed({{ seed }})  # another draw than Nibble's
# {% endif %}
# {% if ramps and keeps_zeros %}
steps, step = 0.75 * {{ finetune.epochs }} * len(train_x) / 128, 0
# {% endif %}
for epoch in range({{ finetune.epochs }}):
    # {% if trains_rounded and rounds_activations %}
    calibrate()
    # {% endif %}
    for batch in torch.randperm(len(train_x)).split(128):
        # {% if ramps and keeps_zeros %}
        if step % 100 == 0:  # a cubic ramp (Zhu and Gupta 2017)
            left = 1 - min(step / steps, 1)
            prune_layers({{ prune.sparsity }} * (1 - left**3))
            masks = [layer.weight != 0 for layer in pruned]
            optimizer.param_groups[0]["params"] = list(model.parameters())
        step += 1
        # {% endif %}
        # {% if trains_rounded and rounds_activations %}
        loss = F.cross_entropy(model(train_x[batch], rounded_values), train_y[batch])
        # {% else %}
        loss = F.cross_entropy(model(train_x[batch]), train_y[batch])
        # {% endif %}
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        # {% if keeps_zeros %}
        with torch.no_grad():
            for layer, mask in zip(pruned, masks):
                # {% if trains_rounded and rounds_weights %}
                layer.parametrizations.weight.original.mul_(mask)
                # {% else %}
                layer.weight.mul_(mask)
                # {% endif %}
        # {% endif %}
# {% if trains_rounded and rounds_weights %}
for name in rounding:
    parametrize.remove_parametrizations(getattr(model, name), "weight")
# {% endif %}

# {% endif %}
# {% if rounds_weights and not trains_rounded %}
with torch.no_grad():
    for name, options in {
        # {% for layers %}
        # {% if is_rounded %}
        "{{ layer }}": dict({{ arguments }}),
        # {% endif %}
        # {% endfor %}
    }.items():
        layer = getattr(model, name)
        layer.weight.copy_(rounded(layer.weight, **options))

# {% endif %}
# {% if prunes_weights and order == quantize-first %}
# {% include torch_pruning %}

prune_layers()

# {% endif %}
# {% if rounds_activations %}
calibrate()
with torch.no_grad():
    logits = torch.cat([model(x, rounded_values) for x in test_x.split(1000)])
# {% else %}
with torch.no_grad():
    logits = torch.cat([model(x) for x in test_x.split(1000)])
# {% endif %}
print(f"{int((logits.argmax(1) == test_y).sum())} of {len(test_y)}")
