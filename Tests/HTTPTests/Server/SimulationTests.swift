import HTTPSimulation
import Testing

/// A few runs of the simulation. `simulate` makes millions of steps (see `.ci/run`), and `Tests/Simulate/check-defects` shows
/// that it finds what is broken on purpose.
struct SimulationTests {
    @Test(arguments: 1...20 as ClosedRange<UInt64>)
    func
        `whatever the order of events, each client gets its own answers and the server lets go of everything`(
            seed: UInt64
        )
    {
        let failure = Simulation.run(seed: seed, steps: 600).failure
        if let failure { Issue.record("\(Simulation.shrink(failure))") }
    }

    @Test func `one seed gives one run, and another one another`() {
        let runs = [7, 7, 8].map { Simulation.run(seed: $0, steps: 600) }
        #expect(runs[0].trace == runs[1].trace)
        #expect(runs[0].tally == runs[1].tally)
        #expect(runs[0].trace != runs[2].trace)
    }

    @Test func `runs try what a connection can meet`() {
        var tally: [String: Int] = [:]
        for seed in 1...60 as ClosedRange<UInt64> {
            tally.merge(Simulation.run(seed: seed, steps: 600).tally, uniquingKeysWith: +)
        }
        let expected = [
            "answers ready", "answers file", "answers prompt", "answers late",
            "bodies handed over", "answers 400", "answers 408", "answers 413", "answers 507", "answers 503",
            "closed",
            "cut off",
        ]
        for what in expected { #expect(tally[what, default: 0] > 0, "\(what)") }
    }
}
