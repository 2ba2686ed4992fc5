import Expenses
import SQL

/// What a filter adds to a WHERE clause beyond the range of days.
struct FilterCondition {
    /// Begins with " AND " unless it is empty.
    private(set) var sql = ""
    private(set) var values: [Value] = []

    /// - Parameters:
    ///   - day: the column with the day.
    ///   - month: the column with the month, where there is one.
    ///   - matches: the descriptions that contain the filter's text; nil for a filter without one.
    init(
        _ filter: Filter, day: String = "day", month: String? = nil, matches: DescriptionMatches? = nil
    ) {
        if !filter.categories.isEmpty {
            let places = FilterCondition.places(for: filter.categories.count)
            sql += " AND category IN (" + repeatElement("?", count: places).joined(separator: ", ") + ")"
            for index in 0..<places {
                values.append(.id(filter.categories[min(index, filter.categories.count - 1)]))
            }
        }
        if let monthOfYear = filter.monthOfYear {
            sql += " AND \(month ?? filter.months.month(of: day)) % 100 = ?"
            values.append(.integer(monthOfYear))
        }
        if let matches {
            // The plus keeps the order of days: from the index of descriptions the rows would have to be sorted.
            sql += " AND +description_id \(matches.condition)"
            values.append(matches.list)
        }
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
