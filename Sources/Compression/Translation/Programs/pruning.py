# {% if prune.pattern == block %}
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
    keep[np.argsort(score, kind="stable")[: int({{ prune.sparsity }} * score.size + 0.5)]] = 0
    masks = np.split(keep, np.cumsum([m.size for m in means])[:-1])
    return [
        k * m.reshape(s.shape).repeat(4, 0).repeat(4, 1)[: k.shape[0], : k.shape[1]]
        for k, m, s in zip(kernels, masks, means)
    ]


def prune(kernels):
    # {% if prune.scope == global %}
    return prune_together(kernels)
    # {% else %}
    return [prune_together([k])[0] for k in kernels]
    # {% endif %}
# {% elif prune.pattern == unstructured %}
# {% if prune.scope == global %}
# All kernels are ranked together, which TFMOT does not do, so the pruning is spelt out.
# {% else %}
# Each kernel is ranked by itself, so the pruning is spelt out.
# {% endif %}
def prune_together(kernels, sparsity):
    # {% if prune.criterion == random %}
    score = np.random.default_rng({{ seed }}).random(sum(k.size for k in kernels))  # not Nibble's draw
    # {% else %}
    score = np.concatenate([np.abs(k).ravel() for k in kernels])
    # {% endif %}
    keep = np.ones(score.size, "float32")
    keep[np.argsort(score, kind="stable")[: int(sparsity * score.size + 0.5)]] = 0
    ends = np.cumsum([k.size for k in kernels])
    return [k * m.reshape(k.shape) for k, m in zip(kernels, np.split(keep, ends[:-1]))]


def prune(kernels, sparsity={{ prune.sparsity }}):
    # {% if prune.scope == global %}
    return prune_together(kernels, sparsity)
    # {% else %}
    return [prune_together([k], sparsity)[0] for k in kernels]
    # {% endif %}
# {% else %}
# Of every {{ group_size }} consecutive inputs of an output {{ kept }} stay; TFMOT does so only while it trains.
def prune_groups(kernel):
    inputs, outputs = kernel.shape
    whole = inputs // {{ group_size }} * {{ group_size }}
    groups = kernel[:whole].T.reshape(outputs, -1, {{ group_size }})
    order = np.argsort(-np.abs(groups), axis=2, kind="stable")
    mask = np.zeros_like(groups)
    np.put_along_axis(mask, order[..., :{{ kept }}], 1, axis=2)
    return np.concatenate([(groups * mask).reshape(outputs, whole).T, kernel[whole:]])


def prune(kernels):
    return [prune_groups(k) for k in kernels]
# {% endif %}

pruned = [model.get_layer(name) for name in {{ pruned_layers }}]


def kernels():
    return [layer.get_weights()[0] for layer in pruned]


def set_kernels(values):
    for layer, kernel in zip(pruned, values):
        layer.set_weights([kernel, layer.get_weights()[1]])
