import Foundation

/// The folder of lessons, data and models that ships with the package.
package enum BundledContent {
}
