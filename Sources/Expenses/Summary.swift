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

    /// What one category has.
    package struct OfCategory: Hashable, Sendable {
        package let category: Category.ID
        package var total: Total

        package init(category: Category.ID, total: Total) {
            self.category = category
            self.total = total
        }
    }

    /// What one month has.
    package struct OfMonth: Hashable, Sendable {
        package let month: YearMonth
        package var total: Total

        package init(month: YearMonth, total: Total) {
            self.month = month
            self.total = total
        }
    }

    /// What one day has.
    package struct OfDay: Hashable, Sendable {
        package let day: Day
        package var total: Total

        package init(day: Day, total: Total) {
            self.day = day
            self.total = total
        }
    }

    package let cells: [Cell]
    package let total: Total
    /// Of those categories that have any, by their number.
    package let byCategory: [OfCategory]
    /// Of those months that have any, the earliest first; of everything there is, perhaps the newest alone.
    package let byMonth: [OfMonth]
    /// Of those days that have any, the earliest first; empty where they were not asked for.
    package let byDay: [OfDay]
    /// From the first month that has any to the last one; nil where none has.
    package let months: ClosedRange<YearMonth>?

    /// Of everything there is, where the whole table of both is not asked for.
    /// - Parameters:
    ///   - byMonth: the earliest first; early ones may be left out.
    ///   - earliest: the first month that has any; nil where that is the first one of `byMonth`.
    ///   - byCategory: by their number.
    ///   - cells: those of some months.
    package init(
        byMonth: [OfMonth], earliest: YearMonth? = nil, byCategory: [OfCategory], cells: [Cell] = []
    ) {
        self.cells = cells
        var total = Total.zero
        for category in byCategory { total.add(category.total) }
        self.total = total
        self.byMonth = byMonth
        months = Summary.range(byMonth, from: earliest)
        self.byCategory = byCategory
        byDay = []
    }

    /// - Parameter byDay: the earliest first.
    package init(cells: [Cell], byDay: [OfDay] = []) {
        var total = Total.zero
        var byMonth: [OfMonth] = []
        for cell in cells.sorted(by: { $0.month < $1.month }) {
            total.add(cell.total)
            if let last = byMonth.indices.last, byMonth[last].month == cell.month {
                byMonth[last].total.add(cell.total)
            } else {
                byMonth.append(OfMonth(month: cell.month, total: cell.total))
            }
        }
        var byCategory: [OfCategory] = []
        for cell in cells.sorted(by: { $0.category.rawValue < $1.category.rawValue }) {
            if let last = byCategory.indices.last, byCategory[last].category == cell.category {
                byCategory[last].total.add(cell.total)
            } else {
                byCategory.append(OfCategory(category: cell.category, total: cell.total))
            }
        }
        self.cells = cells
        self.total = total
        self.byCategory = byCategory
        self.byMonth = byMonth
        self.byDay = byDay
        months = Summary.range(byMonth, from: nil)
    }

    private static func range(_ byMonth: [OfMonth], from earliest: YearMonth?) -> ClosedRange<YearMonth>? {
        guard let first = byMonth.first, let last = byMonth.last else { return nil }
        return (earliest ?? first.month)...last.month
    }

    /// Nil where the category has none.
    package func total(of category: Category.ID) -> Total? {
        let place = Summary.place(among: byCategory.count) {
            byCategory[$0].category.rawValue < category.rawValue
        }
        guard place < byCategory.count, byCategory[place].category == category else { return nil }
        return byCategory[place].total
    }

    /// What each category has in a month, the most first; empty for a month without cells.
    package func categories(in month: YearMonth) -> [OfCategory] {
        cells.filter { $0.month == month }.map { OfCategory(category: $0.category, total: $0.total) }.sorted {
            ($1.total.amount, $0.category.rawValue) < ($0.total.amount, $1.category.rawValue)
        }
    }

    /// Nil where the month has none.
    package func total(of month: YearMonth) -> Total? {
        let place = Summary.place(among: byMonth.count) { byMonth[$0].month < month }
        guard place < byMonth.count, byMonth[place].month == month else { return nil }
        return byMonth[place].total
    }

    /// The first place of a sorted list that does not come before what is looked for; `count` where all do.
    private static func place(among count: Int, comesBefore: (Int) -> Bool) -> Int {
        var (lower, upper) = (0, count)
        while lower < upper {
            let middle = (lower + upper) / 2
            if comesBefore(middle) { lower = middle + 1 } else { upper = middle }
        }
        return lower
    }
}
