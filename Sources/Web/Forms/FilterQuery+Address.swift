import Expenses
import HTTP

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
        text = read("q", "the text") { $0.count <= Expense.longestDescription ? $0 : nil } ?? ""
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
        guard let path, path.hasPrefix("/expenses?") else { return }
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
