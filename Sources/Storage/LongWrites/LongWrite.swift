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
    /// Records the owner's expenses that repeat, up to and including that day.
    case recordRepeating(through: Day)
    /// Removes the owner with everything of theirs.
    case removeUser

    /// As they are kept.
    enum Kind: String, CaseIterable {
        case addImport = "add import"
        case undoImport = "undo import"
        case takeBackImport = "take back import"
        case mergeCategory = "merge category"
        case readDescriptions = "read descriptions"
        case recordRepeating = "record repeating"
        case removeUser = "remove user"
    }

    var kind: Kind {
        switch self {
        case .addImport: .addImport
        case .undoImport: .undoImport
        case .takeBackImport: .takeBackImport
        case .mergeCategory: .mergeCategory
        case .readDescriptions: .readDescriptions
        case .recordRepeating: .recordRepeating
        case .removeUser: .removeUser
        }
    }

    var subject: Int64 {
        switch self {
        case .addImport(let id), .undoImport(let id), .takeBackImport(let id): id.rawValue
        case .mergeCategory(let id, into: _): id.rawValue
        case .readDescriptions, .recordRepeating, .removeUser: 0
        }
    }

    var target: Int64 {
        switch self {
        case .mergeCategory(_, into: let id): id.rawValue
        case .recordRepeating(through: let day): Int64(day.number)
        case .addImport, .undoImport, .takeBackImport, .readDescriptions, .removeUser: 0
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
        case .recordRepeating:
            guard let day = Day(number: Int(target)) else { return nil }
            self = .recordRepeating(through: day)
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
