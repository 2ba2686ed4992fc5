import Expenses
import TestDatabase
import Testing
import Web

struct LoginThrottleTests {
    private let throttle: LoginThrottle
    private let anna = LoginThrottle.Account.user(User.ID(1))
    private let noon: Int64 = 1_800_000_000
    /// Whose database it shares; nil where it is in memory.
    private let app: TestApp?

    init() throws {
        app = TestDatabase.isFile ? nil : try TestApp()
        throttle = app.map { LoginThrottle(sharedIn: $0.storage, secret: [7]) } ?? LoginThrottle()
    }

    /// Fails `count` times at `now`, each from another address unless one is given.
    private func fail(
        _ count: Int, _ account: LoginThrottle.Account, from address: String? = nil, at now: Int64
    ) async throws {
        for number in 0..<count {
            try await throttle.failed(
                try await throttle.admit(account, from: address ?? "10.0.0.\(number)", at: now), at: now)
        }
    }

    private func pause(_ account: LoginThrottle.Account, from address: String = "192.0.2.1", at now: Int64)
        async -> Int
    {
        do {
            try await throttle.withdraw(try await throttle.admit(account, from: address, at: now))
            return 0
        } catch AppError.tooManyAttempts(let retryAfter) {
            return retryAfter
        } catch {
            return -1
        }
    }

    @Test func `nine failures for an account are let pass, ten pause it for a minute`() async throws {
        try await fail(9, anna, at: noon)
        #expect(await pause(anna, at: noon) == 0)
        try await fail(1, anna, at: noon)
        #expect(await pause(anna, at: noon) == 60)
        #expect(await pause(anna, at: noon + 59) == 1)
        #expect(await pause(anna, at: noon + 60) == 0)
    }

    @Test func `each failure after a pause doubles the next, up to a quarter of an hour`() async throws {
        try await fail(10, anna, at: noon)
        var now = noon
        for expected in [60, 120, 240, 480, 900, 900, 900] {
            #expect(await pause(anna, at: now) == expected)
            now += Int64(expected)
            try await fail(1, anna, from: "203.0.113.9", at: now)
        }
    }

    @Test func `a success sets the account's count of failures back`() async throws {
        try await fail(9, anna, at: noon)
        try await throttle.succeeded(try await throttle.admit(anna, from: "192.0.2.1", at: noon))
        try await fail(9, anna, at: noon)
        #expect(await pause(anna, at: noon) == 0)
    }

    @Test func `other accounts from other addresses are not touched`() async throws {
        try await fail(10, anna, at: noon)
        #expect(await pause(.user(User.ID(2)), at: noon) == 0)
        #expect(await pause(.unknown(login: "1"), at: noon) == 0)
    }

    @Test func `ten failures from one address pause it for every account`() async throws {
        for id in 1...10 { try await fail(1, .user(User.ID(Int64(id))), from: "192.0.2.1", at: noon) }
        #expect(await pause(.user(User.ID(99)), from: "192.0.2.1", at: noon) == 60)
        #expect(await pause(.user(User.ID(99)), from: "192.0.2.2", at: noon) == 0)
    }

    @Test func `logging in to one's own account does not reset the count of an address`() async throws {
        for id in 1...9 { try await fail(1, .user(User.ID(Int64(id))), from: "192.0.2.1", at: noon) }
        try await throttle.succeeded(
            try await throttle.admit(.user(User.ID(50)), from: "192.0.2.1", at: noon))
        try await fail(1, .user(User.ID(10)), from: "192.0.2.1", at: noon)
        #expect(await pause(.user(User.ID(11)), from: "192.0.2.1", at: noon) == 60)
    }

    @Test func `failures followed by a success do not count against the address`() async throws {
        for _ in 1...20 {
            try await fail(3, anna, from: "192.0.2.1", at: noon)
            try await throttle.succeeded(try await throttle.admit(anna, from: "192.0.2.1", at: noon))
        }
        #expect(await pause(.user(User.ID(2)), from: "192.0.2.1", at: noon) == 0)
    }

    @Test func `a browser that was logged in before is not locked out by strangers`() async throws {
        try await fail(10, anna, at: noon)
        #expect(await pause(anna, at: noon) == 60)
        #expect(await pause(.device(User.ID(1), session: "abc"), at: noon) == 0)
        try await fail(10, .device(User.ID(1), session: "abc"), at: noon + 7200)
        #expect(await pause(.device(User.ID(1), session: "abc"), at: noon + 7200) == 60)
    }

    @Test func `failures are forgotten an hour after the last`() async throws {
        try await fail(9, anna, at: noon)
        try await fail(9, anna, at: noon + 3600)
        #expect(await pause(anna, at: noon + 3600) == 0)
        try await fail(1, anna, from: "203.0.113.9", at: noon + 3600 + 3599)
        #expect(await pause(anna, at: noon + 3600 + 3599) == 60)
    }

    @Test func `many at once get no more guesses than one after another`() async {
        let admitted = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<200 {
                group.addTask { (try? await throttle.admit(anna, from: "10.0.\(number).1", at: noon)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(admitted == 10)
    }

    @Test func `a whole office can log in at the same moment from one address`() async throws {
        var attempts: [LoginThrottle.Attempt] = []
        for number in Int64(1)...100 {
            attempts.append(
                try await throttle.admit(.user(User.ID(number)), from: "192.0.2.1", at: noon))
        }
        for attempt in attempts { try await throttle.succeeded(attempt) }
        #expect(await pause(.user(User.ID(7)), from: "192.0.2.1", at: noon) == 0)
    }

    @Test func `an attempt that is withdrawn does not count`() async throws {
        try await fail(10, anna, at: noon)
        for _ in 0..<5 {
            try await throttle.withdraw(try await throttle.admit(anna, from: "192.0.2.1", at: noon + 60))
        }
        try await fail(1, anna, from: "192.0.2.1", at: noon + 60)
        #expect(await pause(anna, at: noon + 60) == 120)
    }

    @Test func `a flood of names does not grow the table, and new ones are still counted`() async throws {
        let small = LoginThrottle(capacity: 64)
        for number in 0..<10_000 {
            _ = try? await small.admit(
                .unknown(login: "n\(number)"), from: "10.1.\(number / 250).\(number % 250)", at: noon)
        }
        for number in 0..<10 { _ = try await small.admit(anna, from: "10.2.0.\(number)", at: noon + 1) }
        await #expect(throws: AppError.tooManyAttempts(retryAfter: 60)) {
            try await small.admit(anna, from: "10.3.0.1", at: noon + 1)
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
