import Expenses
import Templating

extension Weekday {
    /// "Monday"
    var words: Message { Message(date: .weekdayAlone, weekday: index, month: 1) }
}
