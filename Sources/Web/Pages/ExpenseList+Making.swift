import Expenses
import HTTP
import Storage

extension ExpenseList {
    init(
        _ page: ExpensePage, _ query: FilterQuery, categories: [Category], form: String, wording: Wording
    ) {
        let address = query.address
        let isPlain = address == "/expenses"
        let back = isPlain ? "" : "return=" + PercentEncoding.encodeQueryComponent(address)
        let known = Dictionary(uniqueKeysWithValues: categories.map { ($0.id, $0) })
        var days: [DayGroup] = []
        var shown: Day?
        for expense in page.expenses {
            if expense.day != shown {
                shown = expense.day
                days.append(DayGroup(expense.day, page.dayTotals[expense.day] ?? .zero, query, wording))
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
        returnTo = isPlain ? "" : address
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
    fileprivate init(_ day: Day, _ total: Money, _ query: FilterQuery, _ wording: Wording) {
        var rows = query.onAnyDay
        rows.from = day
        rows.through = day
        title = wording.day(day)
        date = day.description
        self.total = wording.money(total)
        address = rows.address
        self.rows = []
    }
}
