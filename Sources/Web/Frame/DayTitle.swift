import Expenses
import Templating

/// "Today, Monday 23 November"; with the year where it is not this one.
struct DayTitle: TemplateValue {
    enum Nearness: String, Sendable {
        case none = ""
        case yesterday = "Yesterday, "
        case today = "Today, "
        case tomorrow = "Tomorrow, "
    }

    let day: Day
    let nearness: Nearness
    let showsYear: Bool

    func write(to output: inout Output) {
        output.append(nearness.rawValue)
        output.append(day.weekday.name)
        output.append(UInt8(ascii: " "))
        output.append(day.dayOfMonth)
        output.append(UInt8(ascii: " "))
        output.append(day.yearMonth.monthName)
        guard showsYear else { return }
        output.append(UInt8(ascii: " "))
        output.append(day.year)
    }
}
