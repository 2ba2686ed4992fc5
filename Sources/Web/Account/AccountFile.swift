import Expenses
import JSON
import Platform
import Templating

/// What a file of `AccountFileWriter` holds: checked as a whole before anything is stored, then read again row by row, both in
/// little memory.
struct AccountFile: Sendable {
    struct Row: Sendable {
        /// Without its category, which stands in the next property.
        var draft: ExpenseDraft
        /// The place of its category in `categories`.
        var category: Int
        /// Unix seconds; nil for one that is not in the bin.
        var deletedAt: Int64?
        /// The place in `repeating` of what has recorded it, and the day for which it did.
        var recorded: (rule: Int, due: Day)?
    }

    /// Why a file is not taken, in words for the person who chose it.
    struct Refusal: Error, Equatable {
        let sentence: Message
    }

    /// What stands before the rows.
    struct Head: Sendable {
        fileprivate(set) var preferences = Preferences()
        fileprivate(set) var categories: [(name: String, color: CategoryColor)] = []
        /// Each with the place of its category in `categories`. Files of earlier releases have none.
        fileprivate(set) var rules: [(rule: Rule, category: Int?)] = []
        /// Likewise.
        fileprivate(set) var targets: [(target: Target, category: Int?)] = []
        fileprivate(set) var repeating: [(rule: RepeatingExpense, category: Int)] = []
    }

    let head: Head
    let expenses: Int
    let bin: Int
    /// Names of members that mean nothing here, some of them: `settings.theme`.
    let unknown: [String]
    private let bytes: StoredBytes

    /// Reads all of it. May wait for the disk. Throws a `Refusal`.
    init(_ bytes: StoredBytes) throws {
        self.bytes = bytes
        var reading = AccountFileReading()
        var counts = (expenses: 0, bin: 0)
        try reading.read(bytes) { row in
            if row.deletedAt == nil { counts.expenses += 1 } else { counts.bin += 1 }
        }
        head = reading.head
        (expenses, bin) = counts
        unknown = reading.unknown
    }

    /// Every row, in the order of the file: the newest expense first, and the newest in the bin.
    func forEachRow(_ handle: (Row) throws -> Void) throws {
        var reading = AccountFileReading()
        try reading.read(bytes, handle)
    }
}

/// Reads a file from its beginning to its end.
private struct AccountFileReading {
    /// Bytes that are read at a time.
    private static let piece = 256 * 1024
    /// More than anybody has, and little enough to be kept.
    private static let maxCategories = 10_000
    private static let maxUnknown = 10
    /// The members of an expense, and of one in the bin.
    private static let ofExpense = ExpenseField.inFiles.map(\.key) + ["repeating", "due"]
    private static let ofDeleted = ofExpense + ["deleted_at"]
    private static let ofRepeating =
        ExpenseField.ofRepeating.map(\.key) + [
            "first", "every", "unit", "until", "next", "paused", "recorded_through", "recorded",
        ]

    private(set) var head = AccountFile.Head()
    private(set) var unknown: [String] = []
    private var places: [String: Int] = [:]
    /// What has ended the reading, where that was not the file's text.
    private var failure: (any Error)?

    mutating func read(_ bytes: StoredBytes, _ handle: (AccountFile.Row) throws -> Void) throws {
        var offset = 0
        do throws(JSONError) {
            var reader = JSONReader(from: {
                let piece = try bytes.read(Self.piece, at: offset)
                offset += piece.count
                return piece
            })
            var seen: Set<String> = []
            try reader.object { reader, name throws(JSONError) in
                try self.read(name, after: seen, &reader, handle)
                seen.insert(name)
            }
            try reader.end()
            guard seen.isSuperset(of: ["format", "version", "settings", "categories", "expenses", "bin"])
            else {
                throw refuse(
                    Message("This is not the whole of a file that “Download everything” has made."), reader)
            }
            guard !head.categories.isEmpty else {
                throw refuse(Message("There is no category in the file."), reader)
            }
        } catch {
            throw failure
                ?? AccountFile.Refusal(
                    sentence: Message(
                        "This is not a file of “Download everything”. {problem}",
                        ["problem": error.description]))
        }
    }

    /// What ends the reading; the sentence is what `read` throws.
    private mutating func refuse(_ sentence: Message, _ reader: JSONReader) -> JSONError {
        failure = AccountFile.Refusal(sentence: sentence)
        return reader.failure(.refused)
    }

