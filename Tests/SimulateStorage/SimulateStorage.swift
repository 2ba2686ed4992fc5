import Glibc
import StorageSimulation

/// Runs simulations of long writes, each of some hundred events, for so many seconds or events, and prints what was done:
///
///     simulate-storage [--seed N] [--first N] [--seconds N] [--events N] [--trace]
///
/// `--seed` runs that one alone. Exits with 1 at the first run that goes wrong, after it has printed the shortest list of
/// events that shows it.
@main
struct SimulateStorage {
    private static let eventsOfARun = 300

    static func main() {
        // One seed is to give one trace, in every process.
        if unsafe getenv("SWIFT_DETERMINISTIC_HASHING") == nil {
            unsafe setenv("SWIFT_DETERMINISTIC_HASHING", "1", 1)
            unsafe execv("/proc/self/exe", CommandLine.unsafeArgv)
        }
        let options = CommandLine.arguments
        func number(_ name: String) -> Int? {
            options.firstIndex(of: name).flatMap { $0 + 1 < options.count ? Int(options[$0 + 1]) : nil }
        }
        if let seed = number("--seed") {
            let run = run(UInt64(seed))
            print("seed \(seed): \(run.events) events, \(run.writes) writes, trace \(run.trace)")
            return
        }
        let seconds = number("--seconds") ?? (number("--events") == nil ? 60 : .max)
        let most = number("--events") ?? .max
        let start = time(nil)
        let first = UInt64(number("--first") ?? Int(start) * 1000)
        var (seed, events, writes) = (first, 0, 0)
        var tally: [String: Int] = [:]
        while events < most, time(nil) - start < seconds {
            let run = run(seed)
            if options.contains("--trace") { print("seed \(seed) \(run.trace)") }
            events += run.events
            writes += run.writes
            tally.merge(run.tally, uniquingKeysWith: +)
            seed += 1
        }
        for (what, count) in tally.sorted(by: { $0.key < $1.key }) { print("    \(what): \(count)") }
        print("simulated: seeds \(first) to \(seed - 1), \(events) events, \(writes) writes, nothing wrong")
    }

    private static func run(_ seed: UInt64) -> LongWriteSimulation.Run {
        let run = LongWriteSimulation.run(seed: seed, events: eventsOfARun)
        guard let failure = run.failure else { return run }
        print("VIOLATION: seed \(seed), after \(run.events) events: \(failure.violation)")
        fflush(nil)
        let shortest = LongWriteSimulation.shrink(failure)
        print("\(shortest.events.count) events that show it, in \(shortest.scenario):")
        for event in shortest.events { print("    \(event)") }
        print("they end with: \(shortest.violation)")
        exit(1)
    }
}
