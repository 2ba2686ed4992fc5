import Expenses
import SQL

extension Value {
    static func id<Subject>(_ id: Identifier<Subject>) -> Value { .integer(id.rawValue) }
    static func day(_ day: Day) -> Value { .integer(day.number) }
    static func day(_ day: Day?) -> Value { day.map { .day($0) } ?? .null }
    static func amount(_ money: Money) -> Value { .integer(money.minorUnits) }
}

extension Statement {
    func optionalDay(_ column: Int) throws -> Day? { isNull(column) ? nil : try day(column) }

    func id<Subject>(_ column: Int) throws -> Identifier<Subject> {
        Identifier(try integer(column))
    }

    func amount(_ column: Int) throws -> Money { Money(minorUnits: try integer(column)) }

    func total(count: Int, sum: Int) throws -> Total {
        Total(count: Int(try integer(count)), amount: try amount(sum))
    }

    func day(_ column: Int) throws -> Day {
        guard let day = Day(number: Int(try integer(column))) else {
            throw StorageError.unreadable(column: "day")
        }
        return day
    }

    /// A month yyyymm.
    func month(_ column: Int) throws -> YearMonth {
        let number = Int(try integer(column))
        guard let month = YearMonth(year: number / 100, month: number % 100) else {
            throw StorageError.unreadable(column: "month")
        }
        return month
    }

    /// The columns `id, name, color`, from 0 on.
    func category() throws -> Category {
        let name = try text(2)
        // Five times as fast as `init(rawValue:)`, for every category of every page.
        guard let color = CategoryColor.allCases.first(where: { $0.rawValue == name }) else {
            throw StorageError.unreadable(column: "color")
        }
        return Category(id: try id(0), name: try text(1), color: color)
    }

    /// The columns `id, username, email, currency, number_format, zone, first_weekday,
    /// language, repeating_due, month_start`, from `start` on.
    func user(from start: Int) throws -> User {
        User(
            id: try id(start), username: try text(start + 1), email: try text(start + 2),
            preferences: try preferences(from: start + 3, months: months(start + 9)),
            repeatingDue: try optionalDay(start + 8))
    }

    /// On which day months begin.
    func months(_ column: Int) throws -> MonthCalendar {
        guard let months = MonthCalendar(start: Int(try integer(column))) else {
            throw StorageError.unreadable(column: "month_start")
        }
        return months
    }

    private func preferences(from start: Int, months: MonthCalendar) throws -> Preferences {
        guard let currency = Currency(code: try text(start)) else {
            throw StorageError.unreadable(column: "currency")
        }
        guard let numberFormat = NumberFormat(rawValue: try text(start + 1)) else {
            throw StorageError.unreadable(column: "number_format")
        }
        guard let firstWeekday = Weekday(rawValue: try text(start + 3)) else {
            throw StorageError.unreadable(column: "first_weekday")
        }
        return Preferences(
            currency: currency, numberFormat: numberFormat, zone: try text(start + 2),
            firstWeekday: firstWeekday, language: try text(start + 4), months: months)
    }
}
