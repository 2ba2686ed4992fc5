import Expenses
import HTTP
import Storage
import TestDatabase
import Testing
import Web

/// A year and more of an account whose two copies of the program are asked now and then, or not for weeks.
@Suite struct RepeatingYearTests {
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var number = state
            number = (number ^ (number >> 30)) &* 0xBF58_476D_1CE4_E5B9
            number = (number ^ (number >> 27)) &* 0x94D0_49BB_1331_11EB
            return number ^ (number >> 31)
        }
    }

    /// Goes from day to day, and from month to month, on a calendar.
    private static func days(of repetition: Repetition, through last: Day) -> [Day] {
        var found: [Day] = []
        switch repetition.unit {
        case .day, .week:
            let distance = repetition.every * (repetition.unit == .week ? 7 : 1)
            var (day, left) = (repetition.first, 0)
            while day <= last {
                if left == 0 { (found, left) = (found + [day], distance) }
                day = day.advanced(by: 1)
                left -= 1
            }
        case .month, .year:
            var month = MonthCalendar.civil.month(of: repetition.first)
            while MonthCalendar.civil.first(of: month) <= last {
                let day = (0...3).lazy.compactMap {
                    Day(year: month.year, month: month.month, day: repetition.first.dayOfMonth - $0)
                }.first
                if let day, day <= last { found.append(day) }
                month = month.advanced(by: repetition.every * (repetition.unit == .year ? 12 : 1))
            }
        }
        return found.filter { repetition.until.map { [day = $0] in day <= $0 } ?? true }
    }

    private static let repetitions: [(String, Int, Repetition.Unit, String?)] = [
        ("2026-11-30", 1, .month, nil), ("2026-12-31", 1, .month, nil), ("2026-11-24", 1, .day, "2027-05-01"),
        ("2026-11-24", 2, .week, nil), ("2027-03-28", 1, .week, nil), ("2026-11-29", 13, .day, nil),
        ("2027-02-28", 1, .year, nil), ("2026-12-01", 3, .month, "2027-09-01"),
    ]

    @Test(arguments: [1, 2, 3] as [UInt64])
    func `after jumps of the clock, of zones, and times without a copy, each is recorded as on a calendar`(
        seed: UInt64
    ) async throws {
        var random = Random(state: seed)
        let app = try TestApp()
        let other = try app.otherCopy()
        let account = try await Account(in: app, "ada", Preferences(zone: "Europe/Berlin"))
        let owner = account.user.id
        let copies = [
            try await APIClient.personal(account, mayWrite: true),
            try await APIClient.personal(try await Account(of: "ada", in: other), mayWrite: true),
        ]
        var rules: [(id: RepeatingExpense.ID, repetition: Repetition)] = []
        for (first, every, unit, until) in Self.repetitions {
            let repetition = Repetition(
                first: try #require(Day(first)), every: every, unit: unit, until: until.flatMap { Day($0) })
            let rule = RepeatingExpense(
                amount: Money(minorUnits: 100), category: account.category("Others"), description: first,
                repetition: repetition)
            let now = app.clock.now
            let id = try await app.storage.write(of: owner) {
                try $0.repeating.insert(rule, owner: owner, at: now).id
            }
            rules.append((id, repetition))
        }
        var zone = "Europe/Berlin"
        var reached = Day.first
        let end = app.clock.now + 400 * 86_400
        while app.clock.now < end {
            let hour = Int64(3600)
            switch Int.random(in: 0..<20, using: &random) {
            case 0: app.clock.advance(by: Int64.random(in: 10...50, using: &random) * 24 * hour)
            case 1: app.clock.advance(by: -hour * Int64.random(in: 1...40, using: &random))
            default: app.clock.advance(by: hour * Int64.random(in: 1...60, using: &random))
            }
            if Int.random(in: 0..<15, using: &random) == 0 {
                zone =
                    ["Europe/Berlin", "Pacific/Kiritimati", "America/Los_Angeles"].randomElement(
                        using: &random) ?? zone
                let preferences = Preferences(zone: zone)
                try await app.storage.write(of: owner) { try $0.users.update(preferences, of: owner) }
            }
            reached = max(reached, try #require(Zone(identifier: zone)).day(at: app.clock.now))
            let now = app.clock.now
            switch Int.random(in: 0..<5, using: &random) {
            case 0: try app.storage.sweep(at: now)
            case 1:
                async let swept: Void = other.storage.sweep(at: now)
                async let shown = copies[0].get("/api/v1/expenses")
                try await swept
                #expect(await shown.status == 200)
            case 2: #expect(await copies[1].get("/api/v1/repeating").status == 200)
            default:
                async let one = copies[0].get("/api/v1/expenses")
                async let two = copies[1].get("/api/v1/summary")
                #expect(await (one.status, two.status) == (200, 200))
            }
        }
        try app.storage.sweep(at: app.clock.now)
        for (id, repetition) in rules {
            let recorded = try app.storage.read { stores in
                try stores.list.page(of: owner, matching: Filter(repeating: id), after: nil, limit: 1000)
                    .expenses.map(\.day)
            }
            #expect(
                recorded.sorted() == Self.days(of: repetition, through: reached),
                "\(repetition), seed \(seed)")
        }
        #expect(try app.storage.check().findings == [])
    }
}
