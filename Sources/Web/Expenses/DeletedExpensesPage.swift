import Expenses
import Templating

/// The bin: what was deleted in the last 30 days.
struct DeletedExpensesPage: FramedPage {
    var frame: Frame
    /// The one-time id that the buttons of all rows share.
    var form: String
    var rows: [DeletedRow]
    /// The page after this one; empty where this is the last.
    var older: String
    var isFirst: Bool

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "rows": .field { $0.rows },
        "older": .field { $0.older },
        "isFirst": .field { $0.isFirst },
    ]
}

struct DeletedRow: TemplateModel {
    var row: ExpenseRow
    var date: ShownDate
    /// "Deleted 3 days ago"
    var deleted: Message

    static let fields: TemplateFields<Self> = [
        "row": .field { $0.row },
        "date": .field { $0.date },
        "deleted": .field { $0.deleted },
    ]
}

extension DeletedRow {
    init(_ deleted: DeletedExpense, _ category: Category?, now: Int64, wording: Wording) {
        row = ExpenseRow(deleted.expense, category, wording)
        date = wording.date(deleted.expense.day)
        self.deleted = DeletedRow.age(of: deleted, now: now)
    }

    private static func age(of deleted: DeletedExpense, now: Int64) -> Message {
        let days = Int((now - deleted.deletedAt) / 86_400)
        return days < 1
            ? Message("Deleted today")
            : Message(
                "Deleted {count} day ago", plural: "Deleted {count} days ago", count: days, ["count": days])
    }
}
