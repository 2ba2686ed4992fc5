import Expenses
import Glibc
import SQL
import SQLite
import Storage

/// A database with its disk, the copies of the program that use it, and what its users have been told.
final class World: @unchecked Sendable {
    // `@unchecked Sendable` is true because the simulation has one thread.

    private static let noon: Int64 = 1_795_348_800
    private static let day = Day("2026-11-22")
    /// Rows that one write stages.
    private static let rowsOfAStage = 20

    private let scenario: Scenario
    private var random: Random
    private var folder: String
    private var disk: FaultyDisk
    private var diskIs = Event.Disk.well
    /// Whether something has failed since everything was tried again: what is set aside is not known then.
    private var hasFailed = false
    /// Copies in which everything has been tried again since.
    private var triedAgain: Set<Int> = []
    private var copies: [Storage] = []
    private(set) var accounts: [Account] = []
    private var requests: [Request] = []
    /// Files of which a row has been damaged.
    private var damaged: Set<[Int64]> = []
    private var newest = 0
    private var turns: [Turns] = []

    private(set) var violation: String?
    private(set) var tally: [String: Int] = [:]
    private(set) var writes = 0
    private(set) var trace: UInt64 = 0xcbf2_9ce4_8422_2325

    init(_ scenario: Scenario) {
        self.scenario = scenario
        random = Random(seed: scenario.seed)
        folder = World.makeFolder()
        disk = FaultyDisk(folder: folder, seed: random.next())
        guard open() else { return }
        for number in 0..<scenario.owners { settle(number) }
        // Others that are there already are a copy's own from now on.
        for number in copies.indices.dropFirst() { reopen(number) }
    }

    deinit {
        abandon()
        World.remove(folder)
    }

    private var path: String { folder + "/db" }

    private static func makeFolder() -> String {
        var template = Array("/tmp/expense-tracker-simulation-XXXXXX".utf8CString)
        let made = unsafe mkdtemp(&template)
        guard unsafe made != nil else { fatalError("a simulation needs a folder") }
        return template.dropLast().reduce(into: "") { $0.unicodeScalars.append(Unicode.Scalar(UInt8($1))) }
    }

    private static func remove(_ folder: String) {
        for name in ["/db", "/db-wal", "/db-shm", ""] { unsafe Glibc.remove(folder + name) }
    }

    private func makeStorage(_ copy: Int) throws -> Storage {
        var options = Storage.Options()
        options.isStepped = true
        options.checkpointPages = 100
        options.stepLimits.rows = scenario.rowsOfAStep
        options.stepLimits.longest = nil
        options.stepLimits.recordedAtOnce = 10
        options.stepLimits.longestTransaction = .max
        options.observeStep = { [unowned self] step in
            note("step of", step.owner.rawValue)
            // Some have been ended meanwhile by a write of their owner's.
            if let pending = try? pendingOwners(copy) { turns[copy].areDone(besides: pending) }
            if let problem = turns[copy].note(step.owner.rawValue) { fail(problem) }
        }
        return try Storage(path: path, options: options)
    }

    /// Returns false where that cannot be done.
    private func open() -> Bool {
        turns = (0..<scenario.copies).map { _ in Turns() }
        do {
            copies = try (0..<scenario.copies).map { try makeStorage($0) }
            return true
        } catch {
            fail("the database cannot be opened: \(error)")
            return false
        }
    }

    private func reopen(_ copy: Int) {
        do {
            copies[copy].abandon()
            turns[copy] = Turns()
            copies[copy] = try makeStorage(copy)
            copies[copy].goOnWithLongWrites()
        } catch {
            // The power may go off in the middle of it.
            if disk.isCut { return recover() }
            fail("the database cannot be opened again: \(error)")
        }
    }

    private func abandon() {
        for copy in copies { copy.abandon() }
        copies.removeAll()
    }

    /// The power comes back.
    private func recover() {
        note("power cut", 0)
        let next = World.makeFolder()
        abandon()
        disk.save(to: next)
        let former = folder
        folder = next
        disk = FaultyDisk(folder: folder, seed: random.next())
        World.remove(former)
        (diskIs, hasFailed) = (.well, false)
        guard open() else { return }
        settleRequests { _ in true }
        for copy in copies { copy.goOnWithLongWrites() }
    }

    private func set(_ state: Event.Disk) {
        diskIs = state
        switch state {
        case .full: disk.fail([.grow], perMille: 1000)
        case .well: disk.fail([], perMille: 0)
        }
        if state != .well { (hasFailed, triedAgain) = (true, []) }
        for copy in turns.indices { turns[copy].forget() }
    }

