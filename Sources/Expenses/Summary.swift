/// How many expenses there are of something, and their sum.
package struct Total: Hashable, Sendable {
    package var count: Int
    package var amount: Money

    package static let zero = Total(count: 0, amount: Money(minorUnits: 0))

    package init(count: Int, amount: Money) {
        self.count = count
        self.amount = amount
    }

    mutating func add(_ other: Total) { self = self + other }

    package static func + (left: Total, right: Total) -> Total {
        Total(count: left.count + right.count, amount: left.amount + right.amount)
    }
}

/// The totals of every expense that a filter matches.
package struct Summary: Hashable, Sendable {
    /// One cell of the category × month table; only cells that hold at least one expense are there.
    package struct Cell: Hashable, Sendable {
        package var month: YearMonth
        package var category: Category.ID
        package var total: Total

        package init(month: YearMonth, category: Category.ID, total: Total) {
            self.month = month
            self.category = category
            self.total = total
        }
    }

    package let cells: [Cell]
    package let total: Total
    package let byCategory: [Category.ID: Total]
    package let byMonth: [YearMonth: Total]

    /// Of everything there is, where the table of both is not asked for: `cells` stays empty.
    package init(byMonth: [YearMonth: Total], byCategory: [Category.ID: Total]) {
        cells = []
        total = byMonth.values.reduce(.zero, +)
        self.byMonth = byMonth
        self.byCategory = byCategory
    }

    package init(cells: [Cell]) {
        var total = Total.zero
        var byCategory: [Category.ID: Total] = [:]
        var byMonth: [YearMonth: Total] = [:]
        // Cells mostly come month by month: a month that goes on is summed without looking it up for each cell.
        var rest = cells[...]
        while let month = rest.first?.month {
            var ofMonth = Total.zero
            while let cell = rest.first, cell.month == month {
                byCategory[cell.category, default: .zero].add(cell.total)
                ofMonth.add(cell.total)
                rest.removeFirst()
            }
            byMonth[month, default: .zero].add(ofMonth)
            total.add(ofMonth)
        }
        self.cells = cells
        self.total = total
        self.byCategory = byCategory
        self.byMonth = byMonth
    }
}
