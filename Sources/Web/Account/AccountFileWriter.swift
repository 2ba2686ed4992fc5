import Expenses
import JSON
import Storage

/// Writes everything that an account holds as one JSON file. `AccountFile` reads it.
struct AccountFileWriter {
    static let format = "expense-tracker-account"
    static let version: Int64 = 1
    /// Rows of the bin read at a time.
    private static let batch = 500

    private let stores: Stores
    private let user: User
    private let categories: [Category]
    private let rules: [Rule]
    private let targets: [Target]
    private let repeating: [RepeatingExpense]
    /// The place in `repeating` of what has recorded an expense, and the day for which it did.
    private let recorded: [Expense.ID: (place: Int, due: Day)]
    /// What was deleted before this is no longer in the bin.
    private let binBegins: Int64

    /// `stores` see one moment, so that the settings are of the same as the amounts.
    init(of owner: User.ID, in stores: Stores, at now: Int64) throws {
        guard let user = try stores.users.find(owner) else { throw AppError.signInRequired }
        self.user = user
        self.stores = stores
        categories = try stores.categories.all(of: owner)
        rules = try stores.rules.all(of: owner)
        targets = try stores.targets.all(of: owner)
        repeating = try stores.repeating.all(of: owner)
        let places = Dictionary(uniqueKeysWithValues: repeating.enumerated().map { ($1.id, $0) })
        var recorded: [Expense.ID: (place: Int, due: Day)] = [:]
        if !places.isEmpty {
            try stores.repeating.forEachRecorded(of: owner) { expense, rule, due in
                recorded[expense] = places[rule].map { ($0, due) }
            }
        }
        self.recorded = recorded
        binBegins = now - DeletedExpense.restorable
    }

    func write(to writer: inout DownloadWriter) throws {
        try writer.write { append(head: &$0) }
        try writer.write(",\n\"expenses\":")
        try writeExpenses(to: &writer)
        try writer.write(",\n\"bin\":")
        try writeBin(to: &writer)
        try writer.write("}\n")
    }

    private func append(head body: inout [UInt8]) {
        JSONWriter.append("format", AccountFileWriter.format, after: "{", to: &body)
        JSONWriter.append("version", AccountFileWriter.version, to: &body)
        let preferences = user.preferences
        JSONWriter.appendName("settings", to: &body)
        JSONWriter.append("currency", preferences.currency.code, after: "{", to: &body)
        JSONWriter.append("number_format", preferences.numberFormat.rawValue, to: &body)
        JSONWriter.append("zone", preferences.zone, to: &body)
        JSONWriter.append("first_weekday", preferences.firstWeekday.rawValue, to: &body)
        JSONWriter.append("month_start", Int64(preferences.months.start), to: &body)
        JSONWriter.append("language", preferences.language, to: &body)
        body += "},\n\"categories\":[".utf8
        for (index, category) in categories.enumerated() {
            body += (index == 0 ? "\n" : ",\n").utf8
            JSONWriter.append("name", category.name, after: "{", to: &body)
            JSONWriter.append("color", category.color.rawValue, to: &body)
            body.append(UInt8(ascii: "}"))
        }
        body += "],\n\"rules\":[".utf8
        for (index, rule) in rules.enumerated() {
            body += (index == 0 ? "\n" : ",\n").utf8
            JSONWriter.append("text", rule.text, after: "{", to: &body)
            if let name = rule.category.flatMap({ names[$0] }) {
                JSONWriter.append("category", name, to: &body)
            }
            JSONWriter.append("new_description", rule.newDescription, to: &body)
            JSONWriter.append("tag", rule.tag, to: &body)
            JSONWriter.appendName("leave_out", to: &body)
            body += (rule.leavesOut ? "true}" : "false}").utf8
        }
        body += "],\n\"targets\":[".utf8
        for (index, target) in targets.enumerated() {
            body += (index == 0 ? "\n" : ",\n").utf8
            JSONWriter.append("month", target.month.description, after: "{", to: &body)
            // A category that goes takes its targets along.
            if let name = target.category.flatMap({ names[$0] }) {
                JSONWriter.append("category", name, to: &body)
            }
            JSONWriter.append(
                "amount", target.amount == .zero ? "" : target.amount.decimal(in: user.preferences.currency),
                to: &body)
            body.append(UInt8(ascii: "}"))
        }
        body.append(UInt8(ascii: "]"))
        // Files of accounts without any are as they were.
        guard !repeating.isEmpty else { return }
        body += ",\n\"repeating\":[".utf8
        for (index, rule) in repeating.enumerated() {
            body += (index == 0 ? "\n" : ",\n").utf8
            append(rule, names, to: &body)
        }
        body.append(UInt8(ascii: "]"))
    }

    private func append(_ rule: RepeatingExpense, _ names: [Category.ID: String], to body: inout [UInt8]) {
        let repetition = rule.repetition
        JSONWriter.append("amount", rule.amount.decimal(in: user.preferences.currency), after: "{", to: &body)
        JSONWriter.append("category", names[rule.category] ?? "", to: &body)
        JSONWriter.append("description", rule.description, to: &body)
        JSONWriter.append("first", repetition.first.description, to: &body)
        JSONWriter.append("every", Int64(repetition.every), to: &body)
        JSONWriter.append("unit", repetition.unit.rawValue, to: &body)
        if let day = repetition.until { JSONWriter.append("until", day.description, to: &body) }
        JSONWriter.append("next", Int64(rule.next), to: &body)
        JSONWriter.appendName("paused", to: &body)
        body += (rule.isPaused ? "true" : "false").utf8
        if let day = rule.recordedThrough {
            JSONWriter.append("recorded_through", day.description, to: &body)
        }
        JSONWriter.append("recorded", Int64(rule.recorded), to: &body)
        body.append(UInt8(ascii: "}"))
    }

    private func writeExpenses(to writer: inout DownloadWriter) throws {
        let fields = ExpenseWriter(categories, user.preferences, ExpenseField.inFiles)
        var mark = "[\n"
        try stores.list.forEach(of: user.id, matching: Filter()) { expense in
            try writer.write { body in
                body += mark.utf8
                append(expense, fields, to: &body)
                body.append(UInt8(ascii: "}"))
            }
            mark = ",\n"
        }
        try writer.write(mark == "[\n" ? "[]" : "]")
    }

    private func writeBin(to writer: inout DownloadWriter) throws {
        let fields = ExpenseWriter(categories, user.preferences, ExpenseField.inFiles)
        var mark = "[\n"
        var last: Expense.ID?
        while true {
            let deleted = try stores.bin.expenses(
                of: user.id, before: last, limit: AccountFileWriter.batch)
            guard !deleted.isEmpty else { break }
            for deleted in deleted where deleted.deletedAt >= binBegins {
                try writer.write { body in
                    body += mark.utf8
                    append(deleted.expense, fields, to: &body)
                    JSONWriter.append("deleted_at", deleted.deletedAt, to: &body)
                    body.append(UInt8(ascii: "}"))
                }
                mark = ",\n"
            }
            last = deleted.last?.expense.id
        }
        try writer.write(mark == "[\n" ? "[]" : "]")
    }

    private var names: [Category.ID: String] {
        Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0.name) })
    }

    /// Without the bracket at the end.
    private func append(_ expense: Expense, _ fields: ExpenseWriter, to body: inout [UInt8]) {
        fields.append(membersOf: expense, after: "{", to: &body)
        if let (place, due) = recorded[expense.id] {
            JSONWriter.append("repeating", Int64(place), to: &body)
            JSONWriter.append("due", due.description, to: &body)
        }
    }
}
