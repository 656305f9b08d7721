/// How a weight's place on its grid is chosen.
package enum RoundingMethod: String, Sendable, Hashable, CaseIterable {
  /// The nearest level, half to even.
  case nearest
  /// One of the two neighbouring levels by chance, so that the mean is right (Gupta et al. 2015, "Deep
  /// Learning with Limited Numerical Precision"), drawn by the recipe's seed.
  case stochastic
  /// One of the two neighbouring levels, learnt so that the layer's outputs change least (Nagel et
  /// al. 2020, "Up or Down? Adaptive Rounding for Post-Training Quantization").
  case adaround
  /// The nearest level input after input, where later weights make up for the errors of earlier ones
  /// (Frantar et al. 2022, GPTQ).
  case gptq

  /// Whether calibration images are needed.
  package var isCalibrated: Bool { self == .adaround || self == .gptq }
}

/// Which values a rounded weight may take.
package enum Codebook: String, Sendable, Hashable, CaseIterable {
  /// Levels at equal distances.
  case uniform
  /// The centres that k-means finds, begun at equal distances (Han et al. 2016, Deep Compression).
  case kmeans
  /// The means of equally many weights each.
  case quantile
}
