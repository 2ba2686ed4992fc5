import Expenses
import Templating

/// "Today, Monday 23 November"; with the year where it is not this one.
struct DayTitle: TemplateValue {
    enum Nearness: Sendable {
        case none, yesterday, today, tomorrow
    }

    let day: Day
    let nearness: Nearness
    let showsYear: Bool

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) {
        switch nearness {
        case .none: break
        case .yesterday: output.append("Yesterday, " as StaticString)
        case .today: output.append("Today, " as StaticString)
        case .tomorrow: output.append("Tomorrow, " as StaticString)
        }
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
