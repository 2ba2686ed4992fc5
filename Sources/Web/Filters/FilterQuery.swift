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

    func filter(today: Day, months: MonthCalendar) -> Filter {
        var filter = Filter(
            categories: categories, text: text, tags: tags, repeating: repeating, months: months)
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
        for text in fields.values("category") where !text.isEmpty {
            if let id = Category.ID(text) {
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
    var address: FilterAddress { FilterLinks(whole: self).address(days, after: after) }

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

    /// Reads the dashboard's address from a form's `return` field; anything else is the unfiltered dashboard.
    init(returnPath path: String?, of request: Request) {
        self.init()
        guard let path, path.utf8.count <= LocalPath.longest, path.utf8.starts(with: "/expenses?".utf8) else {
            return
        }
        var ignored: [Message] = []
        let fields = FormData(urlEncoded: String(path.dropFirst("/expenses?".count)))
        self.init(fields, ignored: &ignored)
        inheritFilter(FilterQuery(before: request), from: fields)
    }

    /// The filter of the dashboard that the visitor comes from; nil where the browser does not tell, or tells of
    /// another page.
    init?(before request: Request) {
        guard let referrer = request.headers["Referer"],
            let authority = referrer.firstRange(of: "://")?.upperBound,
            let path = referrer[authority...].firstIndex(of: "/"),
            referrer[path...].hasPrefix("/expenses?")
        else { return nil }
        var ignored: [Message] = []
        let query = referrer[path...].dropFirst("/expenses?".count)
        self.init(FormData(urlEncoded: String(query)), ignored: &ignored)
    }

    /// The filter to go back to from a form's own page: its address may name it, else it is that of the page before.
    init(leavingTo request: Request) {
        guard let path = request.query["return"] else {
            self = FilterQuery(before: request) ?? FilterQuery()
            return
        }
        self.init(returnPath: path, of: request)
    }

    /// The request's own address, with what it takes from the page before written out: for a detour through another
    /// page, such as the one that renews a session.
    static func wholeTarget(of request: Request) -> String {
        guard let before = FilterQuery(before: request) else { return request.target }
        let fields = request.query
        if fields[FilterLinks.inherit] != nil, request.path == "/expenses" {
            var ignored: [Message] = []
            var query = FilterQuery(fields, ignored: &ignored)
            query.inheritFilter(before, from: fields)
            return query.address.description
        }
        guard request.path.hasPrefix("/expenses/"), fields["return"] == nil,
            let address = before.returnAddress
        else { return request.target }
        let separator = request.target.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
        return
            "\(request.target)\(separator)return=\(PercentEncoding.encodeQueryComponent(address.description))"
    }

    /// Puts the categories, the text and the tags of the page before in the place of the field that stands for them. False
    /// where the field is there and the page is not known.
    @discardableResult
    mutating func inheritFilter(_ before: @autoclosure () -> FilterQuery?, from fields: FormData) -> Bool {
        guard fields[FilterLinks.inherit] != nil else { return true }
        guard let before = before() else { return false }
        if categories.isEmpty { categories = before.categories }
        if text.isEmpty { text = before.text }
        if tags.isEmpty { tags = before.tags }
        if fields[FilterLinks.inherit] == FilterLinks.all { days = before.days }
        return true
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
