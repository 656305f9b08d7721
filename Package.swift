// swift-tools-version: 6.2
import PackageDescription

// Language rules that hold for every Swift target.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

// Targets that hold or inline numerical kernels are compiled for the processor they are built on,
// and are optimised in debug builds too: unoptimised kernels run 100 to 300 times slower, which
// would make `swift test` useless. They share these flags so that code inlined across targets is
// compiled alike. `-fno-math-errno` keeps a SIMD square root one instruction.
#if arch(x86_64)
  let native = ["-Xcc", "-march=native", "-Xcc", "-fno-math-errno"]
#elseif arch(arm64)
  // The compiler goes by the processor's name and takes it for generic where it does not know it. SVE,
  // which a system may have switched off, would gain nothing: the kernels' vectors have a fixed width.
  let native = ["-Xcc", "-mcpu=native+nosve", "-Xcc", "-fno-math-errno"]
#else
  let native = ["-Xcc", "-fno-math-errno"]
#endif
let numerical: [SwiftSetting] =
  strict + [
    .unsafeFlags(native, .when(configuration: .release)),
    .unsafeFlags(["-O"] + native, .when(configuration: .debug)),
  ]

// The lesson parser looks at every byte of every lesson, which takes seconds without optimisation.
let parsing: [SwiftSetting] =
  strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

// Everything of the user interface runs on the main actor unless it says otherwise.
let interface: [SwiftSetting] = strict + [.defaultIsolation(MainActor.self)]

let package = Package(
  name: "nibble",
  products: [.executable(name: "nibble", targets: ["nibble"])],
  targets: [
    // The executable: arguments in, exit status out.
    .executableTarget(name: "nibble", dependencies: ["Commands"], swiftSettings: strict),

    // One file for each sub-command.
    .target(
      name: "Commands",
      dependencies: [
        "BundledContent", "Compression", "Curriculum", "Lab", "NeuralNetwork", "Study",
        "TerminalCanvas", "TerminalDriver", "TutorApp", "CTerminalSupport",
      ],
      swiftSettings: numerical),

    // Screens: state, update, view.
    .target(
      name: "TutorApp",
      dependencies: [
        "Compression", "Curriculum", "Lab", "NeuralNetwork", "Study", "TerminalCanvas",
        "TerminalDriver",
      ],
      swiftSettings: numerical),

    // The middle layers.
    .target(
      name: "Lab", dependencies: ["Compression", "NeuralNetwork"], swiftSettings: numerical),
    .target(name: "Study", dependencies: ["CSQLite"], swiftSettings: strict),
    .target(name: "Curriculum", dependencies: ["CMarkdown"], swiftSettings: parsing),
    .target(name: "TerminalCanvas", swiftSettings: strict),
    .target(
      name: "TerminalDriver", dependencies: ["TerminalCanvas", "CNcurses", "CTerminalSupport"],
      swiftSettings: interface),

    // The engine.
    .target(
      name: "Compression", dependencies: ["NeuralNetwork", "CZlib"], swiftSettings: numerical),
    .target(
      name: "NeuralNetwork", dependencies: ["CKernels", "CZlib", "VectorLanes"],
      swiftSettings: numerical),
    .target(name: "VectorLanes", swiftSettings: numerical),

    // Lessons, data and the trained network, as resources of the package.
    .target(
      name: "BundledContent", resources: [.copy("../../Content")], swiftSettings: strict),

    // C: system libraries and leaves.
    .systemLibrary(name: "CNcurses", providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CMarkdown", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CTerminalSupport"),
    .target(name: "CKernels"),

    // One test target for each module, and the real program in a real terminal.
    .testTarget(
      name: "NeuralNetworkTests", dependencies: ["NeuralNetwork", "VectorLanes"],
      swiftSettings: numerical),
    .testTarget(
      name: "CompressionTests", dependencies: ["Compression", "NeuralNetwork"],
      swiftSettings: numerical),
    .testTarget(
      name: "LabTests", dependencies: ["Lab", "Compression", "NeuralNetwork", "BundledContent"],
      swiftSettings: numerical),
    .testTarget(
      name: "StudyTests", dependencies: ["Study"], resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "CurriculumTests", dependencies: ["Curriculum", "BundledContent"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalCanvasTests", dependencies: ["TerminalCanvas"], swiftSettings: strict),
    .testTarget(
      name: "TerminalDriverTests", dependencies: ["TerminalDriver", "TerminalCanvas"],
      swiftSettings: strict),
    .testTarget(
      name: "BundledContentTests", dependencies: ["BundledContent"], swiftSettings: strict),
    .testTarget(
      name: "TutorAppTests",
      dependencies: [
        "TutorApp", "BundledContent", "Compression", "Curriculum", "Lab", "NeuralNetwork",
        "Study", "TerminalCanvas", "TerminalDriver",
      ],
      swiftSettings: numerical),
    .testTarget(
      name: "CommandsTests",
      dependencies: ["Commands", "BundledContent", "Compression", "Curriculum", "Study"],
      swiftSettings: numerical),
    .testTarget(
      name: "EndToEndTests", dependencies: ["nibble", "Study"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
