import Expenses
import Testing
import Web

struct LoginThrottleTests {
    private let throttle = LoginThrottle()
    private let anna = LoginThrottle.Account.user(User.ID(1))
    private let noon: Int64 = 1_800_000_000

    /// Fails `count` times at `now`, each from another address unless one is given.
    private func fail(
        _ count: Int, _ account: LoginThrottle.Account, from address: String? = nil, at now: Int64
    ) throws {
        for number in 0..<count {
            throttle.failed(
                try throttle.admit(account, from: address ?? "10.0.0.\(number)", at: now), at: now)
        }
    }

    private func pause(_ account: LoginThrottle.Account, from address: String = "192.0.2.1", at now: Int64)
        -> Int
    {
        do {
            throttle.withdraw(try throttle.admit(account, from: address, at: now))
            return 0
        } catch .tooManyAttempts(let retryAfter) {
            return retryAfter
        } catch {
            return -1
        }
    }

    @Test func `nine failures for an account are let pass, ten pause it for a minute`() throws {
        try fail(9, anna, at: noon)
        #expect(pause(anna, at: noon) == 0)
        try fail(1, anna, at: noon)
        #expect(pause(anna, at: noon) == 60)
        #expect(pause(anna, at: noon + 59) == 1)
        #expect(pause(anna, at: noon + 60) == 0)
    }

    @Test func `each failure after a pause doubles the next, up to a quarter of an hour`() throws {
        try fail(10, anna, at: noon)
        var now = noon
        for expected in [60, 120, 240, 480, 900, 900, 900] {
            #expect(pause(anna, at: now) == expected)
            now += Int64(expected)
            try fail(1, anna, from: "203.0.113.9", at: now)
        }
    }

    @Test func `a success lets the account start afresh`() throws {
        try fail(9, anna, at: noon)
        throttle.succeeded(try throttle.admit(anna, from: "192.0.2.1", at: noon))
        try fail(9, anna, at: noon)
        #expect(pause(anna, at: noon) == 0)
    }

    @Test func `other accounts from other addresses are not touched`() throws {
        try fail(10, anna, at: noon)
        #expect(pause(.user(User.ID(2)), at: noon) == 0)
        #expect(pause(.unknown(login: "1"), at: noon) == 0)
    }

    @Test func `ten failures from one address pause it for every account`() throws {
        for id in 1...10 { try fail(1, .user(User.ID(Int64(id))), from: "192.0.2.1", at: noon) }
        #expect(pause(.user(User.ID(99)), from: "192.0.2.1", at: noon) == 60)
        #expect(pause(.user(User.ID(99)), from: "192.0.2.2", at: noon) == 0)
    }

    @Test func `an own account does not buy guesses at those of others`() throws {
        for id in 1...9 { try fail(1, .user(User.ID(Int64(id))), from: "192.0.2.1", at: noon) }
        throttle.succeeded(try throttle.admit(.user(User.ID(50)), from: "192.0.2.1", at: noon))
        try fail(1, .user(User.ID(10)), from: "192.0.2.1", at: noon)
        #expect(pause(.user(User.ID(11)), from: "192.0.2.1", at: noon) == 60)
    }

    @Test func `somebody who types wrong and then right does not use up the address`() throws {
        for _ in 1...20 {
            try fail(3, anna, from: "192.0.2.1", at: noon)
            throttle.succeeded(try throttle.admit(anna, from: "192.0.2.1", at: noon))
        }
        #expect(pause(.user(User.ID(2)), from: "192.0.2.1", at: noon) == 0)
    }

    @Test func `a browser that was logged in before is not locked out by strangers`() throws {
        try fail(10, anna, at: noon)
        #expect(pause(anna, at: noon) == 60)
        #expect(pause(.device(User.ID(1), session: "abc"), at: noon) == 0)
        try fail(10, .device(User.ID(1), session: "abc"), at: noon + 7200)
        #expect(pause(.device(User.ID(1), session: "abc"), at: noon + 7200) == 60)
    }

    @Test func `failures are forgotten an hour after the last`() throws {
        try fail(9, anna, at: noon)
        try fail(9, anna, at: noon + 3600)
        #expect(pause(anna, at: noon + 3600) == 0)
        try fail(1, anna, from: "203.0.113.9", at: noon + 3600 + 3599)
        #expect(pause(anna, at: noon + 3600 + 3599) == 60)
    }

    @Test func `many at once get no more guesses than one after another`() async {
        let admitted = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { (try? throttle.admit(anna, from: "10.0.\(number).1", at: noon)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(admitted == 10)
    }

    @Test func `a whole office can log in at the same moment from one address`() throws {
        let attempts = try (1...100).map {
            try throttle.admit(.user(User.ID($0)), from: "192.0.2.1", at: noon)
        }
        for attempt in attempts { throttle.succeeded(attempt) }
        #expect(pause(.user(User.ID(7)), from: "192.0.2.1", at: noon) == 0)
    }

    @Test func `a try that was never made leaves everything as it was`() throws {
        try fail(10, anna, at: noon)
        for _ in 0..<5 { throttle.withdraw(try throttle.admit(anna, from: "192.0.2.1", at: noon + 60)) }
        try fail(1, anna, from: "192.0.2.1", at: noon + 60)
        #expect(pause(anna, at: noon + 60) == 120)
    }

    @Test func `a flood of names does not grow the table, and new ones are still counted`() throws {
        let small = LoginThrottle(capacity: 64)
        for number in 0..<10_000 {
            _ = try? small.admit(
                .unknown(login: "n\(number)"), from: "10.1.\(number / 250).\(number % 250)", at: noon)
        }
        for number in 0..<10 { _ = try small.admit(anna, from: "10.2.0.\(number)", at: noon + 1) }
        #expect(throws: AppError.tooManyAttempts(retryAfter: 60)) {
            try small.admit(anna, from: "10.3.0.1", at: noon + 1)
        }
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.1"), ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8:0:0:ffff::9"),
        ("::1", "::2"),
    ])
    func `addresses of one owner count as one`(one: String, other: String) {
        #expect(LoginThrottle.group(one) == LoginThrottle.group(other))
    }

    @Test(arguments: [
        ("192.0.2.1", "192.0.2.2"), ("2001:db8::1", "2001:db8:0:1::1"), ("::1", "127.0.0.1"), ("", "x"),
    ])
    func `other addresses count by themselves`(one: String, other: String) {
        #expect(LoginThrottle.group(one) != LoginThrottle.group(other))
    }
}
