import Expenses
import Storage
import Testing

@Suite struct SessionStoreTests {
    let fixture: Fixture
    let storage: Storage
    let ada: User.ID
    private let grace: Int64 = 10

    init() throws {
        fixture = try Fixture()
        storage = fixture.storage
        ada = fixture.ada
        try storage.writeAndWait { [ada] in try $0.sessions.insert(.of(ada, "s"), refreshHash: [1]) }
    }

    private func rotate(
        _ hash: [UInt8], to next: [UInt8], at time: Int64, id: String = "s"
    ) throws -> Rotation {
        try storage.writeAndWait { [grace] in
            try $0.sessions.rotate(
                id, presenting: hash, to: next, expiresAt: time + 86_400, at: time, grace: grace)
        }
    }

    private func isAlive(_ id: String = "s", at time: Int64 = noon) throws -> Bool {
        try storage.read { try $0.sessions.find(id, at: time) != nil }
    }

    @Test func `a session is found with its user`() throws {
        let found = try storage.read { try $0.sessions.find("s", at: noon) }
        #expect(found?.session == .of(ada, "s"))
        #expect(found?.user.username == "ada")
        #expect(found?.user.preferences == Preferences())
        #expect(try !isAlive("unknown"))
    }

    @Test func `a further session ends the one that was not used for longest`() throws {
        try storage.writeAndWait { [ada] stores in
            for number in 1..<Session.most {
                try stores.sessions.insert(.of(ada, "n\(number)", at: noon + 1), refreshHash: [1])
            }
        }
        #expect(try isAlive())
        #expect(try rotate([1], to: [2], at: noon + 2) == .rotated)
        try storage.writeAndWait { [ada] in
            try $0.sessions.insert(.of(ada, "last", at: noon + 3), refreshHash: [1])
        }
        let alive = try storage.read { try $0.sessions.all(of: ada, at: noon + 3).map(\.id) }
        #expect(alive.count == Session.most)
        #expect(alive.prefix(2) == ["last", "s"])
        #expect(try storage.read { try $0.sessions.revocation(of: "n99") } == .ended)
    }

    @Test func `a session ends when its refresh token dies`() throws {
        #expect(try isAlive(at: noon + 86_399))
        #expect(try !isAlive(at: noon + 86_400))
        #expect(try storage.read { try $0.sessions.all(of: ada, at: noon + 86_400) } == [])
    }

    @Test func `the current token rotates, and the session lives longer`() throws {
        #expect(try rotate([1], to: [2], at: noon + 100) == .rotated)
        #expect(try rotate([2], to: [3], at: noon + 200) == .rotated)
        let session = try storage.read { try $0.sessions.find("s", at: noon + 200) }?.session
        #expect(session?.lastUsedAt == noon + 200)
        #expect(session?.expiresAt == noon + 200 + 86_400)
        #expect(session?.createdAt == noon)
    }

