package import Compression
package import Lab

extension LiveLaboratory {
  package func draw(_ pictures: [LabPicture.Request], of recipe: Recipe, generation: Int) {
    guard let (laboratory, runner) = equipment else { return }
    runner.perform(.pictures) { [deliver] isCancelled in
      for request in pictures where !isCancelled() {
        do {
          guard
            let picture = try laboratory.picture(request, of: recipe, isCancelled: isCancelled),
            !isCancelled()
          else { continue }
          deliver(.drawn(picture, generation: generation))
        } catch LabError.cancelled {
          return
        } catch {
          deliver(.refused("\(error)", generation: generation))
        }
      }
    }
  }

  package func weigh(key: String, values: [String], recipe: Recipe, generation: Int) {
    guard let (laboratory, runner) = equipment, let key = Knob.named(key) else { return }
    runner.perform(.crossings) { [deliver] isCancelled in
      for value in values where !isCancelled() {
        var varied = recipe
        // A value that contradicts the recipe has no file.
        guard key.write(&varied, value), (try? varied.checkCombination()) != nil else { continue }
        do {
          let size = try laboratory.size(of: varied, isCancelled: isCancelled)
          if isCancelled() { return }
          deliver(
            .weighed(key: key.name, value: value, bytes: size.bytes, generation: generation))
        } catch {
          return
        }
      }
    }
  }
}