    private mutating func read(
        _ name: String, after seen: Set<String>, _ reader: inout JSONReader,
        _ handle: (AccountFile.Row) throws -> Void
    ) throws(JSONError) {
        switch name {
        case "format":
            guard try reader.string() == AccountFileWriter.format else {
                throw refuse(Message("This is a file of another program."), reader)
            }
        case "version":
            guard case .integer(let version) = try reader.value(), version >= 1 else {
                throw refuse(Message("The file’s version is no number."), reader)
            }
            guard version <= AccountFileWriter.version else {
                throw refuse(
                    Message(
                        "A newer Expense Tracker has made this file (version {version}; this one reads {known}). Nothing was imported: update this one first.",
                        ["version": String(version), "known": String(AccountFileWriter.version)]),
                    reader)
            }
        case "settings":
            try readSettings(&reader)
        case "categories":
            try reader.array { reader throws(JSONError) in try self.readCategory(&reader) }
        case "rules":
            guard seen.contains("categories") else {
                throw refuse(Message("The categories have to come before the rules."), reader)
            }
            try reader.array { reader throws(JSONError) in try self.readRule(&reader) }
        case "targets":
            guard seen.isSuperset(of: ["settings", "categories"]) else {
                throw refuse(Message("The settings and categories have to come before the targets."), reader)
            }
            try reader.array { reader throws(JSONError) in try self.readTarget(&reader) }
        case "repeating":
            guard seen.isSuperset(of: ["settings", "categories"]) else {
                throw refuse(Message("The settings and categories have to come before what repeats."), reader)
            }
            try reader.array { reader throws(JSONError) in try self.readRepeating(&reader) }
        case "expenses", "bin":
            guard seen.isSuperset(of: ["settings", "categories"]) else {
                throw refuse(Message("The settings and categories have to come before the expenses."), reader)
            }
            try reader.array { reader throws(JSONError) in
                try self.readExpense(&reader, isDeleted: name == "bin", handle)
            }
        default:
            note(unknown: name)
            _ = try reader.value()
        }
    }

    private mutating func note(unknown name: String) {
        let name = String(name.prefix(40))
        guard unknown.count < Self.maxUnknown, !unknown.contains(name) else { return }
        unknown.append(name)
    }

    /// The members of one object of the file, as far as any of them matters.
    private struct Members {
        private var texts: [(name: String, text: String)] = []
        private var numbers: [(name: String, number: Int64)] = []
        private var flags: Set<String> = []
        private(set) var others: [String] = []

        init(_ known: [String], _ reader: inout JSONReader) throws(JSONError) {
            try reader.object { reader, name throws(JSONError) in
                guard known.contains(name) else {
                    if others.count < AccountFileReading.maxUnknown { others.append(name) }
                    _ = try reader.value()
                    return
                }
                switch (name, try reader.value()) {
                case (_, .integer(let number)): numbers.append((name, number))
                case (_, .bool(true)): flags.insert(name)
                case (_, .string(let text)): texts.append((name, text))
                default: break
                }
            }
        }

        subscript(_ name: String) -> String { texts.first { $0.name == name }?.text ?? "" }

        func number(_ name: String) -> Int64? { numbers.first { $0.name == name }?.number }

        func has(_ name: String) -> Bool { flags.contains(name) }
    }

    private mutating func members(
        _ known: [String], of parent: String, _ reader: inout JSONReader
    ) throws(JSONError) -> Members {
        let members = try Members(known, &reader)
        for name in members.others { note(unknown: "\(parent).\(name)") }
        return members
    }

    private mutating func readSettings(_ reader: inout JSONReader) throws(JSONError) {
        let members = try members(
            ["currency", "number_format", "zone", "first_weekday", "month_start", "language"], of: "settings",
            &reader)
        let form = SettingsForm(
            currency: members["currency"], numberFormat: members["number_format"], zone: members["zone"],
            firstWeekday: members["first_weekday"],
            // Files of earlier releases do not say.
            monthStart: String(members.number("month_start") ?? Int64(MonthCalendar.civil.start)),
            language: "")
        guard case .success(var valid) = form.validated(among: []) else {
            throw refuse(Message("The settings in the file cannot be read."), reader)
        }
        // One that this program does not have counts as none when a page is shown.
        let language = members["language"]
        if language.utf8.count <= 35,
            language.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        {
            valid.language = language
        }
        head.preferences = valid
    }

    private mutating func readCategory(_ reader: inout JSONReader) throws(JSONError) {
        let members = try members(["name", "color"], of: "categories", &reader)
        guard
            case .success(let valid) = CategoryForm(name: members["name"], color: members["color"])
                .validated()
        else {
            throw refuse(
                Message("The category “{name}” cannot be read.", ["name": members["name"].prefix(60)]), reader
            )
        }
        guard places.updateValue(head.categories.count, forKey: searchKey(valid.name)) == nil else {
            throw refuse(Message("The category “{name}” is there twice.", ["name": valid.name]), reader)
        }
        guard head.categories.count < Self.maxCategories else {
            throw refuse(
                Message("The file has more than {most} categories.", ["most": Self.maxCategories]), reader)
        }
        head.categories.append(valid)
    }