    func fail(_ text: String) {
        if violation == nil { violation = text }
    }

    private func note(_ what: String, _ number: Int64) {
        tally[what, default: 0] += 1
        for byte in what.utf8 { trace = (trace ^ UInt64(byte)) &* 0x100_0000_01b3 }
        trace = (trace ^ UInt64(bitPattern: number)) &* 0x100_0000_01b3
    }

    /// Returns false where it cannot happen.
    func apply(_ event: Event) -> Bool {
        guard violation == nil else { return false }
        if disk.isCut { recover() }
        look()
        switch event {
        case .insert(let copy, let owner, let category, let amount):
            guard let account = living(owner) else { return false }
            newest += 1
            // Some have a tag, and some have no room for one.
            let thing = "Thing \(newest % 40)"
            let text =
                switch newest % 8 {
                case 0: thing + " #" + World.tags[newest / 8 % 2]
                case 1: thing + String(repeating: "g", count: Expense.longestDescription - thing.count)
                default: thing
                }
            insert(
                account, copy, account.categories[category], Int64(amount), text, "form \(newest)")
        case .delete(let copy, let owner, let expense):
            guard let account = living(owner), let id = pick(account, expense, isDeleted: false) else {
                return false
            }
            let number = accounts[owner].begin(.delete, [id.rawValue])
            ask(.delete(id, number), account, copy) { [owner = account.owner] in
                try $0.expenses.remove(id, owner: owner, at: World.noon).id.rawValue
            }
        case .restore(let copy, let owner, let expense):
            guard let account = living(owner), let id = pick(account, expense, isDeleted: true) else {
                return false
            }
            let number = accounts[owner].begin(.restore, [id.rawValue])
            ask(.restore(id, number), account, copy) { [owner = account.owner] in
                try $0.expenses.restore(id, owner: owner).id.rawValue
            }
        case .edit(let copy, let owner, let expense, let category):
            guard let account = living(owner), let id = pick(account, expense, isDeleted: false),
                let amount = account.rows[id.rawValue]?.amount, let day = World.day
            else { return false }
            newest += 1
            let changed = Expense(
                id: id, amount: Money(minorUnits: amount), category: account.categories[category], day: day,
                description: "Thing \(newest % 40) #home")
            let number = accounts[owner].begin(
                .edit(changed.category, changed.description), [id.rawValue])
            ask(.edit(id, number), account, copy) { [owner = account.owner] in
                try $0.expenses.update(changed, owner: owner, at: World.noon)
                return 0
            }
        case .importFile(let copy, let owner, let rows, let category):
            guard let account = living(owner) else { return false }
            importFile(account, copy, rows, category)
        case .undo(let copy, let owner, let file):
            guard let account = living(owner), let id = pickFile(account, file) else { return false }
            ask(.undo(id), account, copy) { [owner = account.owner] in
                try $0.imports.undo(id, owner: owner)
                return 0
            }
        case .merge(let copy, let owner, let from, let into):
            guard let account = living(owner), from != into else { return false }
            let (from, into) = (account.categories[from], account.categories[into])
            // Of two merges of one category it could not be told which one a power cut has left.
            guard account.merged[from] == nil,
                !requests.contains(where: { $0.merges(from, of: account.number) })
            else { return false }
            accounts[owner].merge(from)
            ask(.merge(from, into: into), account, copy) { [owner = account.owner] in
                Int64(try $0.categories.remove(from, movingTo: into, owner: owner))
            }
        case .changeMonths(let copy, let owner, let start):
            guard let account = living(owner), let months = MonthCalendar(start: start) else { return false }
            accounts[owner].months.insert(months)
            ask(.changeMonths(months), account, copy) { [owner = account.owner] in
                guard var preferences = try $0.users.find(owner)?.preferences else { throw AppError.notFound }
                preferences.months = months
                try $0.users.update(preferences, of: owner)
                return 0
            }
        case .bulk(let copy, let owner, let action, let every, let category):
            guard let account = living(owner) else { return false }
            guard change(account, copy, action, every, account.categories[category]) else { return false }
        case .undoBulk(let copy, let owner):
            guard let account = living(owner), let change = account.changes.last,
                !requests.contains(where: { $0.undoes(change.id, of: owner) })
            else { return false }
            let number = accounts[owner].begin(
                .undoBulk(change.id, change.action), change.rows, undoing: change.number)
            ask(.undoBulk(change.id, number), account, copy) { [owner = account.owner] in
                try $0.bulk.undo(change.id, owner: owner, at: World.noon)
                return 0
            }
        case .repeating(let copy, let owner, let days, let category):
            guard let account = living(owner), let day = World.day else { return false }
            newest += 1
            let rule = RepeatingExpense(
                amount: Money(minorUnits: Int64(newest)), category: account.categories[category],
                description: "Each day \(newest % 9)",
                repetition: Repetition(first: day.advanced(by: -days), unit: .day))
            ask(.repeating(rule), account, copy) { [owner = account.owner, form = "form \(newest)"] in
                try $0.repeating.insert(rule, form: form, owner: owner, at: World.noon).id.rawValue
            }
        case .record(let copy, let owner, let days):
            guard let account = living(owner), let last = World.day?.advanced(by: days) else { return false }
            accounts[owner].lastDay = max(last, account.lastDay ?? last)
            ask(.record(through: last, account.rules.keys.sorted()), account, copy) {
                [owner = account.owner] in
                let isUnderWay = try $0.repeating.isUnderWay(of: owner)
                let recording = try $0.repeating.recordDue(through: last, of: owner, at: World.noon)
                // What others have begun may end on an earlier day.
                return recording == .nothing || !isUnderWay ? 1 : 0
            }
        case .removeUser(let copy, let owner):
            guard let account = living(owner) else { return false }
            accounts[owner].isLeaving = true
            ask(.removeUser, account, copy) { [owner = account.owner] in
                try $0.users.remove(owner)
                return 0
            }
        case .write(let copy, let count): make(count, on: copy)
        case .minute(let copy):
            copies[copy].goOnWithLongWrites()
            if diskIs == .well { triedAgain.insert(copy) }
            if triedAgain.count == copies.count { hasFailed = false }
        case .sweep(let copy):
            copies[copy].write(of: nil) {
                try $0.sweep.step(at: World.noon + 2 * ImportStore.uploadLifetime)
            } answer: { _ in
            }
        case .disk(let state):
            guard state != diskIs else { return false }
            set(state)
        case .damage(let owner, let file):
            guard diskIs == .well, let account = living(owner) else { return false }
            return damage(account, file)
        case .kill(let copy):
            // Where the disk is not well, nothing can be opened.
            guard diskIs == .well else { return false }
            reopen(copy)
            settleRequests { $0.copy == copy }
        case .powerCut(let operations): disk.cut(after: operations)
        }
        note("\(event)".prefix { $0.isLetter }.description, Int64(requests.count))
        return true
    }

