import Demo
import Expenses
import Storage
import TestDatabase
import Testing

@Suite(.enabled(if: !TestDatabase.isFile, "needs a server: Tests/PostgreSQL/with-server"))
struct TransferTests {
    private let directory = TemporaryDirectory()

    private func copy(_ source: String, to target: String) throws -> Contents {
        try Transfer(of: source, to: target) { _, _ in }.contents
    }

    /// A database with something in every table that a user can fill.
    private func fill(_ name: String) throws {
        let storage = try Storage(path: name)
        try DemoData(users: 2, expenses: 700, passwordHash: "hash", today: Fixture.day("2026-11-22")).fill(
            storage)
        try storage.writeAndWait { stores in
            let owner = User.ID(1)
            _ = try stores.expenses.remove(Expense.ID(7), owner: owner, at: noon)
            let category = try #require(try stores.categories.all(of: owner).first)
            let draft = ExpenseDraft(
                amount: Money(minorUnits: -5), category: category.id, day: Fixture.day("2026-11-22"),
                description: "“Zoë’s” \\ 100 % \t\n 🍜 " + String(repeating: "长", count: 400))
            _ = try stores.expenses.insert(
                draft, owner: owner, form: "f", fingerprint: [0, 1, 255], at: noon)
            let session = Session(
                id: "s", owner: owner, createdAt: noon, lastUsedAt: noon, expiresAt: noon + 9,
                userAgent: "", address: "::1")
            try stores.sessions.insert(session, refreshHash: [1])
            _ = try stores.sessions.rotate(
                "s", presenting: [1], to: [2], expiresAt: noon + 9, at: noon, grace: 10)
            _ = try stores.apiTokens.insert(
                name: "script", mayWrite: true, hash: [9], owner: owner, at: noon)
            try stores.idempotency.insert(
                IdempotencyStore.Answer(location: "/x", body: [1, 0]), to: "key", requestHash: [3],
                owner: owner, at: noon)
            _ = try stores.twoFactors.insert(
                secret: [0, 7], usedStep: 5, recoveryHashes: [[1, 0], [2]], owner: owner, at: noon)
            let file = try stores.imports.begin(size: 3, owner: owner, at: noon)
            try stores.imports.append([1, 2, 3], number: 0, to: file, owner: owner)
        }
        storage.close()
    }

    @Test func `from a file to a server and back nothing is lost, and numbers go on`() throws {
        let (file, back) = (directory.file("a.sqlite"), directory.file("b.sqlite"))
        try fill(file)
        let server = TestDatabase.name(file: "")
        let there = try copy(file, to: server)
        let here = try copy(server, to: back)
        #expect(there.users == 2 && there.expenses == 1400 && there.deletedExpenses == 1)
        #expect(there == here)
        for name in [server, back] {
            let storage = try Storage(path: name)
            #expect(try storage.check().findings == [])
            try storage.read { stores in
                let owner = User.ID(1)
                let found = try #require(try stores.sessions.find("s", at: noon))
                #expect(found.user.username == "demo1")
                #expect(try stores.imports.bytes(of: Identifier(1), owner: owner) == [1, 2, 3])
                #expect(try stores.apiTokens.find(hash: [9])?.token.mayWrite == true)
                let twoFactor = try #require(try stores.twoFactors.find(owner))
                #expect(twoFactor.secret == [0, 7] && twoFactor.recoveryCodes == 2)
                #expect(try stores.twoFactors.hasRecoveryCode(hash: [1, 0], owner: owner))
                var filter = Filter()
                filter.text = "zoe’s”"
                let total = try stores.totals.summary(of: owner, matching: filter).total
                #expect(total.count == 1)
            }
            let (user, expense) = try storage.writeAndWait { stores in
                let user = try stores.users.insert(
                    username: "new", email: "new@example.com", passwordHash: "h", at: noon)
                return (user.id, try stores.expenses.reserve(1, owner: User.ID(1)))
            }
            #expect(user.rawValue == 3 && expense.rawValue == 702)
            storage.close()
        }
    }

    @Test func `a server that holds users, and a file that is there, stay as they are`() throws {
        let file = directory.file("a.sqlite")
        try fill(file)
        let fixture = try Fixture()
        #expect(throws: Transfer.Problem.self) { try copy(file, to: fixture.path) }
        #expect(try fixture.storage.contents().users == 2)
        #expect(throws: Transfer.Problem.self) { try copy(fixture.path, to: file) }
        #expect(!directory.files.contains { $0.contains("partial") })
    }
}
