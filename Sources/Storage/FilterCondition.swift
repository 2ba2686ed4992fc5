import Expenses
import SQLite

/// What a filter adds to a WHERE clause beyond the range of days.
struct FilterCondition {
    /// Begins with " AND " unless it is empty.
    private(set) var sql = ""
    private(set) var values: [Value] = []

    /// `month`: an expression for the month as a number yyyymm.
    init(_ filter: Filter, month: String = "day / 100") {
        if !filter.categories.isEmpty {
            let places = FilterCondition.places(for: filter.categories.count)
            sql += " AND category IN (" + repeatElement("?", count: places).joined(separator: ", ") + ")"
            for index in 0..<places {
                values.append(.id(filter.categories[min(index, filter.categories.count - 1)]))
            }
        }
        if let monthOfYear = filter.monthOfYear {
            sql += " AND \(month) % 100 = ?"
            values.append(.integer(monthOfYear))
        }
        if !filter.text.isEmpty {
            sql += " AND \(TextMatch.function)(description, ?)"
            values.append(.text(TextMatch.key(filter.text)))
        }
    }

    /// A power of two, so that few different statements are kept; the last value fills the places left over.
    private static func places(for count: Int) -> Int {
        var places = 1
        while places < count { places *= 2 }
        return places
    }
}
