import Expenses
import Storage
import Templating

/// A page of expenses, newest first, grouped by day.
struct ExpenseList: TemplateModel {
    /// The one-time id that the buttons of all rows share: pressing one leaves the page.
    var form: String
    /// The page that the buttons lead back to; nil for the plain dashboard.
    var returnTo: FilterAddress?
    var days: [DayGroup]
    /// The page after this one, and the first one; nil where this is it.
    var older: FilterAddress?
    var newest: FilterAddress?

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.form },
        "returnTo": .field { $0.returnTo },
        "days": .field { $0.days },
        "older": .field { $0.older },
        "newest": .field { $0.newest },
    ]
}

struct ExpenseRow: TemplateModel {
    var id: Expense.ID
    var amount: ShownMoney
    var category: String
    var color: CategoryColor
    var description: Excerpt
    /// Of a list with boxes.
    var isTicked = false
    /// The one that repeats and has recorded it.
    var repeating: RepeatingExpense.ID?
    /// What its own page leads back to.
    var returnTo = ReturnField.none

    static let fields: TemplateFields<Self> = [
        "id": .field { $0.id },
        "amount": .field { $0.amount },
        "isRefund": .field { $0.amount.amount.isRefund },
        "category": .field { $0.category },
        "color": .field { $0.color },
        "description": .field { $0.description },
        // Made where they are shown, so that a row without tags costs no more than before.
        "mayHaveTags": .field { Tag.mayBe(in: $0.description.text) },
        "pieces": .field { DescriptionPiece.all(of: $0.description) },
        "isTicked": .field { $0.isTicked },
        "repeating": .field { $0.repeating },
        "returnTo": .field { $0.returnTo },
    ]

    init(_ expense: Expense, _ category: Category?, _ wording: Wording) {
        id = expense.id
        amount = wording.money(expense.amount)
        self.category = category?.name ?? ""
        color = category?.color ?? .gray
        description = Excerpt(text: expense.description)
    }
}

extension ExpenseList {
    init(
        _ page: ExpensePage, _ query: FilterQuery, _ links: FilterLinks, categories: [Category],
        recordedBy: [Expense.ID: RepeatingExpense.ID], form: String, wording: Wording
    ) {
        // There are few categories: searching an array is faster than building a dictionary.
        let ids = categories.map(\.id.rawValue)
        var days: [DayGroup] = []
        returnTo = query.returnAddress
        let returnField = ReturnField(inRowsTo: query)
        let rows = page.expenses.map { expense in
            var row = ExpenseRow(
                expense, ids.firstIndex(of: expense.category.rawValue).map { categories[$0] }, wording)
            row.returnTo = returnField
            if !recordedBy.isEmpty { row.repeating = recordedBy[expense.id] }
            return row
        }
        var start = 0
        days.reserveCapacity(page.dayTotals.count)
        for total in page.dayTotals {
            let day = total.day
            var end = start
            while end < rows.count, page.expenses[end].day.number == day.number { end += 1 }
            days.append(
                DayGroup(
                    title: wording.day(day), total: wording.money(total.amount),
                    address: links.address(DayFilter(from: day, through: day)),
                    rows: rows[start..<end]))
            start = end
        }
        self.days = days
        self.form = form
        if let next = page.next { older = links.address(query.days, after: next) }
        if query.after != nil { newest = links.address(query.days) }
    }
}
