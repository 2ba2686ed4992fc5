#if PostgreSQL
    import Expenses
    import Glibc
    import Platform
    import Storage
    import Synchronization
    import TestDatabase
    import Testing

    /// What only a server does, and what it does when it is in the way.
    @Suite(.enabled(if: !TestDatabase.isFile, "needs a server: Tests/PostgreSQL/with-server"))
    struct ServerTests {
        /// Has the first tries to insert an expense fail with that state. Returns the database, to ask how many tries there were.
        private func failing(_ state: String, tries: Int, _ path: String) throws -> RawDatabase {
            let raw = try RawDatabase(path)
            try raw.execute(
                """
                CREATE SEQUENCE tries;
                CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $body$
                BEGIN
                    IF nextval('tries') <= \(tries) THEN RAISE EXCEPTION 'on purpose' USING ERRCODE = '\(state)'; END IF;
                    RETURN NEW;
                END $body$;
                CREATE TRIGGER fail BEFORE INSERT ON expenses FOR EACH ROW EXECUTE FUNCTION fail();
                """)
            return raw
        }

        @Test(arguments: ["40001", "40P01"])
        func `a write that meets another one is run again until it is made`(state: String) throws {
            let fixture = try Fixture()
            let raw = try failing(state, tries: 3, fixture.path)
            try fixture.add(100, form: "one")
            #expect(try fixture.storage.contents().expenses == 1)
            #expect(try raw.integer("SELECT last_value FROM tries") == 4)
            #expect(fixture.storage.statistics.server?.retries == 3)
            #expect((fixture.storage.statistics.server?.errors ?? 0) >= 3)
        }

        @Test(arguments: [("23505", 1, true), ("23505", 2, false), ("57014", 1, false), ("53100", 1, false)])
        func `what another copy may have inserted is tried once more, and other failures are not`(
            state: String, failures: Int, isMade: Bool
        ) throws {
            let fixture = try Fixture()
            let raw = try failing(state, tries: failures, fixture.path)
            if isMade {
                try fixture.add(100, form: "one")
            } else {
                #expect(throws: (any Error).self) { try fixture.add(100, form: "one") }
            }
            #expect(try fixture.storage.contents().expenses == (isMade ? 1 : 0))
            #expect(try raw.integer("SELECT last_value FROM tries") == (state == "23505" ? 2 : 1))
            #expect(try fixture.storage.check().findings == [])
        }

        @Test func `a commit whose answer is lost is not run again, and its form is not saved twice`() throws
        {
            let fixture = try Fixture()
            let proxy = try Proxy(to: fixture.path)
            defer { proxy.stop() }
            let reasons = Mutex<[String]>([])
            var options = Storage.Options()
            options.onUnreachable = { reason in reasons.withLock { $0.append(reason) } }
            let storage = try Storage(path: proxy.address, options: options)
            let draft = try fixture.draft(100)
            let runs = Atomic(0)
            let insert = { (cuts: Bool) throws -> Insertion<Expense> in
                try storage.writeAndWait(of: fixture.ada) { stores in
                    runs.add(1, ordering: .relaxed)
                    let insertion = try stores.expenses.insert(
                        draft, owner: fixture.ada, form: "one", at: noon)
                    // What follows is the commit.
                    if cuts { proxy.set(.cuttingAnswers) }
                    return insertion
                }
            }
            #expect(throws: AppError.unreachable(retryAfter: 2)) { _ = try insert(true) }
            #expect(runs.load(ordering: .relaxed) == 1)
            proxy.set(.passing)
            var count = 0
            for _ in 0..<200 where count != 1 {
                count = try fixture.storage.contents().expenses
                usleep(10_000)
            }
            #expect(count == 1)
            #expect(try insert(false).id == Expense.ID(1))
            #expect(try fixture.storage.contents().expenses == 1)
            #expect(reasons.withLock { $0.contains { $0.contains(Proxy.folder(in: proxy.address)) } })
        }

        @Test func `a connection that the server has ended is replaced without anybody noticing`() throws {
            let fixture = try Fixture()
            let raw = try RawDatabase(fixture.path)
            let schema = try raw.texts("SELECT CAST(current_schema() AS text)").first ?? ""
            try fixture.add(100)
            // While it is idle, and while a write is being made.
            try raw.execute(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE pid <> pg_backend_pid() AND query LIKE '%\(schema)%'
                """)
            try fixture.add(200)
            let isFirst = Atomic(true)
            try fixture.storage.writeAndWait(of: fixture.ada) { stores in
                let before = try stores.expenses.isEmpty(of: fixture.ada)
                if isFirst.exchange(false, ordering: .relaxed) {
                    try RawDatabase(fixture.path).execute(
                        """
                        SELECT pg_terminate_backend(pid) FROM pg_locks JOIN pg_class ON pg_class.oid = relation
                        WHERE relname = 'counters' AND relnamespace = CAST('\(schema)' AS regnamespace)
                            AND pid <> pg_backend_pid()
                        """)
                }
                _ = try stores.expenses.isEmpty(of: fixture.ada)
                #expect(!before)
            }
            #expect(try fixture.storage.contents().expenses == 2)
        }

        @Test func `a write whose connection is cut without a word does not hold up its owner's next one`()
            throws
        {
            let fixture = try Fixture()
            let (ada, draft) = (fixture.ada, try fixture.draft(100))
            let proxy = try Proxy(to: fixture.path)
            defer { proxy.stop() }
            let storage = try Storage(path: proxy.address)
            // Another copy of the program reaches the server, which has heard nothing more of the first one's transaction.
            #expect(throws: AppError.unreachable(retryAfter: 2)) {
                try storage.writeAndWait(of: ada) { stores in
                    _ = try stores.expenses.isEmpty(of: ada)
                    proxy.set(.silent)
                    defer { proxy.set(.cuttingAnswers) }
                    _ = try fixture.storage.writeAndWait(of: ada) {
                        try $0.expenses.insert(draft, owner: ada, form: "other", at: noon)
                    }
                }
            }
            #expect(try fixture.storage.contents().expenses == 1)
        }

        /// Descriptions that are hard to write into an array, or count as the same.
        private static let texts = [
            "Coffee", "COFFEE", "Café #a #b", "café  #B #a", "", "  ", "a \"quoted\" text",
            #"back\slash \\ {brace}"#, "NULL", "null", "{,}", "it's, \n two\tlines", "#trip-2026 日本 🍵",
            String(repeating: "long ", count: 99),
        ]

        private struct Addition {
            let trips: Int
            /// What the rows of each table say.
            let rows: [Set<String>]
        }

        /// Has a new user add an import of a thousand rows; some of its descriptions are there before, one of them with a
        /// newer expense than any of the import.
        private func addImport(to storage: Storage) throws -> Addition {
            let ada = try storage.writeAndWait {
                try $0.users.insert(
                    username: "eve", email: "eve@example.com", passwordHash: "hash", at: noon
                ).id
            }
            let categories = try storage.read { try $0.categories.all(of: ada) }.map(\.id)
            let drafts = (0..<1000).map { number in
                ExpenseDraft(
                    amount: Money(minorUnits: Int64(number % 7 * 100 - 250)),
                    category: categories[number % 5],
                    day: Fixture.day("2026-0\(1 + number % 9)-1\(number % 10)"),
                    description: Self.texts[number % Self.texts.count]
                        + (number % 3 == 0 ? " \(number % 40)" : ""))
            }
            let (id, first) = try storage.writeAndWait { stores in
                for draft in drafts.prefix(20) {
                    _ = try stores.expenses.insert(draft, owner: ada, form: nil, at: noon)
                }
                let id = try stores.imports.begin(size: 0, owner: ada, at: noon)
                let first = try stores.expenses.reserve(1000, owner: ada)
                _ = try stores.expenses.insert(drafts[1], owner: ada, form: nil, at: noon)
                return (id, first)
            }
            let rows = drafts.enumerated().map { number, draft in
                Expense(id: Expense.ID(first.rawValue + Int64(number)), draft)
            }
            let before = storage.statistics.server?.roundTrips ?? 0
            for start in stride(from: 0, to: 900, by: 300) {
                try storage.writeAndWait(of: ada) { stores in
                    let rows = rows[start..<start + 300].map { ($0, "said " + $0.description) }
                    try stores.imports.stage(rows, for: id, owner: ada)
                }
            }
            try storage.writeAndWait(of: ada) { stores in
                let deleted = rows[900...].map { DeletedExpense(expense: $0, deletedAt: noon + 5) }
                try stores.imports.stage(deleted, for: id, owner: ada)
                try stores.imports.add(id, first: first, count: 1000, owner: ada)
            }
            try storage.finishLongWrites()
            let trips = (storage.statistics.server?.roundTrips ?? 0) - before
            #expect(try storage.check().findings == [])
            let raw = try RawDatabase(storage.path)
            let tables = [
                ("expenses", "id day amount category description description_id created_at updated_at"),
                (
                    "deleted_expenses",
                    "id day amount category description created_at updated_at deleted_at"
                ),
                ("descriptions", "id key text category uses newest"), ("description_tags", "tag description"),
                ("import_originals", "id day amount text"),
                ("counters", "expenses newest_description latest"),
                ("totals", "span period category count sum"),
            ].map { table, columns in
                let columns = columns.split(separator: " ").joined(separator: " || ' ' || ")
                return "SELECT \(columns) FROM \(table) WHERE owner = \(ada)"
            }
            return Addition(trips: trips, rows: try tables.map { try raw.texts($0) })
        }

        @Test func `many rows are added by a few statements, and to the same as on a file`() throws {
            let fixture = try Fixture()
            let file = try Storage(path: fixture.directory.file("file.sqlite"))
            _ = try file.writeAndWait { stores in
                for name in ["ada", "bob"] {
                    _ = try stores.users.insert(
                        username: name, email: name + "@example.com", passwordHash: "hash", at: noon)
                }
            }
            let onServer = try addImport(to: fixture.storage)
            let onFile = try addImport(to: file)
            for (server, file) in zip(onServer.rows, onFile.rows) {
                #expect(server == file)
                #expect(!server.isEmpty)
            }
            #expect(onServer.trips < 60, "\(onServer.trips)")
        }

        @Test func `reads beyond the pool wait for a connection, and idle ones are closed`() async throws {
            var options = Storage.Options()
            options.maxConnections = 6
            options.idleLimit = 300_000
            let fixture = try Fixture(options: options)
            let storage = fixture.storage
            let most = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<16 {
                    group.addTask {
                        try storage.read { stores in
                            _ = try stores.users.isEmpty()
                            usleep(20_000)
                            return storage.statistics.readersInUse
                        }
                    }
                }
                for number in 0..<16 {
                    group.addTask {
                        try await storage.write(of: number % 2 == 0 ? fixture.ada : fixture.bob) { stores in
                            _ = try stores.users.isEmpty()
                        }
                        return storage.statistics.server?.writers ?? 0
                    }
                }
                return try await group.reduce(0) { max($0, $1) }
            }
            #expect((1...3).contains(most))
            var open = 1
            for _ in 0..<40 where open > 0 {
                usleep(100_000)
                let statistics = storage.statistics
                open = statistics.readersIdle + statistics.readersInUse + (statistics.server?.writers ?? 0)
            }
            #expect(open == 0)
            #expect(try storage.read { try !$0.users.isEmpty() })
        }

        @Test func `with too few connections for all, reads and writes share them`() async throws {
            let fixture = try Fixture()
            let role = "few_\(UInt64.random(in: 0...(.max)))"
            let raw = try RawDatabase(fixture.path)
            try raw.execute("CREATE ROLE \(role) LOGIN SUPERUSER CONNECTION LIMIT 3")
            // The limit does not hold for superusers.
            try raw.execute(
                """
                ALTER ROLE \(role) NOSUPERUSER;
                GRANT USAGE ON SCHEMA \(try raw.texts("SELECT CAST(current_schema() AS text)").first ?? "") TO \(role);
                GRANT ALL ON ALL TABLES IN SCHEMA \(try raw.texts("SELECT CAST(current_schema() AS text)").first ?? "") TO \(role);
                """)
            let storage = try Storage(path: fixture.path.replacing("tester@", with: role + "@"))
            // None of them is refused, as one would be who waits for long.
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    let owner = number % 2 == 0 ? fixture.ada : fixture.bob
                    group.addTask {
                        for _ in 0..<40 {
                            try await storage.write(of: owner) { _ = try $0.expenses.isEmpty(of: owner) }
                        }
                    }
                    group.addTask {
                        for _ in 0..<40 {
                            try await storage.threads?.run {
                                Result { _ = try storage.read { try $0.users.isEmpty() } }
                            }.get()
                        }
                    }
                }
                try await group.waitForAll()
            }
            storage.close()
        }

        @Test func `the schema does not change under another release that is connected`() throws {
            let fixture = try Fixture()
            fixture.storage.close()
            // Its session has the name that sessions of earlier releases have.
            let earlier = try RawDatabase(fixture.path)
            try earlier.execute("UPDATE expense_tracker_schema SET version = 1")
            let error = #expect(throws: StorageError.self) { try Storage(path: fixture.path) }
            #expect(error.map { "\($0)" }?.contains("stop every copy of it, then start this one") == true)
            #expect(try earlier.integer("SELECT max(version) FROM expense_tracker_schema") == 1)
        }

        @Test func `a pause of a log-in is never overwritten by another name`() throws {
            let fixture = try Fixture()
            let keys = (0..<9).map { [UInt8](repeating: 0, count: 7) + [64, UInt8($0)] }
            func failures(_ key: [UInt8], at now: Int64) throws -> LoginThrottleStore.Failures? {
                try fixture.storage.writeAndWait { try $0.loginThrottles.failures(key, at: now) }
            }
            func set(_ failures: LoginThrottleStore.Failures?, of key: [UInt8], at now: Int64) throws {
                try fixture.storage.writeAndWait { try $0.loginThrottles.set(failures, of: key, at: now) }
            }
            let paused = (0..<8).map {
                LoginThrottleStore.Failures(count: 10, last: noon, pausedUntil: noon + 60 + Int64($0))
            }
            for (key, failures) in zip(keys, paused) { try set(failures, of: key, at: noon) }
            // No place is left, so that it has to wait for one.
            #expect(try failures(keys[8], at: noon + 1)?.pausedUntil == noon + 60)
            let ninth = LoginThrottleStore.Failures(count: 1, last: noon + 1, pausedUntil: 0)
            try set(ninth, of: keys[8], at: noon + 1)
            for (key, failures) in zip(keys, paused) {
                #expect(
                    try fixture.storage.writeAndWait { try $0.loginThrottles.failures(key, at: noon + 1) }
                        == failures)
            }
            // When a pause is over, its place is free.
            #expect(try failures(keys[8], at: noon + 60) == nil)
            try set(ninth, of: keys[8], at: noon + 60)
            #expect(try failures(keys[8], at: noon + 60) == ninth)
            #expect(try failures(keys[1], at: noon + 60) == paused[1])
            try set(nil, of: keys[8], at: noon + 60)
            #expect(try failures(keys[8], at: noon + 60) == nil)
        }

        @Test func `a list longer than what is fetched at once comes whole and in order`() throws {
            let fixture = try Fixture()
            let category = try fixture.category("Groceries", of: fixture.ada)
            try RawDatabase(fixture.path).execute(
                """
                INSERT INTO expenses (owner, id, day, amount, category, description, description_id, created_at, updated_at)
                SELECT \(fixture.ada), number, 20260101 + number % 28, 100, \(category), '', 0, 0, 0
                FROM generate_series(1, 10000) AS number
                """)
            var found: [Cursor] = []
            try fixture.storage.read { stores in
                try stores.list.forEach(of: fixture.ada, matching: Filter()) { expense in
                    found.append(Cursor(day: expense.day, id: expense.id))
                }
            }
            #expect(found.count == 10_000 && Set(found).count == 10_000)
            for (one, next) in zip(found, found.dropFirst()) {
                #expect((next.day, next.id.rawValue) < (one.day, one.id.rawValue))
            }
        }
    }
#endif
