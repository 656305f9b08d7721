/// A small lesson in both languages that uses every construct of the format once.
enum SampleLesson {
  /// The lesson in English.
  static let english = #"""
    # Sample principles
    <!-- chapter: sample -->

    What the chapter is about, with `code` and **strong** words.

    ## Goals
    - Compute a scale by hand.
    - Explain $s = \frac{a}{b}$ aloud.

    ## Questions

    ### What is a *scale*?
    <!-- question: sample.scale; level: junior; asked: constantly; experiment: sample.bits -->

    #### Answer
    A scale is the step between two codes: $s = \frac{\max|w|}{2^{b-1}-1}$.

    #### Explanation
    Two ways to see it:

    1. as a ruler,
    2. as a divisor.

    ```math
    q = \text{round}\left(\frac{w}{s}\right)
    ```

    | bits | levels |
    | --: | :-- |
    | 8 | 255 |
    | 2 | 3 |

    ```python
    scale = max(abs(w)) / 127
    ```

    ```claim
    set: weights.bits=8 weights.granularity=tensor
    quantity: accuracy
    atLeast: 0.88
    ```

    #### Key points
    - It is the size of one step.
    - It comes from the range.

    #### Common mistake
    To say that it is the number of bits.

    #### Follow-up
    What if the range has an outlier? (Clip it.)

    ### Why round?
    <!-- question: sample.round; level: senior; asked: rarely -->

    #### Answer
    Because codes are whole numbers.

    #### Explanation
    The error is at most half a step.

    #### Key points
    - Whole numbers.

    #### Common mistake
    To truncate.

    ## Experiments

    ### Slide the bit-width
    <!-- experiment: sample.bits -->
    Move the slider and watch the accuracy.

    ```experiment
    set: weights.granularity=tensor weights.bits=8
    knobs: weights.bits weights.granularity
    sweep: weights.bits
    layer: dense/kernel
    predict: weights.bits=2
    ```
    Two bits lose nearly everything.

    ```claim
    set: weights.bits=2 weights.granularity=tensor
    quantity: sqnr@dense/kernel
    value: 1.5
    tolerance: 0.25
    ```

    ## Quiz

    ### Bytes
    <!-- item: sample.q.bytes; kind: choice; question: sample.scale -->
    How much smaller is int8 than float32?

    - [ ] 2×

      That is float16.
    - [x] 4×
    - [ ] 8×

    One byte takes the place of four.

    ### Properties
    <!-- item: sample.q.properties; kind: multiple -->
    Which are true?

    - [x] Rounding loses information.
    - [ ] Rounding is free of error.
    - [x] The step is the scale.

    The second denies the first.

    ### Compute
    <!-- item: sample.q.step; kind: numeric; question: sample.scale -->
    The range is 4 and there are 255 steps. How large is one?

    ```numeric
    answer: 0.015686
    tolerance: 1%
    unit: V
    ```
    Divide 4 by 255.

    ### Pipeline
    <!-- item: sample.q.pipeline; kind: order -->
    Put the steps in order.

    ```order
    1: Train the model
    2: Prune it to $s = 0.5$
    3: Quantize it
    ```
    Training comes first.

    ### Bug
    <!-- item: sample.q.bug; kind: spot -->
    Which line is wrong?

    ```python
    s = w.max() / 127
    q = (w / s).round()
    ```

    ```spot
    line: 1
    ```
    The absolute value is missing.
    """#

  /// The lesson in Chinese.
  static let chinese = #"""
    # 示例原理
    <!-- chapter: sample -->

    本章讲什么，含 `code` 与 **重点** 词。

    ## 目标
    - 手算缩放因子。
    - 讲清 $s = \frac{a}{b}$。

    ## 问题

    ### 什么是*缩放因子*？
    <!-- question: sample.scale; level: junior; asked: constantly; experiment: sample.bits -->

    #### 回答
    缩放因子是相邻两个编码之间的步长：$s = \frac{\max|w|}{2^{b-1}-1}$。

    #### 解析
    有两种看法：

    1. 一把尺子，
    2. 一个除数。

    ```math
    q = \text{round}\left(\frac{w}{s}\right)
    ```

    | 位宽 | 级数 |
    | --: | :-- |
    | 8 | 255 |
    | 2 | 3 |

    ```python
    scale = max(abs(w)) / 127
    ```

    ```claim
    set: weights.bits=8 weights.granularity=tensor
    quantity: accuracy
    atLeast: 0.88
    ```

    #### 要点
    - 它是一步的大小。
    - 它来自取值范围。

    #### 常见误区
    说它就是位数。

    #### 追问
    有离群值怎么办？（截断。）

    ### 为什么要舍入？
    <!-- question: sample.round; level: senior; asked: rarely -->

    #### 回答
    因为编码是整数。

    #### 解析
    误差不超过半步。

    #### 要点
    - 整数。

    #### 常见误区
    直接截尾。

    ## 实验

    ### 滑动位宽
    <!-- experiment: sample.bits -->
    拖动滑块，看准确率。

    ```experiment
    set: weights.granularity=tensor weights.bits=8
    knobs: weights.bits weights.granularity
    sweep: weights.bits
    layer: dense/kernel
    predict: weights.bits=2
    ```
    两位几乎全丢。

    ```claim
    set: weights.bits=2 weights.granularity=tensor
    quantity: sqnr@dense/kernel
    value: 1.5
    tolerance: 0.25
    ```

    ## 测验

    ### 字节
    <!-- item: sample.q.bytes; kind: choice; question: sample.scale -->
    int8 比 float32 小多少？

    - [ ] 2×

      那是 float16。
    - [x] 4×
    - [ ] 8×

    一个字节代替四个。

    ### 性质
    <!-- item: sample.q.properties; kind: multiple -->
    哪些是对的？

    - [x] 舍入会丢失信息。
    - [ ] 舍入没有误差。
    - [x] 步长就是缩放因子。

    第二条与第一条矛盾。

    ### 计算
    <!-- item: sample.q.step; kind: numeric; question: sample.scale -->
    范围是 4，共 255 步，一步多大？

    ```numeric
    answer: 0.015686
    tolerance: 1%
    unit: 伏
    ```
    4 除以 255。

    ### 流程
    <!-- item: sample.q.pipeline; kind: order -->
    排出顺序。

    ```order
    1: 训练模型
    2: 剪枝到 $s = 0.5$
    3: 量化
    ```
    先训练。

    ### 错误
    <!-- item: sample.q.bug; kind: spot -->
    哪一行错了？

    ```python
    s = w.max() / 127
    q = (w / s).round()
    ```

    ```spot
    line: 1
    ```
    缺了绝对值。
    """#
}
