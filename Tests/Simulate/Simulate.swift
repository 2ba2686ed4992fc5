import Glibc
import HTTPSimulation

/// Runs simulations of the server, each of some hundred steps, for so many seconds or steps, and prints what was done:
///
///     simulate [--seed N] [--seconds N] [--steps N] [--trace]
///
/// `--seed` runs that one alone. Exits with 1 at the first run in which the server does wrong, after it has printed the
/// shortest list of events that shows it.
@main
struct Simulate {
    private static let stepsOfARun = 600

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
        startWatch()
        if let seed = number("--seed") {
            let run = run(UInt64(seed))
            print("seed \(seed): \(run.steps) steps, \(run.clients) connections, trace \(run.trace)")
            return
        }
        let seconds = number("--seconds") ?? (number("--steps") == nil ? 60 : .max)
        let steps = number("--steps") ?? .max
        let start = time(nil)
        let first = UInt64(number("--first") ?? Int(start) * 1000)
        var (seed, done, clients) = (first, 0, 0)
        var tally: [String: Int] = [:]
        while done < steps, time(nil) - start < seconds {
            let run = run(seed)
            if options.contains("--trace") { print("seed \(seed) \(run.trace)") }
            done += run.steps
            clients += run.clients
            tally.merge(run.tally, uniquingKeysWith: +)
            seed += 1
        }
        for (what, count) in tally.sorted(by: { $0.key < $1.key }) { print("    \(what): \(count)") }
        print(
            "simulated: seeds \(first) to \(seed - 1), \(done) steps, \(clients) connections, nothing wrong")
    }

    private static func run(_ seed: UInt64) -> Simulation.Run {
        unsafe Report.context = { "seed \(seed)" }
        let run = Simulation.run(seed: seed, steps: stepsOfARun)
        guard let failure = run.failure else { return run }
        print("VIOLATION: seed \(seed), after \(run.steps) steps: \(failure.violation)")
        fflush(nil)
        let shortest = Simulation.shrink(failure)
        print("\(shortest.events.count) events that show it, in \(shortest.scenario):")
        for event in shortest.events { print("    \(event)") }
        print("they end with: \(shortest.violation)")
        exit(1)
    }

    private static func startWatch() {
        var thread = pthread_t()
        unsafe pthread_create(
            &thread, nil,
            { _ in
                Report.watch()
                return nil
            }, nil)
    }
}
