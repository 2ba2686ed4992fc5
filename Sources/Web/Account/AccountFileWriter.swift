import Expenses
import HTTP
import JSON
import Storage

/// Writes everything that an account holds as one JSON file, as it was at one moment, in constant memory.
/// `AccountFile` reads it.
struct AccountFileWriter: Sendable {
    static let format = "expense-tracker-account"
    /// Rows read at a time.
    private static let batch = 500

    private let snapshot: LastingSnapshot
    private let user: User
    private let categories: [Category]
    /// What was deleted before this is no longer in the bin.
    private let binBegins: Int64

    init(of user: User, in storage: Storage, at now: Int64) throws {
        let snapshot = try storage.lastingSnapshot()
        self.snapshot = snapshot
        (self.user, categories) = try snapshot.read { stores in
            // The settings are of the same moment as the amounts.
            guard let known = try stores.users.find(user.id) else { throw AppError.signInRequired }
            return (known, try stores.categories.all(of: user.id))
        }
        binBegins = now - DeletedExpense.restorable
    }

    func write(to writer: inout BodyWriter) async throws {
        try await writer.write { append(head: &$0) }
        try await writer.write(",\n\"expenses\":")
        try await writeExpenses(to: &writer)
        try await writer.write(",\n\"bin\":")
        try await writeBin(to: &writer)
        try await writer.write("}\n")
    }

    private func append(head body: inout [UInt8]) {
        JSONWriter.append("format", AccountFileWriter.format, after: "{", to: &body)
        JSONWriter.append("version", 1, to: &body)
        let preferences = user.preferences
        JSONWriter.appendName("settings", to: &body)
        JSONWriter.append("currency", preferences.currency.code, after: "{", to: &body)
        JSONWriter.append("number_format", preferences.numberFormat.rawValue, to: &body)
        JSONWriter.append("zone", preferences.zone, to: &body)
        JSONWriter.append("first_weekday", preferences.firstWeekday.rawValue, to: &body)
        body += "},\n\"categories\":[".utf8
        for (index, category) in categories.enumerated() {
            body += (index == 0 ? "\n" : ",\n").utf8
            JSONWriter.append("name", category.name, after: "{", to: &body)
            JSONWriter.append("color", category.color.rawValue, to: &body)
            body.append(UInt8(ascii: "}"))
        }
        body.append(UInt8(ascii: "]"))
    }

    private func writeExpenses(to writer: inout BodyWriter) async throws {
        let names = names
        var mark = "[\n"
        var cursor: Cursor?
        repeat {
            let page = try await snapshot.read { [user, cursor] stores in
                try stores.list.page(
                    of: user.id, matching: Filter(), after: cursor, limit: AccountFileWriter.batch)
            }
            for expense in page.expenses {
                try await writer.write { body in
                    body += mark.utf8
                    append(expense, names, to: &body)
                    body.append(UInt8(ascii: "}"))
                }
                mark = ",\n"
            }
            cursor = page.next
        } while cursor != nil
        try await writer.write(mark == "[\n" ? "[]" : "]")
    }

    private func writeBin(to writer: inout BodyWriter) async throws {
        let names = names
        var mark = "[\n"
        var last: Expense.ID?
        while true {
            let deleted = try await snapshot.read { [user, last] stores in
                try stores.bin.expenses(of: user.id, before: last, limit: AccountFileWriter.batch)
            }
            guard !deleted.isEmpty else { break }
            for deleted in deleted where deleted.deletedAt >= binBegins {
                try await writer.write { body in
                    body += mark.utf8
                    append(deleted.expense, names, to: &body)
                    JSONWriter.append("deleted_at", deleted.deletedAt, to: &body)
                    body.append(UInt8(ascii: "}"))
                }
                mark = ",\n"
            }
            last = deleted.last?.expense.id
        }
        try await writer.write(mark == "[\n" ? "[]" : "]")
    }

    private var names: [Category.ID: String] {
        Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0.name) })
    }

    /// Without the bracket at the end.
    private func append(_ expense: Expense, _ names: [Category.ID: String], to body: inout [UInt8]) {
        JSONWriter.append("date", expense.day.description, after: "{", to: &body)
        JSONWriter.append("amount", expense.amount.decimal(in: user.preferences.currency), to: &body)
        // The row's key refers to a category that exists, in the same snapshot.
        JSONWriter.append("category", names[expense.category] ?? "", to: &body)
        JSONWriter.append("description", expense.description, to: &body)
    }
}
