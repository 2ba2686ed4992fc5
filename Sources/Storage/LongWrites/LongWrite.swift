package import Expenses

/// A change of more rows than one write should touch.
package enum LongWrite: Hashable, Sendable {
    /// Moves what was staged into the owner's expenses.
    case addImport(UploadedFile.ID)
    /// Removes an import with all that it has added or staged.
    case undoImport(UploadedFile.ID)
    /// The same for an import that cannot be added to its end: its file stays, and waits again.
    case takeBackImport(UploadedFile.ID)
    /// Moves a category's expenses to another one, and removes it.
    case mergeCategory(Category.ID, into: Category.ID)
    /// Looks for the descriptions used last: see `LatestDescriptions`.
    case readDescriptions
    /// Looks for the tags of descriptions that are older than those.
    case readTags
    /// Does with the expenses of a bulk change what it says.
    case bulkChange(BulkChange.ID)
    /// Takes that back.
    case undoBulkChange(BulkChange.ID)
    /// Records the owner's expenses that repeat, up to and including that day.
    case recordRepeating(through: Day)
    /// Counts the owner's totals by these months, and shows them.
    case countMonths(MonthCalendar)
    /// Removes the owner with everything of theirs.
    case removeUser

    /// As they are kept.
    enum Kind: String, CaseIterable {
        case addImport = "add import"
        case undoImport = "undo import"
        case takeBackImport = "take back import"
        case mergeCategory = "merge category"
        case readDescriptions = "read descriptions"
        case readTags = "read tags"
        case bulkChange = "bulk change"
        case undoBulkChange = "undo bulk change"
        case recordRepeating = "record repeating"
        case countMonths = "count months"
        case removeUser = "remove user"
    }

    /// What a row says of it: see `Tables.longWrites`.
    private var row: (kind: Kind, subject: Int64, target: Int64) {
        switch self {
        case .addImport(let id): (.addImport, id.rawValue, 0)
        case .undoImport(let id): (.undoImport, id.rawValue, 0)
        case .takeBackImport(let id): (.takeBackImport, id.rawValue, 0)
        case .mergeCategory(let id, into: let target): (.mergeCategory, id.rawValue, target.rawValue)
        case .readDescriptions: (.readDescriptions, 0, 0)
        case .readTags: (.readTags, 0, 0)
        case .bulkChange(let id): (.bulkChange, id.rawValue, 0)
        case .undoBulkChange(let id): (.undoBulkChange, id.rawValue, 0)
        case .recordRepeating(through: let day): (.recordRepeating, 0, Int64(day.number))
        case .countMonths(let months): (.countMonths, Int64(months.start), 0)
        case .removeUser: (.removeUser, 0, 0)
        }
    }

    var kind: Kind { row.kind }
    var subject: Int64 { row.subject }
    var target: Int64 { row.target }

    /// Whether the owner's expenses are, until it is done, partly as before it and partly as after it.
    package var changesExpenses: Bool {
        switch self {
        case .addImport, .undoImport, .takeBackImport, .mergeCategory, .bulkChange, .undoBulkChange,
            .recordRepeating, .removeUser:
            true
        case .readDescriptions, .readTags, .countMonths: false
        }
    }

    /// Nil for a kind that this release does not know.
    init?(kind: String, subject: Int64, target: Int64) {
        switch Kind(rawValue: kind) {
        case .addImport: self = .addImport(Identifier(subject))
        case .undoImport: self = .undoImport(Identifier(subject))
        case .takeBackImport: self = .takeBackImport(Identifier(subject))
        case .mergeCategory: self = .mergeCategory(Identifier(subject), into: Identifier(target))
        case .readDescriptions: self = .readDescriptions
        case .readTags: self = .readTags
        case .bulkChange: self = .bulkChange(Identifier(subject))
        case .undoBulkChange: self = .undoBulkChange(Identifier(subject))
        case .recordRepeating:
            guard let day = Day(number: Int(target)) else { return nil }
            self = .recordRepeating(through: day)
        case .countMonths:
            guard let months = MonthCalendar(start: Int(subject)) else { return nil }
            self = .countMonths(months)
        case .removeUser: self = .removeUser
        case nil: return nil
        }
    }
}

/// A long write that is under way, and whose it is.
package struct OwnedLongWrite: Hashable, Sendable {
    package let owner: User.ID
    package let write: LongWrite
}

/// How a long write stands, as its owner is told.
package struct LongWriteState: Hashable, Sendable {
    package let write: LongWrite
    /// Why it has stopped for the moment; it is tried again each minute. Nil while it goes on.
    package let failure: String?
}
