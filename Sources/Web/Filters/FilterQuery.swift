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

    /// The month that is shown, where the filter names exactly one.
    var singleMonth: YearMonth? { days.singleMonth }

    var isEmpty: Bool { self == FilterQuery(after: after) }

    func filter(today: Day) -> Filter {
        var filter = Filter(categories: categories, text: text, tags: tags, repeating: repeating)
        days.narrow(&filter, today: today)
        return filter
    }

    /// The same categories, text and tags in one whole month.
    func moved(to month: YearMonth) -> FilterQuery {
        FilterQuery(
            categories: categories, days: DayFilter(month), text: text, tags: tags, repeating: repeating)
    }
}

extension FilterQuery {
    /// Reads what a browser sent. What makes no sense is left out, and named in `ignored` in words for the user.
    init(_ fields: FormData, ignored: inout [Message]) {
        func read<Value>(
            _ name: String, as words: (Substring) -> Message, _ parse: (String) -> Value?
        ) -> Value? {
            guard let text = fields[name], !text.isEmpty else { return nil }
            if let value = parse(text) { return value }
            ignored.append(words(text.prefix(40)))
            return nil
        }
        // A form of boxes sends the field once for each; addresses that we write have it once, which is shorter.
        for text in fields.values("category").flatMap({ $0.split(separator: " ") }) {
            if let id = Category.ID(String(text)) {
                if !categories.contains(id) { categories.append(id) }
            } else {
                ignored.append(Message("category “{text}”", ["text": text.prefix(40)]))
            }
        }
        for text in fields.values("tag") where !text.isEmpty {
            if let tag = Tag.normalized(text), !tag.isEmpty {
                let key = searchKey(tag)
                if !tags.contains(key) { tags.append(key) }
            } else {
                ignored.append(Message("tag “{text}”", ["text": text.prefix(40)]))
            }
        }
        days.month = read("month", as: { Message("month “{text}”", ["text": $0]) }, FilterQuery.month)
        days.year = read("year", as: { Message("year “{text}”", ["text": $0]) }, FilterQuery.year)
        days.from = read("from", as: { Message("first day “{text}”", ["text": $0]) }, Day.init)
        days.through = read("to", as: { Message("last day “{text}”", ["text": $0]) }, Day.init)
        days.period = read("period", as: { Message("period “{text}”", ["text": $0]) }, Period.init(rawValue:))
        text = read("q", as: { Message("text “{text}”", ["text": $0]) }, FilterQuery.text) ?? ""
        repeating = read(
            "repeating", as: { Message("repeating expense “{text}”", ["text": $0]) },
            { RepeatingExpense.ID($0) })
        after = read("after", as: { Message("page “{text}”", ["text": $0]) }, Cursor.init)
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

    /// Tells what was left out.
    static func notice(_ ignored: [Message]) -> Message {
        Message("Ignored: {list}.", ["list": Message(list: ignored)])
    }

    private static func month(_ text: String) -> Int? { number(text, in: 1...12, digits: 1...2) }

    private static func year(_ text: String) -> Int? { number(text, in: 1900...2999, digits: 4...4) }

    private static func text(_ text: String) -> String? { Expense.isDescription(text) ? text : nil }

    private static func number(_ text: String, in range: ClosedRange<Int>, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else { return nil }
        return number
    }
}
