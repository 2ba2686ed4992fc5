import Expenses
import SQL

/// What one user calls expenses, as it is kept and as the expenses say: each is read once.
struct OwnersDescriptions {
    struct Kept {
        let id: Int64
        let key: String
        let text: String
        let uses: Int
        let newest: Int64
    }

    /// What live expenses have, by its key.
    struct Counted {
        var uses = 0
        /// The newest expense with it.
        var newest: Expense
    }

    /// An expense that names another description than it says.
    struct Misnamed {
        let expense: Expense
        let key: String
    }

    private let connection: Connection
    private let owner: User.ID
    private(set) var kept: [Kept] = []
    private(set) var counted: [String: Counted] = [:]
    private(set) var misnamed: [Misnamed] = []
    /// How often each number is named.
    private var uses: [Int64: Int] = [:]

    init(of owner: User.ID, on connection: Connection) throws {
        self.owner = owner
        self.connection = connection
        var keys: [Int64: String] = [:]
        let rows = try connection.statement(
            "SELECT id, key, text, uses, newest FROM descriptions WHERE owner = ?", [.id(owner)])
        while try rows.step() {
            let row = Kept(
                id: try rows.integer(0), key: try rows.text(1), text: try rows.text(2),
                uses: Int(try rows.integer(3)), newest: try rows.integer(4))
            kept.append(row)
            keys[row.id] = row.key
        }
        let expenses = try connection.statement(
            composed: "SELECT \(ExpenseRow.columns), description_id FROM expenses WHERE owner = ?",
            [.id(owner)])
        while try expenses.step() {
            let expense = try expenses.expense()
            let number = try expenses.integer(ExpenseRow.columnCount)
            let key = searchKey(expense.description)
            if key.isEmpty ? number != 0 : keys[number] != key {
                misnamed.append(Misnamed(expense: expense, key: key))
            }
            guard !key.isEmpty else { continue }
            uses[number, default: 0] += 1
            counted[key, default: Counted(newest: expense)].uses += 1
            if let newest = counted[key]?.newest, newest.id.rawValue < expense.id.rawValue {
                counted[key]?.newest = expense
            }
        }
    }

    /// What is wrong, in words that say nothing of what is written.
    var findings: [String] {
        get throws {
            var findings: [String] = []
            var missing = uses
            for row in kept {
                let difference = (missing.removeValue(forKey: row.id) ?? 0) - row.uses
                if difference != 0 {
                    findings.append(
                        "one is counted \(abs(difference)) times too \(difference > 0 ? "seldom" : "often")")
                }
                if row.key != searchKey(row.text) { findings.append("one has another key than its text") }
                if let newest = counted[row.key]?.newest, newest.id.rawValue > row.newest {
                    findings.append("one has a newer expense than it says")
                }
            }
            for uses in missing.values { findings.append("one is counted \(uses) times too seldom") }
            findings.sort()
            let tags = try wrongTags()
            if tags > 0 { findings.append("\(tags) of their tags are missing, or are of others") }
            if !misnamed.isEmpty {
                findings.append("\(misnamed.count) expenses name another one than they say")
            }
            if try !isLatestRight() { findings.append("those used last are others than it says") }
            return findings.map { "descriptions: user \(owner): \($0)" }
        }
    }

    /// How many tags are missing, or are of descriptions that do not have them.
    private func wrongTags() throws -> Int {
        struct Place: Hashable {
            let tag: String
            let description: Int64
        }
        var missing: Set<Place> = []
        for row in kept {
            for tag in Tag.keys(in: row.key) { missing.insert(Place(tag: tag, description: row.id)) }
        }
        var extra = 0
        let statement = try connection.statement(
            "SELECT tag, description FROM description_tags WHERE owner = ?", [.id(owner)])
        while try statement.step() {
            let place = Place(tag: try statement.text(0), description: try statement.integer(1))
            if missing.remove(place) == nil { extra += 1 }
        }
        return extra + (try TagStore(connection: connection).isComplete(of: owner) ? missing.count : 0)
    }

    private func isLatestRight() throws -> Bool {
        let statement = try connection.statement(
            "SELECT latest FROM counters WHERE owner = ?", [.id(owner)])
        guard try statement.step(),
            let latest = try? LatestDescriptions(text: try statement.text(0)).entries
        else { return false }
        let all = kept.filter { LatestDescriptions.suggests($0.text) }.map {
            LatestDescriptions.Entry(id: $0.id, newest: $0.newest, text: $0.text)
        }.sorted { ($0.newest, $0.id) > ($1.newest, $1.id) }
        let isBeingRead = try LongWriteStore(connection: connection)
            .isUnderWay(.readDescriptions, owner: owner)
        if isBeingRead {
            return latest.count <= LatestDescriptions.most && Set(latest).isSubset(of: all)
                && latest == latest.sorted { ($0.newest, $0.id) > ($1.newest, $1.id) }
        }
        // It may hold fewer where some have gone.
        return latest == Array(all.prefix(latest.count)) && latest.count <= LatestDescriptions.most
            && latest.count >= min(all.count, LatestDescriptions.most / 2)
    }
}
