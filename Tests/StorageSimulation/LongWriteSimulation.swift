/// Runs of several users' long writes, from seeds: chosen step by step, with everything that can go wrong between the steps.
package enum LongWriteSimulation {
    package struct Failure: Sendable {
        package let violation: String
        package let scenario: Scenario
        package let events: [Event]
    }

    package struct Run: Sendable {
        package let events: Int
        /// Steps of long writes, and other writes.
        package let writes: Int
        /// The same for the same seed.
        package let trace: UInt64
        /// How often what has happened.
        package let tally: [String: Int]
        package let failure: Failure?
    }

    /// Draws so many events from the seed and lets them happen, then everything come to its end. One seed always gives one
    /// run.
    package static func run(seed: UInt64, events count: Int) -> Run {
        var random = Random(seed: seed)
        let scenario = Scenario(&random)
        let world = World(scenario)
        var events: [Event] = []
        while events.count < count, world.violation == nil {
            let event = draw(&random, scenario)
            if world.apply(event) { events.append(event) }
        }
        world.finish()
        return Run(
            events: events.count, writes: world.writes, trace: world.trace, tally: world.tally,
            failure: world.violation.map { Failure(violation: $0, scenario: scenario, events: events) })
    }

    /// What these events end with; nil where nothing is wrong.
    private static func violation(of events: some Sequence<Event>, in scenario: Scenario) -> String? {
        let world = World(scenario)
        for event in events where world.violation == nil { _ = world.apply(event) }
        world.finish()
        return world.violation
    }

    /// Leaves out events for as long as the same is still wrong, largest parts first.
    package static func shrink(_ failure: Failure) -> Failure {
        func kind(_ violation: String) -> String { violation.filter { !$0.isNumber } }
        var (events, violation) = (failure.events, failure.violation)
        var part = max(1, events.count / 2)
        while true {
            var (start, isShorter) = (0, false)
            while start < events.count {
                let rest = events[..<start] + events[min(start + part, events.count)...]
                if let found = Self.violation(of: rest, in: failure.scenario), kind(found) == kind(violation)
                {
                    (events, violation, isShorter) = (Array(rest), found, true)
                } else {
                    start += part
                }
            }
            if part == 1, !isShorter { break }
            part = max(1, part / 2)
        }
        return Failure(violation: violation, scenario: failure.scenario, events: events)
    }

    private static func draw(_ random: inout Random, _ scenario: Scenario) -> Event {
        let (copy, owner) = (random.below(scenario.copies), random.below(scenario.owners))
        switch random.below(100) {
        case 0..<42: return .write(copy: copy, count: 1 + (random.once(in: 3) ? random.below(6) : 0))
        case 42..<46:
            return .bulk(
                copy: copy, owner: owner, action: random.below(9), every: 1 + random.below(4),
                category: random.below(7))
        case 46, 47: return .undoBulk(copy: copy, owner: owner)
        case 48:
            return .repeating(copy: copy, owner: owner, days: random.below(60), category: random.below(7))
        case 49, 50: return .record(copy: copy, owner: owner, days: random.below(20))
        case 51, 52:
            return .edit(
                copy: copy, owner: owner, expense: random.below(1000), category: random.below(7))
        case 53..<60:
            return .insert(
                copy: copy, owner: owner, category: random.below(7), amount: 1 + random.below(99_999))
        case 60..<65: return .delete(copy: copy, owner: owner, expense: random.below(1000))
        case 65..<67: return .restore(copy: copy, owner: owner, expense: random.below(1000))
        case 67..<74:
            let rows = 1 + (random.once(in: 3) ? random.below(150) : random.below(20))
            return .importFile(copy: copy, owner: owner, rows: rows, category: random.below(7))
        case 74..<79: return .undo(copy: copy, owner: owner, file: random.below(100))
        case 79..<84: return .merge(copy: copy, owner: owner, from: random.below(7), into: random.below(7))
        case 84: return random.once(in: 3) ? .removeUser(copy: copy, owner: owner) : .minute(copy: copy)
        case 85, 86: return .minute(copy: copy)
        case 87: return .changeMonths(copy: copy, owner: owner, start: [1, 10, 25][random.below(3)])
        case 88: return .sweep(copy: copy)
        case 89: return .disk(.full)
        case 90..<95: return .disk(.well)
        case 95, 96: return .damage(owner: owner, file: random.below(100))
        case 97, 98: return .kill(copy: copy)
        default: return .powerCut(operations: random.below(60))
        }
    }
}

/// What stays the same during a run.
package struct Scenario: Hashable, Sendable {
    /// Of the program, with the same database.
    package let copies: Int
    package let owners: Int
    /// Rows of one step.
    package let rowsOfAStep: Int
    package let seed: UInt64

    init(_ random: inout Random) {
        copies = random.once(in: 3) ? 2 : 1
        owners = 2 + random.below(3)
        rowsOfAStep = [1, 33, 65, 129][random.below(4)]
        seed = random.next()
    }
}
