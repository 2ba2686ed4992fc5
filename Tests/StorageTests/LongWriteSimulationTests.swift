import StorageSimulation
import Testing

/// Some runs of the simulation of long writes; `simulate-storage` makes more, and `check-defects` shows what it finds.
@Suite struct LongWriteSimulationTests {
    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func `whatever goes wrong between steps, each change is complete in the end or taken back`(seed: UInt64) {
        let run = LongWriteSimulation.run(seed: seed, events: 200)
        #expect(run.failure == nil, "\(run.failure?.violation ?? "")")
        #expect(run.writes > 50)
    }

    @Test func `one seed gives one run`() {
        let traces = (0..<2).map { _ in LongWriteSimulation.run(seed: 3, events: 200).trace }
        #expect(traces[0] == traces[1])
    }
}