    private func living(_ number: Int) -> Account? {
        accounts.indices.contains(number) && !accounts[number].isRemoved ? accounts[number] : nil
    }

    private func settle(_ number: Int) {
        copies[0].write(of: nil) { stores in
            let user = try stores.users.insert(
                username: "user\(number)", email: "user\(number)@example.com", passwordHash: "h",
                at: World.noon)
            return (user.id, try stores.categories.all(of: user.id).map(\.id))
        } answer: { [unowned self] result in
            switch result {
            case .success(let (owner, categories)):
                accounts.append(Account(number: number, owner: owner, categories: categories))
            case .failure(let error): fail("nobody can register: \(error)")
            }
        }
        _ = copies[0].makeWrites()
    }

    private func pick(_ account: Account, _ number: Int, isDeleted: Bool) -> Expense.ID? {
        let ids = account.rows.filter { $0.value.mayBe(isDeleted: isDeleted) }.keys.sorted()
        return ids.isEmpty ? nil : Expense.ID(ids[number % ids.count])
    }

    /// One that has been added, or is being added.
    private func pickFile(_ account: Account, _ number: Int) -> UploadedFile.ID? {
        var files = account.files.map(\.id).filter { !account.undone.contains($0.rawValue) }
        for request in requests where request.account == account.number {
            if case .add(let id, _, _) = request.kind { files.append(id) }
        }
        return files.isEmpty ? nil : files[number % files.count]
    }

    private func insert(
        _ account: Account, _ copy: Int, _ category: Expenses.Category.ID, _ amount: Int64, _ text: String,
        _ form: String
    ) {
        guard let day = World.day else { return }
        let draft = ExpenseDraft(
            amount: Money(minorUnits: amount), category: category, day: day.advanced(by: -(newest * 7 % 60)),
            description: text)
        ask(.insert(draft, form: form), account, copy) { [owner = account.owner] in
            try $0.expenses.insert(draft, owner: owner, form: form, at: World.noon).id.rawValue
        }
    }

