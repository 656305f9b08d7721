# {% if prune.pattern == filter %}
# Filters of least L1 norm leave, and with them the inputs they fed in dense: spelt out,
# since pruning tools only set them to zero.
kernel = weights["conv2d/kernel"]
# {% else %}
# Neurons of least L1 norm leave, and with them the inputs they fed in dense_1: spelt out,
# since pruning tools only set them to zero.
kernel = weights["dense/kernel"]
# {% endif %}
# {% if prune.criterion == random %}
score = np.random.default_rng({{ seed }}).random(kernel.shape[-1])  # not Nibble's draw
# {% else %}
score = np.abs(kernel).reshape(-1, kernel.shape[-1]).sum(0)
# {% endif %}
removed = min(int({{ prune.sparsity }} * score.size + 0.5), score.size - 1)
kept = np.sort(np.argsort(score, kind="stable")[removed:])
# {% if prune.pattern == filter %}
weights["conv2d/kernel"] = kernel[..., kept]
weights["conv2d/bias"] = weights["conv2d/bias"][kept]
rows = weights["dense/kernel"].reshape(-1, score.size, weights["dense/bias"].size)
weights["dense/kernel"] = rows[:, kept].reshape(-1, weights["dense/bias"].size)
# {% else %}
weights["dense/kernel"] = kernel[..., kept]
weights["dense/bias"] = weights["dense/bias"][kept]
weights["dense_1/kernel"] = weights["dense_1/kernel"][kept]
# {% endif %}
