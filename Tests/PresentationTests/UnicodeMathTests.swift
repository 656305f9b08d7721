import Presentation
import RandomNumbers
import Testing

/// TeX formulas on one line of Unicode.
@Suite struct UnicodeMathTests {
  @Test(arguments: [
    ("", ""), ("x", "x"), ("a+b", "a + b"), ("a - b", "a − b"), ("-a", "−a"), ("(-a)", "(−a)"),
    ("x = -1", "x = −1"), ("f(x, y)", "f(x, y)"), ("a,b", "a, b"), ("3.14", "3.14"),
    ("x^2", "x²"), ("x_i", "xᵢ"), ("x_i^2", "xᵢ²"), ("2^{b-1}-1", "2ᵇ⁻¹ − 1"), ("x^{10}", "x¹⁰"),
    ("w_{ij}", "wᵢⱼ"), ("s_w", "s_w"), ("s_w x_q", "s_w x_q"), ("s_ws_x", "s_w sₓ"),
    ("s_{wx}", "s_(wx)"), ("e^{-x/T}", "e^(−x/T)"), ("A^\\top", "Aᵀ"), ("A^T", "Aᵀ"),
    ("f'(x)", "f′(x)"),
    ("q_{\\max}", "qₘₐₓ"), ("q_{\\text{min}}", "qₘᵢₙ"), ("x_{i+1}", "xᵢ₊₁"), ("w^*", "w*"),
    ("90^\\circ", "90°"),
    ("\\frac{1}{2}", "1/2"), ("\\frac12", "1/2"), ("\\frac{a+b}{c}", "(a + b)/c"),
    ("\\frac{a}{b+c}", "a/(b + c)"), ("\\frac{a b}{c}", "ab/c"), ("\\frac{w}{s}x", "(w/s)x"),
    ("2\\frac{a}{b}", "2(a/b)"), ("\\frac{a}{b} + c", "a/b + c"),
    ("\\frac{\\frac{a}{b}}{c}", "a/b/c"),
    ("\\frac{a}{\\frac{b}{c}}", "a/(b/c)"), ("\\left(\\frac{a}{b}\\right)^2", "(a/b)²"),
    ("\\frac{a}{b}^2", "(a/b)²"), ("\\frac{\\max|w|}{2^{b-1}-1}", "max|w|/(2ᵇ⁻¹ − 1)"),
    ("\\frac{|a-b|}{c}", "|a − b|/c"), ("\\frac{f(a+b)}{c}", "f(a + b)/c"),
    ("\\sqrt{2}", "√2"), ("\\sqrt{x+1}", "√(x + 1)"), ("\\sqrt[3]{x}", "³√x"),
    ("\\sqrt{12}", "√12"),
    ("\\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿ xᵢ"), ("\\prod_i p_i", "∏ᵢ pᵢ"), ("\\sum x", "∑ x"),
    ("\\frac{1}{n}\\sum_i x_i", "1/n ∑ᵢ xᵢ"), ("\\sum_{i \\in S} x", "∑_(i∈S) x"),
    ("\\lfloor x \\rfloor", "⌊x⌋"), ("\\left\\lceil \\frac{a}{b} \\right\\rceil", "⌈a/b⌉"),
    ("a \\le b \\ge c \\ne d \\approx e", "a ≤ b ≥ c ≠ d ≈ e"),
    ("a \\times b \\cdot c", "a × b · c"),
    ("\\pm 1", "±1"), ("x \\pm 1", "x ± 1"), ("\\infty", "∞"), ("x \\to \\infty", "x → ∞"),
    ("x \\in \\mathbb{R}", "x ∈ ℝ"), ("\\frac{\\partial L}{\\partial w}", "∂L/∂w"),
    ("\\nabla f", "∇f"), ("m \\odot w", "m ⊙ w"), ("1, \\ldots, n", "1, …, n"),
    ("\\alpha\\beta\\Delta", "αβΔ"), ("\\sigma^2", "σ²"),
    ("\\text{round}(x)", "round(x)"), ("x \\text{ if } y", "x if y"),
    ("\\text{a_b 10\\%}", "a_b 10%"),
    ("\\operatorname{clip}(x, a, b)", "clip(x, a, b)"), ("\\operatorname{sign}(w)", "sign(w)"),
    ("\\mathrm{MSE}", "MSE"), ("\\hat{x}", "x\u{302}"), ("\\bar w", "w\u{304}"),
    ("\\hat{ab}", "hat(ab)"),
    ("\\overline{ab}", "a\u{305}b\u{305}"),
    ("\\left( x \\right)", "(x)"), ("\\left| x \\right|", "|x|"), ("\\left\\{ a \\right.", "{a"),
    ("\\max(a, b)", "max(a, b)"), ("\\max_i x_i", "maxᵢ xᵢ"), ("\\log x", "log x"),
    ("\\log_2 \\frac{a}{b}", "log₂(a/b)"),
    ("\\frac{a}{2{,}048}", "a/2,048"),
    ("\\log_2 N", "log₂ N"),
    ("2\\log x", "2 log x"), ("\\exp(-x)", "exp(−x)"), ("a\\,b\\;c\\quad d", "a b c d"),
    ("a\\!b", "ab"),
    ("a~b", "a b"), ("\\|x\\|_2", "‖x‖₂"), ("\\lVert x \\rVert", "‖x‖"),
    ("\\unknown", "unknown"), ("\\unknown{x}", "unknown x"), ("\\{a, b\\}", "{a, b}"),
    ("50\\%", "50%"), ("a \\\\ b", "a; b"), ("\\begin{cases} a \\end{cases}", "a"),
    (
      "q = \\text{clamp}\\left(\\left\\lfloor \\frac{x}{s} \\right\\rceil + z,\\, 0,\\, 255\\right)",
      "q = clamp(⌊x/s⌉ + z, 0, 255)"
    ),
    ("量化 = x", "量化 = x"), ("a\nb", "ab"),
    // Broken input gives something, too.
    ("{a", "a"), ("a}b", "ab"), ("\\frac{a}", "a/"), ("x^", "x"), ("^2", "²"), ("\\", ""),
    ("\\sqrt", "√"),
    ("\\left", ""), ("x_", "x"), ("\\text", ""), ("\\text{a", "a"), ("x^^2", "x²"), ("\\frac", "/"),
  ])
  func formulasBecomeOneReadableLine(tex: String, expected: String) {
    #expect(UnicodeMath.render(tex) == expected)
  }