    /// Begins a file, stages its rows in several writes, and adds them.
    private func importFile(_ account: Account, _ copy: Int, _ count: Int, _ category: Int) {
        let (storage, owner) = (copies[copy], account.owner)
        let rows = (0..<count).map { number in
            Row(
                amount: Int64(1 + number * 7), category: account.categories[(category + number % 2) % 7],
                description: "Row \(number % 30)")
        }
        storage.write(of: owner) { stores in
            let id = try stores.imports.begin(size: 3, owner: owner, at: World.noon)
            try stores.imports.append([1, 2, 3], number: 0, to: id, owner: owner)
            return (id, try stores.expenses.reserve(count, owner: owner).rawValue)
        } answer: { [unowned self] result in
            guard case .success(let (id, first)) = result else { return }
            stage(rows, from: 0, first: first, id, account, copy)
        }
    }

    private func stage(
        _ rows: [Row], from start: Int, first: Int64, _ id: UploadedFile.ID, _ account: Account,
        _ copy: Int
    ) {
        guard let day = World.day, copies.indices.contains(copy) else { return }
        let owner = account.owner
        guard start < rows.count else {
            return ask(.add(id, first: first, rows: rows), account, copy) {
                try $0.imports.add(id, first: Expense.ID(first), count: rows.count, owner: owner)
                return first
            }
        }
        let expenses = rows.indices[start...].prefix(World.rowsOfAStage).map { number in
            rows[number].expense(
                Expense.ID(first + Int64(number)), day.advanced(by: -(number * 11 % 60)))
        }
        copies[copy].write(of: owner) {
            try $0.imports.stage(expenses, for: id, owner: owner)
        } answer: {
            [unowned self] result in
            guard case .success = result else { return }
            stage(rows, from: start + World.rowsOfAStage, first: first, id, account, copy)
        }
    }

    private func damage(_ account: Account, _ number: Int) -> Bool {
        guard let id = pickFile(account, number), !disk.isCut,
            let connection = try? Connection(path: path, mode: .readWrite)
        else { return false }
        do {
            try connection.run(
                """
                UPDATE import_rows SET category = 999999 WHERE owner = ?1 AND import = ?2 AND id = (
                    SELECT max(id) FROM import_rows WHERE owner = ?1 AND import = ?2 AND EXISTS (
                        SELECT 1 FROM long_writes WHERE owner = ?1 AND kind = 'add import' AND subject = ?2))
                """, .integer(account.owner.rawValue), .integer(id.rawValue))
        } catch {
            return false
        }
        guard connection.changes > 0 else { return false }
        damaged.insert([account.owner.rawValue, id.rawValue])
        for copy in turns.indices { turns[copy].forget() }
        return true
    }

    private func ask(
        _ kind: Request.Kind, _ account: Account, _ copy: Int,
        _ body: @escaping @Sendable (Stores) throws -> Int64
    ) {
        let request = Request(kind, account: account.number, copy: copy, body)
        requests.append(request)
        copies[copy].writeToTheEnd(of: account.owner, body) { [unowned self] in answer(request, $0) }
    }

    private func answer(_ request: Request, _ result: Result<Int64, any Error>) {
        if request.isAnswered { return fail("a write is answered twice") }
        switch result {
        case .success(let value):
            settle(request, value)
        case .failure(let error):
            // Whether a write is on the disk whose commit the power cut has hit is not known.
            if disk.isCut { return }
            // A failure is the disk's, or what was asked for cannot be done; none is the program's.
            if !(error is AppError), diskIs == .well { fail("a write fails: \(error)") }
            note("refused", request.isCommitted ? 1 : 0)
            note(request, isMade: false)
            close(request)
        }
    }

    /// What became of its operation, where it has one: `isMade` is nil where nobody knows.
    private func note(_ request: Request, isMade: Bool?) {
        switch request.kind {
        case .delete(_, let number), .restore(_, let number), .edit(_, let number), .bulk(_, let number),
            .undoBulk(_, let number):
            end(number, of: request.account, isMade: isMade)
        case .insert, .repeating, .record, .add, .undo, .merge, .changeMonths, .removeUser: return
        }
    }

    private func end(_ number: Int, of account: Int, isMade: Bool?) {
        if let problem = accounts[account].end(number, isMade: isMade) { fail(problem) }
    }

    private func close(_ request: Request) {
        request.isAnswered = true
        requests.removeAll { $0 === request }
    }

