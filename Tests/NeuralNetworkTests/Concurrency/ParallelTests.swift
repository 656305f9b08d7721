import NeuralNetwork
import Synchronization
import Testing

@Suite struct ParallelTests {
  @Test(arguments: [0, 1, 2, 7, 100], [1, 2, 5])
  func everyIndexComesOnce(_ count: Int, threads: Int) {
    let seen = Mutex<[Int]>([])
    Parallel.forEach(count: count, threads: threads) { index, worker in
      #expect(0..<threads ~= worker)
      seen.withLock { $0.append(index) }
    }
    #expect(seen.withLock { $0.sorted() } == Array(0..<count))
    #expect(Parallel.map(count: count, threads: threads) { $0 * $0 } == (0..<count).map { $0 * $0 })
  }

  @Test func thereIsAProcessor() {
    #expect(Parallel.processorCount >= 1)
  }
}
