import Expenses

/// A change of more rows than one write should touch.
enum LongWrite: Hashable {
    /// Moves what was staged into the owner's expenses.
    case addImport(UploadedFile.ID)
    case undoImport(UploadedFile.ID)
    /// Moves a category's expenses to another one, and removes it.
    case mergeCategory(Category.ID, into: Category.ID)
    /// Removes the owner with everything of theirs.
    case removeUser

    var kind: String {
        switch self {
        case .addImport: "add import"
        case .undoImport: "undo import"
        case .mergeCategory: "merge category"
        case .removeUser: "remove user"
        }
    }

    var subject: Int64 {
        switch self {
        case .addImport(let id), .undoImport(let id): id.rawValue
        case .mergeCategory(let id, into: _): id.rawValue
        case .removeUser: 0
        }
    }

    var target: Int64 {
        if case .mergeCategory(_, into: let id) = self { id.rawValue } else { 0 }
    }

    init?(kind: String, subject: Int64, target: Int64) {
        switch kind {
        case "add import": self = .addImport(Identifier(subject))
        case "undo import": self = .undoImport(Identifier(subject))
        case "merge category": self = .mergeCategory(Identifier(subject), into: Identifier(target))
        case "remove user": self = .removeUser
        default: return nil
        }
    }
}