    private func settle(_ request: Request, _ value: Int64) {
        close(request)
        let number = request.account
        switch request.kind {
        case .insert(let draft, _):
            accounts[number].add(
                value,
                Row(
                    amount: draft.amount.minorUnits, category: draft.category,
                    description: draft.description))
        case .delete, .restore, .edit: note(request, isMade: true)
        case .bulk(_, let operation), .undoBulk(_, let operation): accounts[number].goOn(operation)
        case .repeating(let rule): accounts[number].rules[value] = Account.Rule(value: rule)
        case .record(through: let day, let rules):
            guard value == 1 else { return }
            for rule in rules {
                let former = accounts[number].rules[rule]?.promised ?? day
                accounts[number].rules[rule]?.promised = max(day, former)
            }
        case .add(let id, let first, let rows):
            for (place, row) in rows.enumerated() { accounts[number].add(first + Int64(place), row) }
            accounts[number].files.append(
                Account.File(id: id, rows: first...first + Int64(rows.count) - 1))
        case .undo(let id):
            accounts[number].undone.insert(id.rawValue)
        case .merge(let from, let into): accounts[number].merged[from] = into
        case .changeMonths: break
        case .removeUser: accounts[number].isRemoved = true
        }
    }

    /// Finds out what has become of requests whose answer was lost.
    private func settleRequests(where isLost: (Request) -> Bool) {
        for request in requests where isLost(request) {
            let owner = accounts[request.account].owner
            do {
                if request.isSentAgain {
                    // It is added once.
                    let before = requests.count
                    copies[0].write(of: owner, request.body) { [unowned self] in answer(request, $0) }
                    _ = copies[0].makeWrites()
                    // A step among them may have been somebody's last.
                    for copy in turns.indices { turns[copy].forget() }
                    if disk.isCut { return }
                    if requests.count == before { close(request) }
                } else if try isOnDisk(request) {
                    settle(request, 0)
                } else {
                    close(request)
                }
            } catch {
                // The power has gone off again: everything is asked once more.
                if disk.isCut { return }
                if diskIs == .well { fail("what has become of a write cannot be read: \(error)") }
                note(request, isMade: nil)
                close(request)
            }
        }
    }

    /// Settles the operations of those that have some: false then, as for what is not on the disk.
    private func isOnDisk(_ request: Request) throws -> Bool {
        let (account, owner) = (accounts[request.account], accounts[request.account].owner)
        switch request.kind {
        case .delete(let id, let number), .restore(let id, let number), .edit(let id, let number):
            let isDeleted = try copies[0].read { stores in
                try stores.expenses.find(id, owner: owner) != nil
                    ? false : stores.bin.find(id, owner: owner).map { _ in true }
            }
            end(number, of: account.number, isMade: nil)
            // Of a file that is being taken back nothing is there.
            if let isDeleted { accounts[account.number].see(id.rawValue, isDeleted: isDeleted) }
            return false
        case .bulk(let id, let number), .undoBulk(let id, let number):
            let state = try stateOfChange(id, owner)
            if case .bulk = request.kind {
                if state.isBegun || state.isUnderWay { return true }
                // What was taken back as well is there no more.
                let isUndone = requests.contains { $0.undoes(id, of: account.number) }
                end(number, of: account.number, isMade: isUndone ? nil : false)
            } else {
                if state.isBeingUndone { return true }
                let isNewest = account.changes.last?.id == id
                end(number, of: account.number, isMade: isNewest ? !state.isThere : nil)
            }
            return false
        case .insert, .repeating, .record, .add, .undo, .merge, .changeMonths, .removeUser: break
        }
        return try copies[0].read { stores in
            if try stores.longWrites.all(of: owner).contains(where: { request.isLongWrite($0.write) }) {
                if case .record = request.kind { return false }
                if case .add = request.kind {} else { return true }
            }
            switch request.kind {
            case .insert, .repeating, .record, .delete, .restore, .edit, .bulk, .undoBulk: return false
            case .add(let id, _, _): return try stores.imports.find(id, owner: owner)?.added != nil
            case .undo(let id): return try stores.imports.find(id, owner: owner) == nil
            case .merge(let from, into: _): return try stores.categories.find(from, owner: owner) == nil
            case .changeMonths(let months):
                return try stores.users.find(owner)?.preferences.months == months
            case .removeUser: return try stores.users.find(owner) == nil
            }
        }
    }

