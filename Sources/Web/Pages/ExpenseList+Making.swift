import Expenses
import Storage

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
