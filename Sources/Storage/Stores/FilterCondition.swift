import Expenses
import SQL

/// What a filter adds to a WHERE clause beyond the range of days: one function for each condition.
struct FilterCondition {
    /// Begins with " AND " unless it is empty.
    private(set) var sql = ""
    private(set) var values: [Value] = []

    /// Of the totals, which know categories and days.
    /// - Parameters:
    ///   - day: the column with the day.
    ///   - month: the column with the month, where there is one.
    init(ofTotals filter: Filter, day: String = "day", month: String? = nil) {
        addCategories(filter.categories)
        addMonthOfYear(filter.monthOfYear, month: month ?? filter.months.month(of: day))
    }

    /// Of expenses.
    /// - Parameter matches: the descriptions that the filter asks for; nil for a filter that asks for none, and where the
    ///   statement looks them up itself.
    init(_ filter: Filter, matches: DescriptionMatches? = nil) {
        self.init(ofTotals: filter)
        addDescriptions(matches)
    }

    private mutating func addCategories(_ categories: [Category.ID]) {
        guard let last = categories.last else { return }
        let places = FilterCondition.places(for: categories.count)
        sql += " AND category IN (" + repeatElement("?", count: places).joined(separator: ", ") + ")"
        values += categories.map { .id($0) }
        values += repeatElement(.id(last), count: places - categories.count)
    }

    private mutating func addMonthOfYear(_ monthOfYear: Int?, month: String) {
        guard let monthOfYear else { return }
        sql += " AND \(month) % 100 = ?"
        values.append(.integer(monthOfYear))
    }

    /// Text and tags.
    private mutating func addDescriptions(_ matches: DescriptionMatches?) {
        guard let matches else { return }
        // The plus keeps the order of days: from the index of descriptions the rows would have to be sorted.
        sql += " AND +description_id \(matches.condition)"
        values.append(matches.list)
    }

    /// A power of two, so that few different statements are kept; the last value fills the places left over.
    private static func places(for count: Int) -> Int {
        var places = 1
        while places < count { places *= 2 }
        return places
    }
}

/// What is looked through for expenses that match a filter, as it stands behind FROM.
struct FilterSource {
    let sql: String
    let values: [Value]

    /// `index`: that of all expenses to be taken.
    init(_ filter: Filter, of owner: User.ID, index: String = "") {
        guard let rule = filter.repeating else {
            (sql, values) = ("expenses" + index, [])
            return
        }
        // SQLite keeps the order of a CROSS JOIN: those of the rule first, which are few.
        sql = """
            (SELECT expenses.* FROM recorded_expenses AS recorded CROSS JOIN expenses
                WHERE recorded.owner = ? AND recorded.rule = ?
                    AND expenses.owner = recorded.owner AND expenses.id = recorded.id) AS expenses
            """
        values = [.id(owner), .id(rule)]
    }
}