    private func make(_ count: Int, on copy: Int) {
        let made = copies[copy].makeWrites(count)
        writes += made
        note("writes", Int64(made))
        guard diskIs == .well, !disk.isCut, violation == nil else { return }
        do {
            try lookWhoWaits(copy, made)
        } catch {
            fail("who waits cannot be read: \(error)")
        }
    }

    /// Writes of a copy after which whoever waits for a change that is done has to be told.
    private static let mostWrites = 60

    /// Who has long writes that can go on.
    private func pendingOwners(_ copy: Int) throws -> [Int64] {
        try copies[copy].read { [accounts] stores in
            try accounts.filter {
                try stores.longWrites.all(of: $0.owner).contains {
                    $0.failure == nil && $0.write != .readDescriptions
                }
            }.map(\.owner.rawValue)
        }
    }

    private func lookWhoWaits(_ copy: Int, _ made: Int) throws {
        let isIdle = copies[copy].statistics.queuedWrites == 0
        let pending = try pendingOwners(copy)
        for copy in turns.indices {
            if hasFailed { turns[copy].forget() } else { turns[copy].arePending(pending) }
        }
        for request in requests where request.copy == copy {
            guard request.isLong else { continue }
            if isIdle { return fail("nothing is to be done, and somebody waits: \(request.kind)") }
            guard try !isUnderWay(request) else { continue }
            request.writesSinceEnd += made
            if request.writesSinceEnd > World.mostWrites {
                return fail("somebody waits for a change that is done or was never begun: \(request.kind)")
            }
        }
        guard isIdle, !hasFailed, copies.allSatisfy({ $0.statistics.queuedWrites == 0 }) else { return }
        if copies.count == 1, !pending.isEmpty { try expectAllSetAside() }
    }

    /// Nothing that could go on is left where nobody does anything.
    private func expectAllSetAside() throws {
        let connection = try Connection(path: path, mode: .readOnly)
        let statement = try connection.statement(
            """
            SELECT owner, subject, kind FROM long_writes WHERE failure IS NULL
                AND kind IN (
                    'add import', 'merge category', 'bulk change', 'undo bulk change', 'record repeating', 'count months',
                    'remove user')
            """)
        while try statement.step() {
            let (owner, subject) = (try statement.integer(0), try statement.integer(1))
            let kind = try statement.text(2)
            guard kind != "add import" || !damaged.contains([owner, subject]) else { continue }
            fail("a change of user \(owner) does not go on, and has not failed: \(kind)")
        }
    }

    private func isUnderWay(_ request: Request) throws -> Bool {
        let owner = accounts[request.account].owner
        return try copies[0].read { stores in
            try stores.longWrites.all(of: owner).contains { request.isLongWrite($0.write) }
        }
    }

    /// Rounds in which everything has to come to its end: a round tries again what has failed.
    private static let mostRounds = 40

    /// Batches of writes after which everything has to have come to its end.
    private static let mostBatches = 5000

    /// Everything is well from now on, and comes to its end.
    func finish() {
        guard violation == nil else { return }
        if disk.isCut { recover() }
        set(.well)
        var batches = 0
        for _ in 0..<World.mostRounds where violation == nil {
            for copy in copies { copy.goOnWithLongWrites() }
            for number in copies.indices {
                while violation == nil, copies.indices.contains(number),
                    copies[number].statistics.queuedWrites > 0
                {
                    make(8, on: number)
                    batches += 1
                    if batches > World.mostBatches { return fail("changes do not come to an end") }
                    if disk.isCut { recover() }
                }
            }
        }
        guard violation == nil else { return }
        do {
            try compare()
        } catch {
            fail("what is there in the end cannot be read: \(error)")
        }
    }

    private func compare() throws {
        let findings = try copies[0].check().findings
        if let first = findings.first {
            return fail("check: \(findings.count) findings, the first: \(first)")
        }
        let connection = try Connection(path: path, mode: .readOnly)
        if let left = try connection.integer("SELECT count(*) FROM long_writes"), left > 0 {
            return fail("\(left) changes have not come to an end")
        }
        if !requests.isEmpty { return fail("\(requests.count) are not answered: \(requests[0].kind)") }
        for number in accounts.indices {
            try closeEnded(number)
            try adoptRecorded(number)
            try compare(accounts[number], connection)
        }
    }

