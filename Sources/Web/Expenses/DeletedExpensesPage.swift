import Expenses
import Templating

/// The bin: what was deleted in the last 30 days.
struct DeletedExpensesPage: TemplateModel {
    var frame: Frame
    /// The one-time id that the buttons of all rows share.
    var form: String
    var rows: [DeletedRow]
    /// The page after this one; empty where this is the last.
    var older: String
    var isFirst: Bool

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "form": .text { $0.form },
        "rows": .list { $0.rows },
        "older": .text { $0.older },
        "isFirst": .flag { $0.isFirst },
    ]
}

struct DeletedRow: TemplateModel {
    var id: String
    var amount: String
    var category: String
    var color: String
    var description: String
    var name: String
    /// "22 November 2026"
    var date: String
    /// "Deleted 3 days ago"
    var deleted: String

    static let fields: TemplateFields<Self> = [
        "id": .text { $0.id },
        "amount": .text { $0.amount },
        "category": .text { $0.category },
        "color": .text { $0.color },
        "description": .text { $0.description },
        "name": .text { $0.name },
        "date": .text { $0.date },
        "deleted": .text { $0.deleted },
    ]
}

extension DeletedRow {
    init(_ deleted: DeletedExpense, _ category: Category?, now: Int64, wording: Wording) {
        let expense = deleted.expense
        id = expense.id.description
        amount = wording.money(expense.amount)
        self.category = category?.name ?? ""
        color = category?.color.rawValue ?? ""
        description = expense.description
        name = Wording.shortened(expense.description.isEmpty ? self.category : expense.description, to: 40)
        date = wording.date(expense.day)
        self.deleted = DeletedRow.age(of: deleted, now: now)
    }

    private static func age(of deleted: DeletedExpense, now: Int64) -> String {
        let days = (now - deleted.deletedAt) / 86_400
        switch days {
        case ..<1: return "Deleted in the last 24 hours"
        case 1: return "Deleted a day ago"
        default: return "Deleted \(days) days ago"
        }
    }
}
