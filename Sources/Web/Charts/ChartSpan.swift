import Expenses
import Templating

/// What one column of a chart stands for: "October 2026", "23 November 2026".
enum ChartSpan: TemplateValue, Equatable {
    case month(YearMonth)
    case day(Day)

    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) {
        switch self {
        case .month(let month): month.write(to: &output)
        case .day(let day): ShownDate(day: day).write(to: &output)
        }
    }
}