    /// Checked as the form of the pages is. One whose category has gone does what is left of it.
    private mutating func readRule(_ reader: inout JSONReader) throws(JSONError) {
        let members = try members(
            ["text", "category", "new_description", "tag", "leave_out"], of: "rules", &reader)
        let form = RuleForm(
            text: members["text"], newDescription: members["new_description"], tag: members["tag"],
            leavesOut: members.has("leave_out"))
        let category = places[searchKey(members["category"])]
        guard case .success(let rule) = form.validated(as: Rule.ID(0), among: [], mayDoNothing: true),
            members["category"].isEmpty || category != nil
        else {
            throw refuse(
                Message("The rule for “{name}” cannot be read.", ["name": members["text"].prefix(60)]), reader
            )
        }
        guard head.rules.count < Rule.most else {
            throw refuse(Message("The file has more than {most} rules.", ["most": Rule.most]), reader)
        }
        head.rules.append((rule, category))
    }

    /// Checked as the form of the pages is, with the amount in its plain form.
    private mutating func readTarget(_ reader: inout JSONReader) throws(JSONError) {
        let members = try members(["month", "category", "amount"], of: "targets", &reader)
        let form = TargetForm(amount: members["amount"], month: members["month"])
        let category = places[searchKey(members["category"])]
        guard !form.month.isEmpty, members["category"].isEmpty || category != nil,
            case .success(let target) = form.validated(
                head.preferences, among: [], month: .earliest, amount: .decimal)
        else {
            throw refuse(
                Message("The target of {month} cannot be read.", ["month": members["month"].prefix(10)]),
                reader)
        }
        guard head.targets.count < Target.most else {
            throw refuse(Message("The file has more than {most} targets.", ["most": Target.most]), reader)
        }
        head.targets.append((target, category))
    }

    /// Likewise.
    private mutating func readRepeating(_ reader: inout JSONReader) throws(JSONError) {
        let members = try members(Self.ofRepeating, of: "repeating", &reader)
        var expense = ExpenseForm { members[$0] }
        let place = places[searchKey(expense.category)]
        (expense.category, expense.date) = ("", members["first"])
        let form = RepeatingForm(
            expense: expense, every: String(members.number("every") ?? 0), unit: members["unit"],
            until: members["until"])
        let recordedThrough = Day(members["recorded_through"])
        guard case .success(let entry) = form.validated(head.preferences, among: [], amount: .decimal),
            let place, let next = members.number("next"), let recorded = members.number("recorded"),
            (0...1_000_000).contains(next),
            (0...1_000_000_000).contains(recorded),
            members["recorded_through"].isEmpty || recordedThrough != nil
        else {
            throw refuse(
                Message(
                    "The repeating expense “{name}” cannot be read.",
                    ["name": expense.description.prefix(60)]), reader)
        }
        guard head.repeating.count < RepeatingExpense.most else {
            throw refuse(
                Message(
                    "The file has more than {most} repeating expenses.", ["most": RepeatingExpense.most]),
                reader)
        }
        var rule = RepeatingExpense(entry.expense.draft, entry.repetition)
        rule.next = max(Int(next), recordedThrough.map(rule.repetition.number(after:)) ?? 0)
        rule.isPaused = members.has("paused")
        (rule.recordedThrough, rule.recorded) = (recordedThrough, Int(recorded))
        head.repeating.append((rule, place))
    }

    /// What has recorded an expense; nil where it was typed. Nil too for what is not in the file.
    private func recorded(_ members: Members) -> (rule: Int, due: Day)? {
        guard let place = members.number("repeating").flatMap({ Int(exactly: $0) }),
            head.repeating.indices.contains(place), let due = Day(members["due"])
        else { return nil }
        return (place, due)
    }

    /// Checked as the form of the pages is, with the amount in its plain form.
    private mutating func readExpense(
        _ reader: inout JSONReader, isDeleted: Bool, _ handle: (AccountFile.Row) throws -> Void
    ) throws(JSONError) {
        let members = try members(
            isDeleted ? Self.ofDeleted : Self.ofExpense, of: isDeleted ? "bin" : "expenses", &reader)
        var form = ExpenseForm { members[$0] }
        let category = places[searchKey(form.category)]
        form.category = ""
        guard case .success(let entry) = form.validated(head.preferences, among: [], amount: .decimal),
            let category,
            !isDeleted || members.number("deleted_at") != nil
        else {
            throw refuse(
                Message(
                    "The expense “{description}” of {date} cannot be read.",
                    ["description": form.description.prefix(60), "date": form.date.prefix(10)]),
                reader)
        }
        do {
            try handle(
                AccountFile.Row(
                    draft: entry.draft, category: category,
                    deletedAt: isDeleted ? members.number("deleted_at") : nil,
                    recorded: recorded(members)))
        } catch {
            failure = error
            throw reader.failure(.refused)
        }
    }
}
