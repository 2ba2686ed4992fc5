/// Runs of a simulated server, from seeds.
package enum Simulation {
    package struct Failure {
        package let violation: String
        package let scenario: Scenario
        package let events: [Event]
    }

    package struct Run {
        package let steps: Int
        package let clients: Int
        package let trace: UInt64
        /// How often what has happened.
        package let tally: [String: Int]
        package let failure: Failure?
    }

    /// Draws events from the seed, so many at most, and lets them happen. One seed always gives one run.
    package static func run(seed: UInt64, steps: Int) -> Run {
        var random = Random(seed: seed)
        let scenario = Scenario(&random)
        let world = World(scenario)
        defer { world.dismantle() }
        var events: [Event] = []
        while events.count < steps, world.violation == nil, !(world.isStopping && world.hasStopped) {
            let event = draw(&random, world)
            if world.apply(event) { events.append(event) }
        }
        if world.violation == nil { world.finish() }
        return Run(
            steps: events.count, clients: world.clientCount, trace: world.trace, tally: world.tally,
            failure: world.violation.map { Failure(violation: $0, scenario: scenario, events: events) })
    }

    /// What these events end with; nil where nothing is wrong.
    package static func violation(of events: some Sequence<Event>, in scenario: Scenario) -> String? {
        let world = World(scenario)
        defer { world.dismantle() }
        for event in events where world.violation == nil { world.apply(event) }
        if world.violation == nil { world.finish() }
        return world.violation
    }

    /// Leaves out events for as long as the same is still wrong, largest parts first.
    package static func shrink(_ failure: Failure) -> Failure {
        func kind(_ violation: String) -> String { violation.filter { !$0.isNumber } }
        var events = failure.events
        var violation = failure.violation
        var part = max(1, events.count / 2)
        while true {
            var start = 0
            var isShorter = false
            while start < events.count {
                let rest = events[..<start] + events[min(start + part, events.count)...]
                if let found = Self.violation(of: rest, in: failure.scenario),
                    kind(found) == kind(violation)
                {
                    events = Array(rest)
                    violation = found
                    isShorter = true
                } else {
                    start += part
                }
            }
            if part == 1, !isShorter { break }
            part = max(1, part / 2)
        }
        return Failure(violation: violation, scenario: failure.scenario, events: events)
    }

    private static func draw(_ random: inout Random, _ world: World) -> Event {
        let scenario = world.scenario
        // Clients that came late are more likely to be alive.
        let count = world.clientCount
        let client = max(0, count - 1 - random.below(min(max(1, count), 12)))
        switch random.below(100) {
        case 0..<4:
            guard count < 60 else { return .time(1 + random.below(40)) }
            return .connect(
                client: count, loop: random.below(scenario.loops), network: random.below(scenario.networks),
                isTLS: scenario.hasTLS && random.once(in: 2))
        case 4..<16:
            return random.once(in: 150)
                ? .flood(client: client, requests: 150) : .request(client: client, RequestPlan(&random))
        case 16..<38:
            return .deliver(
                client: client,
                bytes: random.once(in: 3) ? 200_000 : random.size(upTo: random.once(in: 3) ? 6000 : 1000))
        case 38..<54:
            return .take(client: client, bytes: random.once(in: 3) ? 400_000 : random.size(upTo: 2000))
        case 54..<74: return .turn(loop: random.below(scenario.loops))
        case 74..<84: return .proceed(handler: random.below(1000))
        case 84..<88: return .time(1 + random.below(40))
        case 88: return .time([200, 1000, 5000, 9990, 10_100, 29_900, 31_000, 61_000][random.below(8)])
        case 89:
            return random.once(in: 3)
                ? .finish(client: client) : .shortSend(client: client, bytes: random.size(upTo: 600))
        case 90:
            switch random.below(8) {
            case 0: return .reset(client: client)
            case 1: return .failSend(client: client)
            case 2: return .failReceive(client: client)
            case 3: return .exhaust(1 + random.below(3))
            case 4: return random.once(in: 20) ? .stop : .turn(loop: 0)
            default: return .finish(client: client)
            }
        case 91..<94: return .block(client: client, isReading: random.once(in: 2))
        default: return .unblock(client: client)
        }
    }
}

extension Event {
    /// Deterministic only with SWIFT_DETERMINISTIC_HASHING, or within one process.
    var digest: Int { hashValue }
}
