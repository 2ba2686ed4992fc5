import Expenses
import SQL
import SQLite
import Storage
import Testing

/// What a database may hold after writes that were answered and writes that were not: for each expense, known by its
/// description, every state that is right.
struct Books {
    enum State: Hashable {
        case missing
        case live(Int64)
        case inBin(Int64)
    }

    private(set) var allowed: [String: Set<State>] = [:]

    /// The only state that an expense can be in; nil while it can be in several.
    func state(of name: String) -> State? {
        let states = allowed[name] ?? [.missing]
        return states.count == 1 ? states.first : nil
    }

    /// The expenses whose state is known, in a fixed order.
    var known: [String] { allowed.filter { $0.value.count == 1 }.keys.sorted() }

    /// A write that would lead to the state has been sent.
    mutating func send(_ name: String, to state: State) {
        allowed[name, default: [.missing]].insert(state)
    }

    /// The write has been answered: it is on the disk.
    mutating func answer(_ name: String, with state: State) { allowed[name] = [state] }

    /// The write has been refused, and nothing can have kept it.
    mutating func refuse(_ name: String, from state: State) { allowed[name] = [state] }

    /// Compares with what the database holds, and knows only that from then on.
    mutating func expect(in path: String, of owner: User.ID, _ comment: Comment) throws {
        let connection = try Connection(path: path, mode: .readOnly)
        var rows: Int64 = 0
        for (name, states) in allowed.sorted(by: { $0.key < $1.key }) {
            let state = try Books.state(of: name, owner: owner, on: connection)
            #expect(
                state.map(states.contains) == true,
                "\(name) is \(state.map { "\($0)" } ?? "there twice") \(comment)")
            if let state {
                allowed[name] = [state]
                if state != .missing { rows += 1 }
            }
        }
        let all = try connection.integer(
            "SELECT (SELECT count(*) FROM expenses) + (SELECT count(*) FROM deleted_expenses)")
        #expect(all == rows, comment)
    }

    /// Nil where the expense is there more than once.
    private static func state(
        of name: String, owner: User.ID, on connection: Connection
    ) throws -> State? {
        let live = try connection.integer(
            "SELECT count(*) FROM expenses WHERE owner = ? AND description = ?", .integer(owner.rawValue),
            .text(name))
        let deleted = try connection.integer(
            "SELECT count(*) FROM deleted_expenses WHERE owner = ? AND description = ?",
            .integer(owner.rawValue), .text(name))
        let amount = try connection.integer(
            """
            SELECT amount FROM expenses WHERE owner = ?1 AND description = ?2
            UNION ALL SELECT amount FROM deleted_expenses WHERE owner = ?1 AND description = ?2
            """, .integer(owner.rawValue), .text(name))
        switch (live, deleted, amount) {
        case (0, 0, nil): return .missing
        case (1, 0, let amount?): return .live(amount)
        case (0, 1, let amount?): return .inBin(amount)
        default: return nil
        }
    }
}
