import Expenses
import HTTP
import Templating

/// The dashboard's filters as its address holds them; all of them hold at once.
struct FilterQuery: Sendable, Equatable {
    var categories: [Category.ID] = []
    var days = DayFilter.any
    var text = ""
    /// By their keys; all of them have to be there.
    var tags: [String] = []
    /// The one that repeats and has recorded them.
    var repeating: RepeatingExpense.ID?
    /// Where the page before ended; nil on the first page.
    var after: Cursor?

    /// Each of the above, in the order in which chips stand.
    static let conditions: [any Condition.Type] = [
        CategoryCondition.self, DayCondition.self, TextCondition.self, TagCondition.self,
        RepeatingCondition.self,
    ]

    /// The month that is shown, where the filter names exactly one.
    var singleMonth: YearMonth? { days.singleMonth }

    var isEmpty: Bool { self == FilterQuery(after: after) }
    /// Whether days are all that is asked for.
    var isOfDaysAlone: Bool { self == FilterQuery(days: days, after: after) }

    func filter(today: Day, months: MonthCalendar) -> Filter {
        var filter = Filter(months: months)
        for condition in FilterQuery.conditions { condition.narrow(&filter, to: self, today: today) }
        return filter
    }

    /// The same on other days, from the first page on.
    func on(_ days: DayFilter) -> FilterQuery {
        var query = self
        (query.days, query.after) = (days, nil)
        return query
    }

    /// Takes away what the pressed chip names; false where none was pressed.
    mutating func remove(_ chip: String?) -> Bool {
        guard let chip else { return false }
        after = nil
        for condition in FilterQuery.conditions { condition.remove(chip, from: &self) }
        return true
    }
}

extension FilterQuery {
    /// Reads what a browser sent. What makes no sense is left out, and named in `ignored` in words for the user.
    init(_ fields: FormData, ignored: inout [Message]) {
        for condition in FilterQuery.conditions { condition.read(fields, into: &self, ignored: &ignored) }
        after = fields.read("after", Cursor.init) {
            ignored.append(Message("page “{text}”", ["text": $0]))
        }
    }

    /// Reads the dashboard's address from the field `return` of a form or of an address; anything else is the unfiltered
    /// dashboard.
    init(returnPath path: String?) {
        self.init()
        guard let path, path.utf8.count <= LocalPath.longest, path.utf8.starts(with: "/expenses?".utf8) else {
            return
        }
        var ignored: [Message] = []
        self.init(FormData(urlEncoded: String(path.dropFirst("/expenses?".count))), ignored: &ignored)
    }

    /// The dashboard's address under this filter.
    var address: FilterAddress { FilterLinks(self).address(days, after: after) }

    /// The address, where it is short enough to be sent back and forth.
    var returnAddress: FilterAddress? {
        self != FilterQuery() && address.description.utf8.count <= LocalPath.longest ? address : nil
    }

    /// The dashboard's address under this filter, with fields that tell the page what has just happened.
    func address(telling change: ExpenseChange) -> String { address(telling: change.urlEncoded) }

    func address(telling fields: String) -> String {
        let address = address.description
        return address + (address.utf8.contains(UInt8(ascii: "?")) ? "&" : "?") + fields
    }

    /// Tells what was left out.
    static func notice(_ ignored: [Message]) -> Message {
        Message("Ignored: {list}.", ["list": Message(list: ignored)])
    }
}

extension FormData {
    /// The field's value; nil where it is missing or empty, and where it makes no sense, of which `ignore` is told the
    /// beginning.
    func read<Value>(_ name: String, _ parse: (String) -> Value?, else ignore: (Substring) -> Void) -> Value?
    {
        guard let text = self[name], !text.isEmpty else { return nil }
        if let value = parse(text) { return value }
        ignore(text.prefix(40))
        return nil
    }
}
