// The colours keep a contrast of at least 4.5 to 1 against their background (WCAG 2, level AA).
// Series are blue, orange and purple, and good against bad is teal against red: pairs that remain
// apart with the common kinds of colour blindness (Okabe and Ito, "Color Universal Design", 2008).
extension Theme {
  /// For terminals with a dark background.
  package static let dark = Theme(
    name: "dark", usesColors: true,
    looks: [
      .text: Look(),
      .muted: Look(Ink(247, basic: 7)),
      .heading: Look(Ink(223, basic: 3), bold: true),
      .accent: Look(Ink(80, basic: 6), bold: true),
      .link: Look(Ink(111, basic: 6), underline: true),
      .code: Look(Ink(180, basic: 3)),
      .codeKeyword: Look(Ink(176, basic: 5)),
      .codeString: Look(Ink(150, basic: 2)),
      .codeComment: Look(Ink(246, basic: 7), italic: true),
      .codeNumber: Look(Ink(216, basic: 6)),
      .good: Look(Ink(79, basic: 2)),
      .warning: Look(Ink(221, basic: 3)),
      .bad: Look(Ink(210, basic: 1), bold: true),
      .border: Look(Ink(245, basic: 7)),
      .selection: Look(Ink(231, basic: 7), on: Ink(24, basic: 4), bold: true),
      .bar: Look(Ink(253, basic: 0), on: Ink(238, basic: 7)),
      .barKey: Look(Ink(222, basic: 0), on: Ink(238, basic: 7), bold: true),
      .series1: Look(Ink(75, basic: 6)),
      .series2: Look(Ink(214, basic: 3)),
      .series3: Look(Ink(176, basic: 5)),
      .grid: Look(Ink(245, basic: 7)),
    ])

  /// For terminals with a light background.
  package static let light = Theme(
    name: "light", usesColors: true,
    looks: [
      .text: Look(),
      .muted: Look(Ink(240, basic: 0)),
      .heading: Look(Ink(52, basic: 4), bold: true),
      .accent: Look(Ink(24, basic: 4), bold: true),
      .link: Look(Ink(25, basic: 4), underline: true),
      .code: Look(Ink(94, basic: 5)),
      .codeKeyword: Look(Ink(90, basic: 5)),
      .codeString: Look(Ink(22, basic: 2)),
      .codeComment: Look(Ink(241, basic: 0), italic: true),
      .codeNumber: Look(Ink(88, basic: 1)),
      .good: Look(Ink(23, basic: 6)),
      .warning: Look(Ink(94, basic: 5)),
      .bad: Look(Ink(124, basic: 1), bold: true),
      .border: Look(Ink(241, basic: 0)),
      .selection: Look(Ink(231, basic: 7), on: Ink(24, basic: 4), bold: true),
      .bar: Look(Ink(234, basic: 7), on: Ink(252, basic: 4)),
      .barKey: Look(Ink(52, basic: 7), on: Ink(252, basic: 4), bold: true),
      .series1: Look(Ink(25, basic: 4)),
      .series2: Look(Ink(94, basic: 1)),
      .series3: Look(Ink(90, basic: 5)),
      .grid: Look(Ink(241, basic: 0)),
    ])

  /// Without colours: for `NO_COLOR`, paper terminals and readers who prefer it.
  package static let mono = Theme(
    name: "mono", usesColors: false,
    looks: [
      .heading: Look(bold: true),
      .accent: Look(bold: true),
      .link: Look(underline: true),
      .codeKeyword: Look(bold: true),
      .codeComment: Look(italic: true),
      .good: Look(bold: true),
      .warning: Look(underline: true),
      .bad: Look(bold: true, underline: true),
      .selection: Look(reverse: true),
      .bar: Look(reverse: true),
      .barKey: Look(bold: true, reverse: true),
      .series1: Look(bold: true),
    ])
}