    private func compare(_ account: Account, _ connection: Connection) throws {
        let owner = account.owner
        if account.isRemoved {
            let rows = try connection.integer(
                "SELECT (SELECT count(*) FROM expenses WHERE owner = ?1) + (SELECT count(*) FROM users WHERE id = ?1)",
                .integer(owner.rawValue))
            if rows != 0 { fail("user \(owner) has been removed, and is there") }
            return
        }
        try compareRows(account, connection)
        compareRules(account)
        let user = try copies[0].read { try $0.users.find(owner) }
        if user.map({ account.months.contains($0.preferences.months) }) != true {
            fail("user \(owner) has months that nobody has asked for")
        }
        for category in account.merged.keys
        where try copies[0].read({ try $0.categories.find(category, owner: owner) }) != nil {
            fail("user \(owner): category \(category) has been merged, and is there")
        }
    }

    private func compareRows(_ account: Account, _ connection: Connection) throws {
        let owner = account.owner
        let damaged = Set(damaged.filter { $0[0] == owner.rawValue }.map { $0[1] })
        var found: Set<Int64> = []
        for (table, isDeleted) in [("expenses", false), ("deleted_expenses", true)] {
            let statement = try connection.statement(
                composed: "SELECT id, amount, category, description FROM \(table) WHERE owner = ?",
                [.integer(owner.rawValue)])
            while try statement.step() {
                let id = try statement.integer(0)
                let category = Expenses.Category.ID(try statement.integer(2))
                let description = try statement.text(3)
                let row = account.isGone(id, damaged: damaged) ? nil : account.rows[id]
                let isTold =
                    try row?.amount == statement.integer(1)
                    && row?.states.contains {
                        $0.isDeleted == isDeleted && account.last($0.category) == category
                            && $0.description == description
                    } == true
                if !isTold || !found.insert(id).inserted {
                    return fail(
                        "user \(owner): \(id) of \(table) is not as it was told: \(category) \(description) "
                            + "instead of \(row?.words ?? "nothing")")
                }
            }
        }
        for (id, row) in account.rows.sorted(by: { $0.key < $1.key })
        where !found.contains(id) && !account.isGone(id, damaged: damaged) {
            return fail("user \(owner): expense \(id) is gone: \(row.words)")
        }
    }

    /// Each day is recorded once, none is left out, and none that was promised is missing.
    private func compareRules(_ account: Account) {
        for (id, rule) in account.rules.sorted(by: { $0.key < $1.key }) {
            let first = rule.value.repetition.first
            let last = rule.recorded.keys.max() ?? first.advanced(by: -1)
            if rule.recorded.count != last.daysSinceEpoch - first.daysSinceEpoch + 1 {
                return fail("user \(account.owner): of what repeats, \(id), days are left out")
            }
            if let promised = rule.promised, promised >= first, last < promised {
                return fail(
                    "user \(account.owner): \(id) repeats, and is recorded up to \(last) instead of \(promised)"
                )
            }
        }
    }

    /// Looks which operations have ended meanwhile, and what was recorded.
    private func look() {
        guard !disk.isCut else { return }
        do {
            for account in accounts where !account.isRemoved {
                try closeEnded(account.number)
                try adoptRecorded(account.number)
            }
        } catch {
            if diskIs == .well, !disk.isCut { fail("what has been done cannot be read: \(error)") }
        }
    }

    /// Those that were begun, and do not go on any more, are made.
    private func closeEnded(_ number: Int) throws {
        let account = accounts[number]
        let begun = account.operations.filter(\.value.isBegun).sorted { $0.key < $1.key }
        guard !begun.isEmpty else { return }
        let writes = try copies[0].read { try $0.longWrites.all(of: account.owner).map(\.write) }
        for (place, operation) in begun {
            switch operation.kind {
            case .delete, .restore, .edit: continue
            case .bulk(let id, _):
                guard !writes.contains(.bulkChange(id)) else { continue }
                // What was taken back meanwhile has not got to all.
                let isCut = operation.undo != nil || account.isLeaving
                end(place, of: number, isMade: isCut ? nil : true)
            case .undoBulk(let id, _):
                guard !writes.contains(.undoBulkChange(id)) else { continue }
                end(place, of: number, isMade: account.isLeaving ? nil : true)
            }
        }
    }

