import Expenses
import HTTP
import Storage
import Templating

/// Tells what was done with many expenses, and offers to take it back.
enum BulkNotice {
    /// The fields of an address, or of the page that follows a change.
    private static let change = "bulk"
    private static let undone = "undone"

    static func query(telling id: BulkChange.ID) -> String { "\(change)=\(id)" }
    static let queryTellingUndone = "\(undone)=1"

    /// The end of the address of an Undo that leads back to the list.
    static let undo = "undo"
    /// The same that leads to the tags.
    static let undoOfTags = "undo?from=tags"

    /// What the address tells; nothing where it tells nothing, or of a change that can no longer be taken back.
    ///
    /// `isReminding`: of the last change, also where the address does not tell of it.
    static func all(
        _ fields: FormData, isReminding: Bool, undo: String = undo, form: String,
        returnTo: FilterAddress? = nil, _ visit: UserVisit
    ) throws -> [Notice] {
        if fields[undone] != nil { return [Notice(text: Message("The change is undone."))] }
        let id = fields[change].flatMap { BulkChange.ID($0) }
        guard isReminding || id != nil else { return [] }
        let owner = visit.user.id
        let (latest, categories) = try visit.read {
            (try $0.bulk.latest(of: owner, at: visit.now), try $0.categories.all(of: owner))
        }
        guard let latest, isReminding || latest.id == id else { return [] }
        let wording = visit.wording
        let isNothing = latest.changed == 0 && !visit.session.hasLongWrites
        guard latest.id == id || !isNothing || latest.action.reachesBin else { return [] }
        var notice = Notice(
            text: isNothing
                ? Message("No expense had to be changed.") : latest.words(categories, wording),
            kind: latest.id == id ? .success : .info)
        if latest.leftOut > 0 {
            notice.more = Message(
                "{count} stayed as it was: its description would be too long.",
                plural: "{count} stayed as they were: their descriptions would be too long.",
                count: latest.leftOut, ["count": wording.number(latest.leftOut)])
        }
        if !isNothing || latest.action.reachesBin {
            notice.undo = ButtonForm(
                action: "/expenses/selected/\(latest.id)/\(undo)", form: form, returnTo: returnTo)
        }
        return [notice]
    }
}

extension BulkChange.Action {
    /// Whether more than the expenses of the list may have been changed: those in the bin, rules, and what repeats.
    fileprivate var reachesBin: Bool {
        switch self {
        case .move, .tag, .delete: false
        case .untag, .rename: true
        }
    }
}

extension BulkChange {
    /// "Moved 12 expenses to Groceries."
    func words(_ categories: [Category], _ wording: Wording) -> Message {
        let count = wording.number(changed)
        switch action {
        case .move(to: let id):
            return Message(
                "Moved {count} expense to {category}.", plural: "Moved {count} expenses to {category}.",
                count: changed,
                ["count": count, "category": categories.first { $0.id == id }?.name ?? ""])
        case .tag(let tag):
            return Message(
                "Added {tag} to {count} expense.", plural: "Added {tag} to {count} expenses.", count: changed,
                ["count": count, "tag": "#" + tag])
        case .untag(let tag):
            return Message(
                "Took {tag} off {count} expense.", plural: "Took {tag} off {count} expenses.", count: changed,
                ["count": count, "tag": "#" + tag])
        case .rename(let tag, to: let new):
            return Message(
                "Renamed {tag} to {new} in {count} expense.",
                plural: "Renamed {tag} to {new} in {count} expenses.", count: changed,
                ["count": count, "tag": "#" + tag, "new": "#" + new])
        case .delete:
            return Message(
                "Deleted {count} expense.", plural: "Deleted {count} expenses.", count: changed,
                ["count": count])
        }
    }
}
