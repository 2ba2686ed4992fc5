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
        let style: CalendarWords.Style =
            switch nearness {
            case .none: showsYear ? .weekday : .weekdayOfThisYear
            case .yesterday: .yesterday
            case .today: .today
            case .tomorrow: .tomorrow
            }
        output.translation.calendar.write(
            style, weekday: day.weekday.index, day: day.dayOfMonth, month: day.month,
            year: day.year,
            to: &output)
    }
}
