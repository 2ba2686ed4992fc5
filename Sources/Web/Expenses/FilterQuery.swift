import Expenses
import HTTP

/// The dashboard's filters as its address holds them; all of them hold at once.
struct FilterQuery: Sendable, Equatable {
    var categories: [Category.ID] = []
    /// 1 to 12; without a year it means that month of every year.
    var month: Int?
    var year: Int?
    var from: Day?
    var through: Day?
    var period: Period?
    var text = ""
    /// Where the page before ended; nil on the first page.
    var after: Cursor?

    /// The month that is shown, where the filter names exactly one.
    var singleMonth: YearMonth? {
        guard let month, let year, from == nil, through == nil, period == nil else { return nil }
        return YearMonth(year: year, month: month)
    }

    /// Whether any condition narrows the days.
    var narrowsDays: Bool {
        month != nil || year != nil || from != nil || through != nil || period != nil
    }

    var isEmpty: Bool { self == FilterQuery(after: after) }

    func filter(today: Day) -> Filter {
        var filter = Filter(
            categories: categories, from: from ?? .first, through: through ?? .last, text: text)
        if let period { filter.narrow(to: period.range(endingOn: today)) }
        switch (year, month) {
        case (let year?, let month?):
            guard let whole = YearMonth(year: year, month: month) else { break }
            filter.narrow(to: whole.first...whole.last)
        case (let year?, nil):
            guard let first = YearMonth(year: year, month: 1) else { break }
            filter.narrow(to: first.first...first.advanced(by: 11).last)
        case (nil, let month):
            filter.monthOfYear = month
        }
        return filter
    }
}

extension FilterQuery {
    /// The same categories and text, on any day.
    var onAnyDay: FilterQuery { FilterQuery(categories: categories, text: text) }

    /// The same filter on another set of categories, from its first page.
    func showing(_ categories: [Category.ID]) -> FilterQuery {
        var query = self
        query.categories = categories
        query.after = nil
        return query
    }

    /// The same categories and text in one whole month.
    func moved(to month: YearMonth) -> FilterQuery {
        var query = onAnyDay
        query.year = month.year
        query.month = month.month
        return query
    }

    /// The part of this filter's match that lies within `days`.
    func narrowed(to days: ClosedRange<Day>, today: Day) -> FilterQuery {
        var filter = filter(today: today)
        filter.narrow(to: days)
        var query = onAnyDay
        let month = filter.from.yearMonth
        if filter.from == month.first && filter.through == month.last {
            query.year = month.year
            query.month = month.month
            return query
        }
        query.month = filter.monthOfYear
        if filter.from > .first { query.from = filter.from }
        if filter.through < .last { query.through = filter.through }
        return query
    }
}

extension Filter {
    fileprivate mutating func narrow(to days: ClosedRange<Day>) {
        from = max(from, days.lowerBound)
        through = min(through, days.upperBound)
    }
}

extension FilterQuery {
    /// Reads what a browser sent. What makes no sense is left out, and named in `ignored` in words for the user.
    init(_ fields: FormData, ignored: inout [String]) {
        func read<Value>(_ name: String, _ label: String, _ parse: (String) -> Value?) -> Value? {
            guard let text = fields[name], !text.isEmpty else { return nil }
            if let value = parse(text) { return value }
            ignored.append("\(label) “\(text.prefix(40))”")
            return nil
        }
        for text in fields.values("category") where !text.isEmpty {
            if let id = Category.ID(text) {
                if !categories.contains(id) { categories.append(id) }
            } else {
                ignored.append("the category “\(text.prefix(40))”")
            }
        }
        month = read("month", "the month") { FilterQuery.number($0, in: 1...12, digits: 1...2) }
        year = read("year", "the year") { FilterQuery.number($0, in: 1900...2999, digits: 4...4) }
        from = read("from", "the first day") { Day($0) }
        through = read("to", "the last day") { Day($0) }
        period = read("period", "the period") { Period(rawValue: $0) }
        text = read("q", "the text") { Expense.isDescription($0) ? $0 : nil } ?? ""
        after = read("after", "the page") { Cursor($0) }
    }

    /// Leaves out categories that are not the user's.
    mutating func keep(_ known: [Category], ignored: inout [String]) {
        categories.removeAll { id in
            guard !known.contains(where: { $0.id == id }) else { return false }
            ignored.append("the category “\(id)”")
            return true
        }
    }

    /// The filter as a query, without `?`; empty where nothing is filtered.
    var urlEncoded: String {
        var text = ""
        func add(_ name: String, _ value: String) {
            if !text.isEmpty { text += "&" }
            text += name
            text += value
        }
        for id in categories { add("category=", id.description) }
        if let month { add("month=", String(month)) }
        if let year { add("year=", String(year)) }
        if let from { add("from=", from.description) }
        if let through { add("to=", through.description) }
        if let period { add("period=", period.rawValue) }
        if !self.text.isEmpty { add("q=", PercentEncoding.encodeQueryComponent(self.text)) }
        if let after { add("after=", after.description) }
        return text
    }

    /// The dashboard's address under this filter.
    var address: String {
        let query = urlEncoded
        return query.isEmpty ? "/expenses" : "/expenses?" + query
    }

    /// The address of the same expenses as a file, all pages of them.
    var downloadAddress: String {
        var whole = self
        whole.after = nil
        let query = whole.urlEncoded
        return query.isEmpty ? "/expenses.csv" : "/expenses.csv?" + query
    }

    /// The dashboard's address under this filter, with fields that tell the page what has just happened.
    func address(telling news: ExpenseNews) -> String {
        let query = urlEncoded
        return "/expenses?" + (query.isEmpty ? "" : query + "&") + news.urlEncoded
    }

    /// Reads the dashboard's address from a form's `return` field; anything else is the unfiltered dashboard.
    init(returnPath path: String?) {
        self.init()
        guard let path, path.utf8.count <= LocalPath.longest, path.utf8.starts(with: "/expenses?".utf8) else {
            return
        }
        var ignored: [String] = []
        self.init(FormData(urlEncoded: String(path.dropFirst("/expenses?".count))), ignored: &ignored)
    }

    /// Tells what was left out.
    static func notice(_ ignored: [String]) -> String {
        "This was not understood and is left out: \(ignored.joined(separator: ", "))."
    }

    private static func number(_ text: String, in range: ClosedRange<Int>, digits: ClosedRange<Int>) -> Int? {
        guard digits.contains(text.utf8.count), text.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(text), range.contains(number)
        else { return nil }
        return number
    }
}
