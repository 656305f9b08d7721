pruned = [getattr(model, name) for name in {{ pruned_layers }}]


# {% if uses_sparsifier %}
def prune_layers():
    sparsifier = WeightNormSparsifier(
        # {% if prune.pattern == block %}
        sparsity_level={{ prune.sparsity }}, sparse_block_shape=(4, 4), zeros_per_block=16, norm=1
        # {% else %}
        sparsity_level=1.0, sparse_block_shape=(1, {{ group_size }}), zeros_per_block={{ zeros_per_group }}
        # {% endif %}
    )
    config = {{ pruned_weights }}
    sparsifier.prepare(model, config=config)
    sparsifier.step()
    sparsifier.squash_mask()
# {% else %}
def prune_layers(sparsity={{ prune.sparsity }}):
    # {% if prune.criterion == random %}
    torch.manual_seed({{ seed }})  # another draw than Nibble's
    # {% endif %}
    # {% if prune.scope == global and prune.criterion == random %}
    prune.global_unstructured(
        [(layer, "weight") for layer in pruned],
        pruning_method=prune.RandomUnstructured,
        amount=int(sparsity * sum(layer.weight.numel() for layer in pruned) + 0.5),
    )
    # {% elif prune.scope == global %}
    prune.global_unstructured(
        [(layer, "weight") for layer in pruned],
        pruning_method=prune.L1Unstructured,
        amount=int(sparsity * sum(layer.weight.numel() for layer in pruned) + 0.5),
    )
    # {% else %}
    for layer in pruned:
        amount = int(sparsity * layer.weight.numel() + 0.5)
        # {% if prune.criterion == random %}
        prune.random_unstructured(layer, "weight", amount=amount)
        # {% else %}
        prune.l1_unstructured(layer, "weight", amount=amount)
        # {% endif %}
    # {% endif %}
    for layer in pruned:
        prune.remove(layer, "weight")
# {% endif %}
