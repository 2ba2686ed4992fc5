import Expenses
import Storage
import TestDatabase
import Testing

@Suite struct UserStoreTests {
    let fixture: Fixture
    let storage: Storage

    init() throws {
        fixture = try Fixture()
        storage = fixture.storage
    }

    private func insert(_ username: String, _ email: String) throws -> User {
        try storage.writeAndWait {
            try $0.users.insert(username: username, email: email, passwordHash: "h", at: noon)
        }
    }

    @Test func `a new user is found by id, name and email, and has the usual categories`() throws {
        let user = try insert("Zoë", "Zoe@Example.com")
        let categories = try storage.read { try $0.categories.all(of: user.id) }
        #expect(categories.map(\.name) == Category.defaults.map(\.name))
        #expect(categories.map(\.color) == Category.defaults.map(\.color))
        for login in ["Zoë", "ZOË", "zoe\u{308}", "zoe@example.com", "ZOE@EXAMPLE.COM"] {
            let found = try storage.read { try $0.users.find(login: login) }
            #expect(found?.user == user)
            #expect(found?.passwordHash == "h")
        }
        #expect(try storage.read { try $0.users.find(user.id) } == user)
        #expect(try storage.read { try $0.users.find(login: "zoe") } == nil)
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM users") == 3)
    }

    @Test(arguments: [
        ("Ada", "new@example.com", true, false), ("new", "ADA@example.com", false, true),
        ("ada", "bob@example.com", true, true),
    ])
    func `a name or an email that is taken is refused`(
        username: String, email: String, nameTaken: Bool, emailTaken: Bool
    ) throws {
        #expect(throws: UserConflict(username: nameTaken, email: emailTaken)) { try insert(username, email) }
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM users") == 2)
    }