    /// What has been recorded since is known from now on.
    private func adoptRecorded(_ number: Int) throws {
        let account = accounts[number]
        guard !account.rules.isEmpty else { return }
        var found: [(id: Expense.ID, rule: Int64, day: Day)] = []
        try copies[0].read { stores in
            try stores.repeating.forEachRecorded(of: account.owner) { id, rule, day in
                if id.rawValue > account.newestLookedAt { found.append((id, rule.rawValue, day)) }
            }
        }
        for (id, rule, day) in found {
            // Of one that nobody has been told of yet, nothing else is known either.
            guard let value = account.rules[rule]?.value else { return }
            accounts[number].newestLookedAt = max(accounts[number].newestLookedAt, id.rawValue)
            let isAsked = account.lastDay.map { day <= $0 } ?? false
            guard accounts[number].rules[rule]?.recorded.updateValue(id.rawValue, forKey: day) == nil,
                isAsked,
                day >= value.repetition.first
            else {
                return fail("user \(account.owner): \(day) of what repeats, \(rule), is recorded too often")
            }
            accounts[number].add(
                id.rawValue,
                Row(
                    amount: value.amount.minorUnits, category: value.category, description: value.description)
            )
        }
    }

    private static let tags = ["trip", "home"]

    /// Returns false where there is nothing to change.
    private func change(
        _ account: Account, _ copy: Int, _ number: Int, _ every: Int, _ category: Expenses.Category.ID
    ) -> Bool {
        let tag = World.tags[number % 2]
        let action: BulkChange.Action =
            switch number {
            case 0...2: .move(to: category)
            case 3, 4: .tag(tag)
            case 5: .untag(tag)
            case 6, 7: .rename(tag, to: World.tags[(number + 1) % 2])
            default: .delete
            }
        var ids: [Expense.ID] = []
        do {
            try copies[copy].read { stores in
                try stores.list.forEach(of: account.owner, matching: Filter()) { expense in
                    guard account.rows[expense.id.rawValue] != nil else { return }
                    if expense.id.rawValue % Int64(every) == 0 { ids.append(expense.id) }
                }
                guard action.reachesBin else { return }
                ids += try stores.bin.tagged(searchKey(tag), owner: account.owner).filter {
                    account.rows[$0.rawValue] != nil
                }
            }
        } catch {
            return false
        }
        guard !ids.isEmpty else { return false }
        copies[copy].write(of: account.owner) { [owner = account.owner] in
            try $0.bulk.prepare(action, owner: owner, at: World.noon)
        } answer: { [unowned self, ids] result in
            if case .success(let id) = result { list(ids, from: 0, action, id, account, copy) }
        }
        return true
    }

    private func list(
        _ ids: [Expense.ID], from start: Int, _ action: BulkChange.Action, _ id: BulkChange.ID,
        _ account: Account, _ copy: Int
    ) {
        guard copies.indices.contains(copy) else { return }
        let (storage, owner) = (copies[copy], account.owner)
        guard start < ids.count else {
            let rows = ids.map(\.rawValue)
            let number = accounts[account.number].begin(.bulk(id, action), rows)
            accounts[account.number].changes.append(
                Account.Change(id: id, action: action, number: number, rows: rows))
            return ask(.bulk(id, number), account, copy) {
                try $0.bulk.begin(id, owner: owner)
                return 0
            }
        }
        let some = Array(ids[start...].prefix(World.rowsOfAStage))
        storage.write(of: owner) {
            try $0.bulk.list(some, for: id, owner: owner)
        } answer: { [unowned self] result in
            if case .success = result {
                return list(ids, from: start + some.count, action, id, account, copy)
            }
            copies[copy].write(of: owner) {
                try $0.bulk.abandon(id, owner: owner)
            } answer: { _ in
            }
        }
    }

    private func stateOfChange(
        _ id: BulkChange.ID, _ owner: User.ID
    ) throws -> (isThere: Bool, isBegun: Bool, isUnderWay: Bool, isBeingUndone: Bool) {
        let connection = try Connection(path: path, mode: .readOnly)
        let isBegun = try connection.integer(
            "SELECT is_begun FROM bulk_changes WHERE owner = ? AND number = ?", .integer(owner.rawValue),
            .integer(id.rawValue))
        let writes = try copies[0].read { try $0.longWrites.all(of: owner).map(\.write) }
        return (
            isBegun != nil, isBegun == 1, writes.contains(.bulkChange(id)),
            writes.contains(.undoBulkChange(id))
        )
    }
}

extension Row {
    fileprivate func expense(_ id: Expense.ID, _ day: Day) -> Expense {
        let state = states.first
        return Expense(
            id: id, amount: Money(minorUnits: amount), category: state?.category ?? Category.ID(0), day: day,
            description: state?.description ?? "")
    }

    fileprivate var words: String {
        states.map { "\($0.isDeleted ? "deleted " : "")\($0.category) \($0.description)" }.sorted().joined(
            separator: ", or ")
    }
}
