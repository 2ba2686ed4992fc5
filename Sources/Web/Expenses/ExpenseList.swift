import Expenses
import Storage
import Templating

/// A page of expenses, newest first, grouped by day.
struct ExpenseList: TemplateModel {
    /// The one-time id that the buttons of all rows share: pressing one leaves the page.
    var form: String
    var returnTo: String
    var days: [DayGroup]
    /// The page after this one, and the first one; empty where this is it.
    var older = ""
    var newest = ""

    static let fields: TemplateFields<Self> = [
        "form": .text { $0.form },
        "returnTo": .text { $0.returnTo },
        "days": .list { $0.days },
        "older": .text { $0.older },
        "newest": .text { $0.newest },
    ]
}

/// The expenses of one day on one page.
struct DayGroup: TemplateModel {
    /// "Today", "Sunday, 22 November"
    var title: String
    /// `YYYY-MM-DD`
    var date: String
    /// The sum of the whole day's match, also of what stands on the next page.
    var total: String
    /// The day's rows alone.
    var address: String
    var rows: [ExpenseRow]

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "date": .text { $0.date },
        "total": .text { $0.total },
        "address": .text { $0.address },
        "rows": .list { $0.rows },
    ]
}

struct ExpenseRow: TemplateModel {
    var id: String
    var amount: String
    var isRefund: Bool
    var category: String
    var color: String
    var description: String
    /// What the row is called in spoken labels: the description, shortened, else the category.
    var name: String
    /// The query of the page, which the form to edit leads back to; empty for the plain dashboard.
    var back: String

    static let fields: TemplateFields<Self> = [
        "id": .text { $0.id },
        "amount": .text { $0.amount },
        "isRefund": .flag { $0.isRefund },
        "category": .text { $0.category },
        "color": .text { $0.color },
        "description": .text { $0.description },
        "name": .text { $0.name },
        "back": .text { $0.back },
    ]
}

extension ExpenseList {
    init(
        _ page: ExpensePage, _ query: FilterQuery, categories: [Category], form: String, wording: Wording
    ) {
        let back = query.urlEncoded
        let filtered = query.onAnyDay.urlEncoded
        let dayAddress = "/expenses?" + (filtered.isEmpty ? "" : filtered + "&")
        let known = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0) })
        var days: [DayGroup] = []
        var shown: Day?
        for expense in page.expenses {
            if expense.day != shown {
                shown = expense.day
                days.append(DayGroup(expense.day, page.dayTotals[expense.day] ?? .zero, dayAddress, wording))
            }
            let category = known[expense.category]
            let name = expense.description.isEmpty ? category?.name ?? "" : expense.description
            days[days.count - 1].rows.append(
                ExpenseRow(
                    id: expense.id.description, amount: wording.money(expense.amount),
                    isRefund: expense.amount.isRefund, category: category?.name ?? "",
                    color: category?.color.rawValue ?? "", description: expense.description,
                    name: Wording.shortened(name, to: 40), back: back))
        }
        self.days = days
        self.form = form
        returnTo = back.isEmpty ? "" : "/expenses?" + back
        if let next = page.next {
            var following = query
            following.after = next
            older = following.address
        }
        if query.after != nil {
            var first = query
            first.after = nil
            newest = first.address
        }
    }
}

extension DayGroup {
    fileprivate init(_ day: Day, _ total: Money, _ address: String, _ wording: Wording) {
        title = wording.day(day)
        date = day.description
        self.total = wording.money(total)
        self.address = "\(address)from=\(date)&to=\(date)"
        self.rows = []
    }
}