  @Test func deepNestingIsCutAndNotFollowed() {
    let deep = String(repeating: "\\frac{", count: 10_000) + "x"
    #expect(UnicodeMath.render(deep).count < 200)
    let braces = String(repeating: "{", count: 100_000)
    #expect(UnicodeMath.render(braces).count <= 1)
    #expect(UnicodeMath.render(String(repeating: "x^", count: 50_000)).first == "x")
    #expect(UnicodeMath.render(String(repeating: "\\sqrt ", count: 50_000)).first == "√")
  }

  @Test(arguments: 0..<8)
  func mutatedFormulasNeverCrash(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let sample = Array(
      "q_{\\max} = \\left\\lfloor \\frac{\\sum_{i=1}^n |w_i|}{\\sqrt[3]{2^{b-1}-1}} \\right\\rceil + \\text{z} \\hat{x}"
        .utf8)
    for _ in 0..<250 {
      let text = String(decoding: Self.mutated(sample, &random), as: UTF8.self)
      let rendered = UnicodeMath.render(text)
      #expect(!rendered.contains("\n"))
      #expect(rendered.count < 20 * (text.count + 10))
    }
  }

  /// A formula with a few bytes changed, removed, or replaced by what upsets a reader.
  private static func mutated(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
    var result = bytes
    for _ in 0..<Int.random(in: 1...6, using: &random) {
      let place = Int.random(in: 0..<result.count, using: &random)
      let pieces = ["{", "}", "^", "_", "\\frac", "\\left", "\\", "$", "\u{202E}", "量", ""]
      let piece = pieces[Int.random(in: 0..<pieces.count, using: &random)]
      result.replaceSubrange(
        place...place,
        with: piece.isEmpty ? [UInt8.random(in: 0...255, using: &random)] : Array(piece.utf8))
    }
    return result
  }
}