    @Test func `of many that register the same name at once, one succeeds`() async throws {
        let successes = await withTaskGroup(of: Bool.self) { group in
            for number in 1...20 {
                group.addTask { [storage] in
                    do {
                        _ = try await storage.write(of: nil) {
                            try $0.users.insert(
                                username: number.isMultiple(of: 2) ? "Same" : "SAME",
                                email: "\(number)@x.org",
                                passwordHash: "h", at: noon)
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(successes == 1)
        #expect(try RawDatabase(storage.path).integer("SELECT count(*) FROM users") == 3)
    }

    @Test func `the password hash and every preference can be changed`() throws {
        let preferences = Preferences(
            currency: Currency(code: "JPY") ?? .usd, numberFormat: .indian, zone: "Asia/Tokyo",
            firstWeekday: .sunday)
        try storage.writeAndWait { [ada = fixture.ada] in
            try $0.users.update(passwordHash: "new", of: ada)
            try $0.users.update(preferences, of: ada)
        }
        let ada = try storage.read { try $0.users.credentials(of: fixture.ada) }
        #expect(ada?.passwordHash == "new")
        #expect(ada?.user.preferences == preferences)
        let bob = try storage.read { try $0.users.credentials(of: fixture.bob) }
        #expect(bob?.passwordHash == "hash of Bob")
        #expect(bob?.user.preferences == Preferences())
    }

    @Test func `changing a user who does not exist is an error`() throws {
        let nobody = User.ID(99)
        #expect(throws: AppError.notFound) {
            try storage.writeAndWait { try $0.users.update(passwordHash: "x", of: nobody) }
        }
        #expect(throws: AppError.notFound) {
            try storage.writeAndWait { try $0.users.update(Preferences(), of: nobody) }
        }
        #expect(throws: AppError.notFound) { try storage.writeAndWait { try $0.users.remove(nobody) } }
    }

    @Test func `a removed user leaves nothing, and takes nothing of others`() throws {
        for owner in [fixture.ada, fixture.bob] {
            let deleted = try fixture.add(1, "Leisure", "Gone", of: owner, form: "f1")
            try fixture.add(2, "Health", "Here", of: owner, form: "f2")
            try storage.writeAndWait { stores in
                _ = try stores.expenses.remove(deleted.id, owner: owner, at: noon)
                try stores.sessions.insert(.of(owner, "s\(owner)"), refreshHash: [1])
                _ = try stores.sessions.rotate(
                    "s\(owner)", presenting: [1], to: [2], expiresAt: noon + 9, at: noon, grace: 9)
                _ = try stores.apiTokens.insert(
                    name: "t", mayWrite: true, hash: Array("\(owner)".utf8), owner: owner, at: noon)
                try stores.idempotency.insert(
                    IdempotencyStore.Answer(location: "/", body: []), to: "k", requestHash: [1], owner: owner,
                    at: noon)
                let file = try stores.imports.begin(size: 1, owner: owner, at: noon)
                try stores.imports.append([1], number: 0, to: file, owner: owner)
                try stores.imports.stage([deleted], for: file, owner: owner)
                try stores.imports.remember("sign=positive", for: "Date", owner: owner, at: noon)
                _ = try stores.rules.insert(
                    Rule(id: Rule.ID(0), text: "tea", leavesOut: true), at: nil, owner: owner)
                try stores.targets.set(
                    Target(
                        category: nil, month: YearMonth(number: 2026_10),
                        amount: Money(minorUnits: 5)), owner: owner)
                _ = try stores.twoFactors.insert(
                    secret: [1], usedStep: 1, recoveryHashes: [[1], [2]], owner: owner, at: noon)
                _ = try stores.repeating.insert(
                    RepeatingExpense(
                        amount: deleted.amount, category: deleted.category, description: "",
                        repetition: Repetition(first: deleted.day, unit: .week)),
                    for: deleted.id, owner: owner, at: noon)
            }
            try storage.writeAndWait { stores in
                let first = try stores.expenses.reserve(1, owner: owner)
                let file = try stores.imports.begin(size: 0, owner: owner, at: noon)
                let tea = Expense(
                    id: first, amount: Money(minorUnits: 3),
                    category: try fixture.category("Leisure", of: owner),
                    day: Fixture.day("2026-10-01"), description: "Tea")
                try stores.imports.stage([(tea, "TEA 0042")], for: file, owner: owner)
                try stores.imports.add(file, first: first, count: 1, owner: owner)
            }
            try fixture.add(3, "Health", "Tagged #here", of: owner)
            try storage.writeAndWait { stores in
                let change = try stores.bulk.prepare(.tag("many"), owner: owner, at: noon)
                try stores.bulk.list([deleted.id], for: change, owner: owner)
            }
            try storage.finishLongWrites()
        }
        try storage.writeAndWait { [ada = fixture.ada] in try $0.users.remove(ada) }
        try storage.finishLongWrites()
        let database = try RawDatabase(fixture.path)
        // The tables of the text index have no column for the owner: the check looks at them.
        #expect(try storage.check().findings == [])
        let names = try database.tables().filter {
            !["long_writes", "login_throttles", "answered_forms"].contains($0)
        }
        #expect(names.count == 26)
        #expect(try database.integer("SELECT count(*) FROM long_writes") == 0)
        for name in names {
            let owner =
                switch name {
                case "users": "id"
                case "former_refresh_hashes": "substr(session, 2)"
                default: "owner"
                }
            let count = { (user: User.ID) in
                try database.integer("SELECT count(*) FROM \(name) WHERE \(owner) = '\(user)'")
            }
            let (adas, bobs) = (try count(fixture.ada), try count(fixture.bob))
            #expect(adas == 0, "\(name)")
            if name != "former_refresh_hashes" { #expect(bobs ?? 0 > 0, "\(name)") }
        }
        #expect(try storage.check().findings == [])
        #expect(try insert("ada", "ada@example.com").id.rawValue > fixture.bob.rawValue)
    }
}
