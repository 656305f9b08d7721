// swift-tools-version: 6.2
import PackageDescription

// Language rules that hold for every Swift target.
let strict: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .treatAllWarnings(as: .error),
]

// Targets that hold numerical kernels, or into which the compiler may inline them, are compiled for
// the processor they are built on. They share these flags so that code inlined across targets is
// compiled alike. `-fno-math-errno` keeps a SIMD square root one instruction.
#if arch(x86_64)
  let processor = ["-Xcc", "-march=native", "-Xcc", "-fno-math-errno"]
#elseif arch(arm64)
  // The compiler goes by the processor's name and takes it for generic where it does not know it. SVE,
  // which a system may have switched off, would gain nothing: the kernels' vectors have a fixed width.
  let processor = ["-Xcc", "-mcpu=native+nosve", "-Xcc", "-fno-math-errno"]
#else
  let processor = ["-Xcc", "-fno-math-errno"]
#endif
let native: [SwiftSetting] = strict + [.unsafeFlags(processor)]

// Kernels are optimised in debug builds too: unoptimised they run 100 to 300 times slower, which
// would make `swift test` useless. Everything else stays quick to build and easy to debug.
let kernels: [SwiftSetting] = native + [.unsafeFlags(["-O"], .when(configuration: .debug))]

// Everything of the user interface runs on the main actor unless it says otherwise.
let interface: [SwiftSetting] = strict + [.defaultIsolation(MainActor.self)]

// The templates of the Python programs that recipes are translated to.
let programs = ["keras", "pytorch", "data", "channels", "pruning", "torch_pruning"]

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
        "BundledContent", "Compression", "Curriculum", "Lab", "Localization", "NeuralNetwork",
        "Presentation", "RandomNumbers", "Study", "TerminalCanvas", "TerminalDriver", "TutorApp",
        "CTerminalSupport",
      ],
      swiftSettings: native),

    // Screens: state, update, view.
    .target(
      name: "TutorApp",
      dependencies: [
        "Compression", "Curriculum", "Lab", "Localization", "NeuralNetwork", "Presentation",
        "Study", "TerminalCanvas", "TerminalDriver",
      ],
      swiftSettings: native),

    // Lessons, quizzes, reports, numbers and dates as text, for screens and for pipes.
    .target(
      name: "Presentation",
      dependencies: ["Curriculum", "Lab", "Localization", "Study", "TerminalCanvas"],
      swiftSettings: native),

    // The middle layers.
    .target(
      name: "Lab", dependencies: ["Compression", "Localization", "NeuralNetwork", "RandomNumbers"],
      swiftSettings: native),
    .target(
      name: "Study", dependencies: ["CSQLite", "Localization", "RandomNumbers"],
      swiftSettings: strict),
    .target(
      name: "Curriculum", dependencies: ["CMarkdown", "Localization", "RandomNumbers"],
      swiftSettings: strict),
    .target(name: "TerminalCanvas", dependencies: ["Localization"], swiftSettings: strict),
    .target(
      name: "TerminalDriver", dependencies: ["TerminalCanvas", "CNcurses", "CTerminalSupport"],
      swiftSettings: interface),

    // The engine.
    .target(
      name: "Compression",
      dependencies: ["Localization", "NeuralNetwork", "RandomNumbers", "VectorLanes", "CZlib"],
      resources: programs.map { .embedInCode("Translation/Programs/\($0).py") },
      swiftSettings: kernels),
    .target(
      name: "NeuralNetwork",
      dependencies: ["CKernels", "CZlib", "Localization", "RandomNumbers", "VectorLanes"],
      swiftSettings: kernels),
    .target(name: "VectorLanes", swiftSettings: kernels),

    // The one generator of random numbers. Everybody may import it.
    .target(name: "RandomNumbers", swiftSettings: kernels),

    // Languages, and texts and numbers in every language. Everybody may import it.
    .target(name: "Localization", dependencies: ["BundledContent"], swiftSettings: strict),

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

    // One test target for each module, the plan of the layers, and the real program in a terminal.
    .testTarget(
      name: "NeuralNetworkTests", dependencies: ["NeuralNetwork", "VectorLanes", "RandomNumbers"],
      swiftSettings: native),
    .testTarget(
      name: "CompressionTests",
      dependencies: ["Compression", "Localization", "NeuralNetwork", "RandomNumbers"],
      swiftSettings: native),
    .testTarget(
      name: "LabTests",
      dependencies: [
        "Lab", "BundledContent", "Compression", "Localization", "NeuralNetwork", "RandomNumbers",
      ],
      swiftSettings: native),
    .testTarget(
      name: "RandomNumbersTests", dependencies: ["RandomNumbers"], swiftSettings: strict),
    .testTarget(
      name: "StudyTests", dependencies: ["Study", "Localization", "RandomNumbers"],
      resources: [.copy("Fixtures")],
      swiftSettings: strict),
    .testTarget(
      name: "CurriculumTests",
      dependencies: ["Curriculum", "BundledContent", "Localization", "RandomNumbers"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalCanvasTests",
      dependencies: ["TerminalCanvas", "Localization", "RandomNumbers"],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalDriverTests",
      dependencies: ["TerminalDriver", "TerminalCanvas", "RandomNumbers"],
      swiftSettings: strict),
    .testTarget(
      name: "BundledContentTests", dependencies: ["BundledContent"], swiftSettings: strict),
    .testTarget(
      name: "LocalizationTests", dependencies: ["Localization", "BundledContent"],
      swiftSettings: strict),
    .testTarget(
      name: "PresentationTests",
      dependencies: [
        "Presentation", "BundledContent", "Curriculum", "Lab", "Localization", "RandomNumbers",
        "Study", "TerminalCanvas",
      ],
      swiftSettings: native),
    .testTarget(
      name: "TutorAppTests",
      dependencies: [
        "TutorApp", "BundledContent", "Compression", "Curriculum", "Lab", "Localization",
        "NeuralNetwork", "Presentation", "RandomNumbers", "Study", "TerminalCanvas",
        "TerminalDriver",
      ],
      exclude: ["Fixtures", "__Snapshots__"], swiftSettings: native),
    .testTarget(
      name: "CommandsTests",
      dependencies: [
        "Commands", "BundledContent", "Compression", "Curriculum", "Localization",
        "Presentation", "Study",
      ],
      swiftSettings: native),
    .testTarget(name: "LayeringTests", swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["nibble", "Study", "RandomNumbers"],
      swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