    @Test func `a replaced token is answered within the grace, to its last second`() throws {
        #expect(try rotate([1], to: [2], at: noon) == .rotated)
        for delay in 0...grace {
            #expect(
                try rotate([1], to: [9], at: noon + delay)
                    == .repeated(rotatedAt: noon, expiresAt: noon + 86_400))
        }
        #expect(try rotate([2], to: [3], at: noon + grace) == .rotated)
    }

    @Test func `every token of a chain within the grace is answered`() throws {
        for step in 1...8 {
            #expect(try rotate([UInt8(step)], to: [UInt8(step + 1)], at: noon + Int64(step)) == .rotated)
        }
        for step in 1...8 {
            #expect(
                try rotate([UInt8(step)], to: [99], at: noon + 9)
                    == .repeated(rotatedAt: noon + Int64(step), expiresAt: noon + 8 + 86_400))
        }
        #expect(try isAlive())
    }

    @Test(arguments: [false, true])
    func `a token replaced longer ago ends the session, whether or not others came since`(others: Bool) throws
    {
        #expect(try rotate([1], to: [2], at: noon) == .rotated)
        if others { #expect(try rotate([2], to: [3], at: noon + grace) == .rotated) }
        #expect(try rotate([1], to: [9], at: noon + grace + 1) == .reused)
        #expect(try !isAlive())
        #expect(try storage.read { try $0.sessions.revocation(of: "s") } == .reuse)
        for hash: [UInt8] in [[1], [2], [3]] {
            #expect(try rotate(hash, to: [9], at: noon + grace + 2) == .dead)
        }
    }

    @Test func `a token that never was ours ends the session`() throws {
        #expect(try rotate([7], to: [8], at: noon) == .reused)
        #expect(try rotate([1], to: [8], at: noon) == .dead)
    }

    @Test func `an unknown, expired or revoked session does not rotate`() throws {
        #expect(try rotate([1], to: [2], at: noon, id: "unknown") == .dead)
        #expect(try rotate([1], to: [2], at: noon + 86_400) == .dead)
        _ = try storage.writeAndWait { [ada] in try $0.sessions.revoke("s", owner: ada) }
        #expect(try rotate([1], to: [2], at: noon) == .dead)
        #expect(try storage.read { try $0.sessions.revocation(of: "s") } == .ended)
    }

    @Test func `of many that present the same token at once, one rotates and none ends the session`()
        async throws
    {
        let outcomes = try await withThrowingTaskGroup(of: (UInt8, Rotation).self) { group in
            for number in UInt8(10)...60 {
                group.addTask { [storage, grace, ada = fixture.ada] in
                    let outcome = try await storage.write(of: ada) {
                        try $0.sessions.rotate(
                            "s", presenting: [1], to: [number], expiresAt: noon + 86_400, at: noon,
                            grace: grace)
                    }
                    return (number, outcome)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let winners = outcomes.filter { $0.1 == .rotated }.map(\.0)
        #expect(winners.count == 1)
        #expect(outcomes.filter { $0.1 == .repeated(rotatedAt: noon, expiresAt: noon + 86_400) }.count == 50)
        #expect(try rotate(winners, to: [99], at: noon + 1) == .rotated)
    }

    @Test func `a session can be revoked once, or all but one, or all`() throws {
        try storage.writeAndWait { [ada, bob = fixture.bob] stores in
            for id in ["t", "u"] { try stores.sessions.insert(.of(ada, id, at: noon + 1), refreshHash: [1]) }
            try stores.sessions.insert(.of(bob, "bobs"), refreshHash: [1])
        }
        func alive() throws -> [String] {
            try storage.read { try $0.sessions.all(of: ada, at: noon + 1) }.map(\.id)
        }
        #expect(try alive() == ["t", "u", "s"])
        for isFirst in [true, false] {
            let isRevoked = try storage.writeAndWait { [ada] in try $0.sessions.revoke("s", owner: ada) }
            #expect(isRevoked == isFirst)
        }
        #expect(try alive() == ["t", "u"])
        try storage.writeAndWait { [ada] in try $0.sessions.revokeAll(of: ada, except: "u") }
        #expect(try alive() == ["u"])
        try storage.writeAndWait { [ada] in try $0.sessions.revokeAll(of: ada, except: nil) }
        #expect(try alive() == [])
        #expect(try isAlive("bobs"))
    }

    @Test
    func `expired sessions are removed with all that belongs to them, living and revoked ones are kept`()
        throws
    {
        try storage.writeAndWait { [ada] stores in
            for number in 1...30 {
                try stores.sessions.insert(.of(ada, "old\(number)", at: noon - 86_400), refreshHash: [1])
            }
            _ = try stores.sessions.rotate(
                "s", presenting: [1], to: [2], expiresAt: noon + 5, at: noon, grace: 10)
            _ = try stores.sessions.revoke("s", owner: ada)
        }
        try storage.sweep(at: noon)
        #expect(try storage.read { try $0.sessions.revocation(of: "s") } == .ended)
        #expect(try storage.sessionRows() == [1, 1])
        try storage.sweep(at: noon + 5)
        #expect(try storage.sessionRows() == [0, 0])
    }
}
