/// A small lesson in both languages with a worked example and the kinds of items that are answered
/// from memory, by measuring, or with numbers that vary.
enum RecallLesson {
  /// The lesson in English.
  static let english = #"""
    # Recall
    <!-- chapter: recall -->

    What the chapter is about.

    ## Goals
    - Recall what matters.

    ## Worked example

    Ten thousand weights, 90 % of them pruned: $10000 \times (1 - 0.9) = 1000$ stay.

    ```claim
    set: prune.sparsity=0.9
    quantity: sparsity
    atLeast: 0.89
    ```

    ## Questions

    ### Why?
    <!-- question: recall.why; level: mid; asked: often -->

    #### Answer
    Because.

    #### Explanation
    Pruning removes weights. Pruning is cheap.

    #### Key points
    - One.

    #### Common mistake
    None.

    ## Experiments

    ### Look
    <!-- experiment: recall.x.look -->
    Look at it.

    ```experiment
    knobs: weights.bits
    sweep: weights.bits
    ```
    Seen.

    ## Quiz

    ### Pairs
    <!-- item: recall.q.pairs; kind: match -->
    What belongs together?

    ```match
    GPTQ => second order, column by column
    AWQ  => scales $s$ by `activations`
    RTN  => rounds to the nearest
    ```
    Each has its own idea.

    ### Blanks
    <!-- item: recall.q.blanks; kind: cloze -->
    Fill in.

    ```cloze
    After every step the {{mask}} is applied,
    otherwise {{momentum | Adam}} brings *zeros* back: $\frac{{a}}{b}$.

    The {{end}}
    ```
    So it is.

    ### Measured
    <!-- item: recall.q.measured; kind: measured; question: recall.why -->
    How accurate is it?

    ```measured
    set: weights.bits=3 weights.granularity=tensor
    quantity: accuracy
    tolerance: 0.03
    ```
    Look.

    ### Varied
    <!-- item: recall.q.varied; kind: numeric -->
    Of {n} weights the share {s} is pruned. How many bytes are $\frac{x}{ {n} }$?

    ```numeric
    vary: n = 200000, 400000, 692224
    vary: s = 0.8, 0.9, 0.95
    answer: n * (1 - s) * (4 + 2)
    tolerance: 1%
    unit: B
    step: kept weights = n * (1 - s)
    step: bytes = kept × (4 + 2) = n*(1-s)*(4+2)
    ```
    With {n} weights `{n}` is many, {{s}} is not.

    ### Fixed
    <!-- item: recall.q.fixed; kind: numeric -->
    How large is a step of 4 over 255?

    ```numeric
    answer: 0.015686
    formula: 4 / 255
    tolerance: 1%
    ```
    Divide.
    """#

  /// The lesson in Chinese.
  static let chinese = #"""
    # 回忆
    <!-- chapter: recall -->

    本章讲什么。

    ## 目标
    - 记住要点。

    ## 例题

    一万个权重，剪掉 90 %：剩下 $10000 \times (1 - 0.9) = 1000$ 个。

    ```claim
    set: prune.sparsity=0.9
    quantity: sparsity
    atLeast: 0.89
    ```

    ## 问题

    ### 为什么？
    <!-- question: recall.why; level: mid; asked: often -->

    #### 回答
    因为。

    #### 解析
    剪枝去掉权重。剪枝很便宜。

    #### 要点
    - 一条。

    #### 常见误区
    没有。

    ## 实验

    ### 看
    <!-- experiment: recall.x.look -->
    看一看。

    ```experiment
    knobs: weights.bits
    sweep: weights.bits
    ```
    看到了。

    ## 测验

    ### 配对
    <!-- item: recall.q.pairs; kind: match -->
    哪些相配？

    ```match
    GPTQ => 二阶信息，逐列补偿
    AWQ => 按激活缩放
    RTN => 就近舍入
    ```
    各有各的思路。

    ### 填空
    <!-- item: recall.q.blanks; kind: cloze -->
    填空。

    ```cloze
    每步之后都要重新乘上{{掩码|mask}}，
    否则{{动量|momentum}}会把零带
    回来。{{完}}
    ```
    如此。

    ### 实测
    <!-- item: recall.q.measured; kind: measured; question: recall.why -->
    精度是多少？

    ```measured
    set: weights.bits=3 weights.granularity=tensor
    quantity: accuracy
    tolerance: 0.03
    ```
    看。

    ### 变数
    <!-- item: recall.q.varied; kind: numeric -->
    {n} 个权重剪掉 {s}。剩下多少字节？

    ```numeric
    vary: n = 200000, 400000, 692224
    vary: s = 0.8, 0.9, 0.95
    answer: n*(1-s) * (4+2)
    tolerance: 1%
    unit: 字节
    step: 保留的权重 = n * (1 - s)
    step: 字节 = n * (1 - s) * (4 + 2)
    ```
    共 {n} 个。

    ### 定数
    <!-- item: recall.q.fixed; kind: numeric -->
    4 除以 255 是多少？

    ```numeric
    answer: 0.015686
    formula: 4/255
    tolerance: 1%
    ```
    相除。
    """#
}
