import Expenses
import JSON

/// What a file of `AccountFileWriter` holds, read and checked as a whole before anything is stored.
struct AccountFile: Sendable {
    struct Row: Sendable {
        var amount: Money
        /// The place of its category in `categories`.
        var category: Int
        var day: Day
        var description: String
    }

    struct DeletedRow: Sendable {
        var row: Row
        /// Unix seconds.
        var deletedAt: Int64
    }

    private(set) var preferences = Preferences()
    private(set) var categories: [(name: String, color: CategoryColor)] = []
    /// Newest first.
    private(set) var expenses: [Row] = []
    private(set) var bin: [DeletedRow] = []

    /// Why a file is not taken, in words for the person who chose it.
    struct Refusal: Error, Equatable {
        let sentence: String
    }

    private var places: [String: Int] = [:]
    private var refusal: Refusal?

    init(_ bytes: [UInt8]) throws(Refusal) {
        do throws(JSONError) {
            var reader = JSONReader(bytes)
            var seen: Set<String> = []
            try reader.object { reader, name throws(JSONError) in
                try self.read(name, after: seen, &reader)
                seen.insert(name)
            }
            try reader.end()
            guard seen.isSuperset(of: ["format", "settings", "categories", "expenses", "bin"]) else {
                throw refuse("This is not the whole of a file that “Download everything” has made.", reader)
            }
            guard !categories.isEmpty else { throw refuse("There is no category in the file.", reader) }
        } catch {
            throw refusal
                ?? Refusal(sentence: "This is not a file of “Download everything”. \(error.description)")
        }
    }

    /// What ends the reading; the sentence is what `init` throws.
    private mutating func refuse(_ sentence: String, _ reader: JSONReader) -> JSONError {
        refusal = Refusal(sentence: sentence)
        return reader.failure(.refused)
    }

    private mutating func read(
        _ name: String, after seen: Set<String>, _ reader: inout JSONReader
    ) throws(JSONError) {
        switch name {
        case "format":
            guard try reader.string() == AccountFileWriter.format else {
                throw refuse("This is a file of another program.", reader)
            }
        case "settings":
            try readSettings(&reader)
        case "categories":
            try reader.array { reader throws(JSONError) in try self.readCategory(&reader) }
        case "expenses", "bin":
            guard seen.isSuperset(of: ["settings", "categories"]) else {
                throw refuse("The settings and categories have to come before the expenses.", reader)
            }
            try reader.array { reader throws(JSONError) in
                try self.readExpense(&reader, isDeleted: name == "bin")
            }
        default:
            _ = try reader.value()
        }
    }

    /// The members of one object of the file, as far as any of them matters.
    private struct Members {
        private var texts: [String: String] = [:]
        private(set) var deletedAt: Int64?

        init(_ reader: inout JSONReader) throws(JSONError) {
            try reader.object { reader, name throws(JSONError) in
                switch (name, try reader.value()) {
                case ("deleted_at", .integer(let seconds)): deletedAt = seconds
                case (_, .string(let text)): texts[name] = text
                default: break
                }
            }
        }

        subscript(_ name: String) -> String { texts[name] ?? "" }
    }

    private mutating func readSettings(_ reader: inout JSONReader) throws(JSONError) {
        let members = try Members(&reader)
        let form = SettingsForm(
            currency: members["currency"], numberFormat: members["number_format"], zone: members["zone"],
            firstWeekday: members["first_weekday"])
        guard case .success(let valid) = form.validated() else {
            throw refuse("The settings in the file cannot be read.", reader)
        }
        preferences = valid
    }

    private mutating func readCategory(_ reader: inout JSONReader) throws(JSONError) {
        let members = try Members(&reader)
        guard
            case .success(let valid) = CategoryForm(name: members["name"], color: members["color"])
                .validated()
        else { throw refuse("The category “\(members["name"].prefix(60))” cannot be read.", reader) }
        guard places.updateValue(categories.count, forKey: searchKey(valid.name)) == nil else {
            throw refuse("The category “\(valid.name)” is there twice.", reader)
        }
        categories.append(valid)
    }

    /// Checked as the form of the pages is, with the amount in its plain form.
    private mutating func readExpense(_ reader: inout JSONReader, isDeleted: Bool) throws(JSONError) {
        let members = try Members(&reader)
        let form = ExpenseForm(
            amount: members["amount"], date: members["date"], description: members["description"])
        guard case .success(let entry) = form.validated(preferences, among: [], amount: .decimal),
            let category = places[searchKey(members["category"])], !isDeleted || members.deletedAt != nil
        else {
            throw refuse(
                "The expense “\(members["description"].prefix(60))” of \(members["date"].prefix(10)) "
                    + "cannot be read.", reader)
        }
        let row = Row(
            amount: entry.amount, category: category, day: entry.day, description: entry.description)
        guard isDeleted, let deletedAt = members.deletedAt else { return expenses.append(row) }
        bin.append(DeletedRow(row: row, deletedAt: deletedAt))
    }
}
