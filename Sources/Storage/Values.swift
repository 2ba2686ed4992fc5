import Expenses
import SQLite

extension Value {
    static func id<Subject>(_ id: Identifier<Subject>) -> Value { .integer(id.rawValue) }
    static func day(_ day: Day) -> Value { .integer(day.number) }
    static func amount(_ money: Money) -> Value { .integer(money.minorUnits) }
}

extension Statement {
    func id<Subject>(_ column: Int) -> Identifier<Subject> { Identifier(integer(column)) }

    func amount(_ column: Int) -> Money { Money(minorUnits: integer(column)) }

    func total(count: Int, sum: Int) -> Total { Total(count: Int(integer(count)), amount: amount(sum)) }

    func day(_ column: Int) throws(StorageError) -> Day {
        guard let day = Day(number: Int(integer(column))) else { throw .unreadable(column: "day") }
        return day
    }

    /// A month that a trigger has made out of a day.
    func month(_ column: Int) throws(StorageError) -> YearMonth {
        let number = Int(integer(column))
        guard let month = YearMonth(year: number / 100, month: number % 100) else {
            throw .unreadable(column: "month")
        }
        return month
    }

    /// The columns `id, amount, category, day, description`, from 0 on.
    func expense() throws(StorageError) -> Expense {
        Expense(id: id(0), amount: amount(1), category: id(2), day: try day(3), description: text(4))
    }

    /// The columns `id, name, color`, from 0 on.
    func category() throws(StorageError) -> Category {
        guard let color = CategoryColor(rawValue: text(2)) else { throw .unreadable(column: "color") }
        return Category(id: id(0), name: text(1), color: color)
    }

    /// The columns `id, username, email, currency, number_format, zone, first_weekday`, from `start` on.
    func user(from start: Int) throws(StorageError) -> User {
        User(
            id: id(start), username: text(start + 1), email: text(start + 2),
            preferences: try preferences(from: start + 3))
    }

    private func preferences(from start: Int) throws(StorageError) -> Preferences {
        guard let currency = Currency(code: text(start)) else { throw .unreadable(column: "currency") }
        guard let numberFormat = NumberFormat(rawValue: text(start + 1)) else {
            throw .unreadable(column: "number_format")
        }
        guard let firstWeekday = Weekday(rawValue: text(start + 3)) else {
            throw .unreadable(column: "first_weekday")
        }
        return Preferences(
            currency: currency, numberFormat: numberFormat, zone: text(start + 2), firstWeekday: firstWeekday)
    }
}
