import Expenses
import Templating

extension ShownMoney: MessageArgument {
    var message: Message { Message(verbatim: description) }
}

extension ShownCount: MessageArgument {
    var message: Message {
        let figures = format.count(count).description
        guard isOfExpenses else { return Message(verbatim: figures) }
        return Message("{count} expense", plural: "{count} expenses", count: count, ["count": figures])
    }
}

extension ShownDate: MessageArgument {
    var message: Message {
        Message(date: .day, day: day.dayOfMonth, month: day.month, year: day.year)
    }
}

extension Day {
    /// "23 November"
    var wordsOfThisYear: Message { Message(date: .dayOfThisYear, day: dayOfMonth, month: month) }
}

extension YearMonth {
    /// "November 2026"
    var words: Message { Message(date: .month, month: month, year: year) }
    /// "Nov"
    var shortName: Message { Message(date: .shortMonth, month: month) }
    /// "November"
    var name: Message { Message(date: .monthAlone, month: month) }
}
