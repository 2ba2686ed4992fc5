import Expenses
import Storage
import Templating

/// Tells the owner, on every page, of a change of many rows that is not whole yet.
enum LongWriteNotice {
    /// Expenses whose change a page waits for; of more the next pages tell that it is under way.
    static let mostAwaited = 2_000

    /// Nil for a change that nobody has asked for, and for one that the owner sees already.
    static func of(_ state: LongWriteState, _ preferences: Preferences) -> Notice? {
        let what: Message
        var links: [Link] = []
        switch state.write {
        case .addImport(let id):
            what = Message(
                "An import is being added. It is not whole yet: its other expenses follow by themselves.")
            links = [Link(label: Message("Show"), address: "/expenses/import/\(id)")]
        case .undoImport: what = Message("An import is being taken back.")
        case .takeBackImport(let id):
            what = Message("An import could not be added to its end, and is being taken back.")
            links = [Link(label: Message("Show"), address: "/expenses/import/\(id)")]
        case .mergeCategory: what = Message("The expenses of a category are being moved to another one.")
        case .bulkChange:
            what = Message("Many expenses are being changed. The others follow by themselves.")
        case .undoBulkChange: what = Message("A change of many expenses is being undone.")
        case .recordRepeating:
            what = Message(
                "Repeating expenses are being recorded. Totals are not whole yet: the others follow by themselves."
            )
        case .countMonths(let months):
            // What is left to do is to remove the totals of the former months.
            guard months != preferences.months else { return nil }
            what = Message(
                "Your months are being counted from day {day} on. Until that is done, every page shows the months from day {before} on.",
                ["day": months.start, "before": preferences.months.start])
        case .readDescriptions, .readTags, .removeUser: return nil
        }
        guard let failure = state.failure else {
            return Notice(text: what, kind: .info, links: links)
        }
        return Notice(
            text: Message(
                "{what} This has stopped ({failure}), and is tried again each minute.",
                ["what": what, "failure": failure]), kind: .error,
            links: links)
    }
}
