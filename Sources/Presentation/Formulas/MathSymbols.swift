/// The signs that TeX's commands stand for.
enum MathSymbols {
  /// Letters and other signs that behave like a letter.
  static let letters: [String: String] = [
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "varepsilon": "ε",
    "zeta": "ζ", "eta": "η", "theta": "θ", "vartheta": "ϑ", "iota": "ι", "kappa": "κ",
    "lambda": "λ", "mu": "μ", "nu": "ν", "xi": "ξ", "omicron": "ο", "pi": "π", "rho": "ρ",
    "sigma": "σ", "varsigma": "ς", "tau": "τ", "upsilon": "υ", "phi": "φ", "varphi": "φ",
    "chi": "χ", "psi": "ψ", "omega": "ω", "Gamma": "Γ", "Delta": "Δ", "Theta": "Θ",
    "Lambda": "Λ", "Xi": "Ξ", "Pi": "Π", "Sigma": "Σ", "Upsilon": "Υ", "Phi": "Φ", "Psi": "Ψ",
    "Omega": "Ω", "infty": "∞", "partial": "∂", "nabla": "∇", "ell": "ℓ", "ldots": "…",
    "dots": "…", "cdots": "⋯", "vdots": "⋮", "emptyset": "∅", "varnothing": "∅", "forall": "∀",
    "exists": "∃", "top": "⊤", "bot": "⊥", "prime": "′", "dagger": "†", "neg": "¬", "lnot": "¬",
    "degree": "°", "hbar": "ℏ", "Re": "ℜ", "Im": "ℑ", "%": "%", "$": "$", "#": "#", "&": "&",
    "_": "_",
  ]

  /// Signs that stand between two things, with a space on each side.
  static let operators: [String: String] = [
    "le": "≤", "leq": "≤", "leqslant": "≤", "ge": "≥", "geq": "≥", "geqslant": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "equiv": "≡", "sim": "∼", "simeq": "≃", "propto": "∝", "ll": "≪",
    "gg": "≫", "lt": "<", "gt": ">", "times": "×", "cdot": "·", "div": "÷", "pm": "±",
    "mp": "∓", "to": "→", "rightarrow": "→", "leftarrow": "←", "gets": "←", "Rightarrow": "⇒",
    "implies": "⇒", "Leftarrow": "⇐", "iff": "⇔", "Leftrightarrow": "⇔", "leftrightarrow": "↔",
    "mapsto": "↦", "in": "∈", "notin": "∉", "ni": "∋", "subset": "⊂", "subseteq": "⊆",
    "supset": "⊃", "cup": "∪", "cap": "∩", "setminus": "∖", "land": "∧", "wedge": "∧",
    "lor": "∨", "vee": "∨", "oplus": "⊕", "ominus": "⊖", "otimes": "⊗", "odot": "⊙",
    "ast": "∗", "star": "⋆", "circ": "∘", "bullet": "•", "coloneqq": "≔", "mid": "|",
    "parallel": "∥", "bmod": "mod",
  ]

  /// Operators that take limits and stand before what they work on.
  static let largeOperators: [String: String] = [
    "sum": "∑", "prod": "∏", "int": "∫", "bigcup": "⋃", "bigcap": "⋂",
  ]

  /// Names of functions that are written as they stand.
  static let functions: Set<String> = [
    "max", "min", "log", "exp", "ln", "lg", "sin", "cos", "tan", "tanh", "sinh", "cosh", "arg",
    "sup", "inf", "lim", "det", "dim", "gcd", "Pr", "ker", "deg", "argmax", "argmin",
  ]

  /// Opening brackets.
  static let opening: [String: String] = [
    "lfloor": "⌊", "lceil": "⌈", "langle": "⟨", "{": "{", "lbrace": "{", "lbrack": "[",
  ]

  /// Closing brackets.
  static let closing: [String: String] = [
    "rfloor": "⌋", "rceil": "⌉", "rangle": "⟩", "}": "}", "rbrace": "}", "rbrack": "]",
  ]

  /// Bars, which open and close alike.
  static let bars: [String: String] = [
    "|": "‖", "vert": "|", "lvert": "|", "rvert": "|", "Vert": "‖", "lVert": "‖", "rVert": "‖",
  ]

  /// Combining marks that stand over one letter.
  static let accents: [String: Unicode.Scalar] = [
    "hat": "\u{302}", "widehat": "\u{302}", "bar": "\u{304}", "overline": "\u{305}",
    "tilde": "\u{303}", "widetilde": "\u{303}", "dot": "\u{307}", "ddot": "\u{308}",
    "vec": "\u{20D7}",
  ]

  /// Letters with a double stroke.
  static let doubleStruck: [Character: Character] = [
    "R": "ℝ", "N": "ℕ", "Z": "ℤ", "Q": "ℚ", "C": "ℂ", "P": "ℙ", "E": "𝔼", "1": "𝟙",
  ]

  /// Commands that change the look of their argument only.
  static let fonts: Set<String> = [
    "mathrm", "mathbf", "mathit", "mathsf", "mathtt", "mathcal", "boldsymbol", "bm",
    "mathnormal", "underbrace", "overbrace", "boxed", "phantom",
  ]

  /// Commands whose argument is text with meaningful spaces.
  static let texts: Set<String> = ["text", "textbf", "textit", "textrm", "texttt", "mbox"]

  /// Commands that are a space.
  static let spaces: Set<String> = [",", ";", ":", " ", ">", "quad", "qquad", "space", "enspace"]

  /// Commands that show nothing.
  static let silent: Set<String> = [
    "!", "limits", "nolimits", "displaystyle", "textstyle", "scriptstyle", "middle", "big",
    "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr", "nonumber",
  ]

  /// The raised form of characters that have one.
  static let superscripts = table(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′*∗∘°",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′**°°")

  /// The lowered form of characters that have one.
  static let subscripts = table(
    "0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ")

  private static func table(_ from: String, _ to: String) -> [Character: Character] {
    Dictionary(zip(from, to)) { first, _ in first }
  }
}
