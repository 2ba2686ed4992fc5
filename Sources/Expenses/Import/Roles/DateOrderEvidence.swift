/// In which order day, month and year stand, by the dates of the whole file.
struct DateOrderEvidence {
    private var counts: [DateOrder: Int] = [:]
    /// Dates that may be read with the day or with the month first, as two different days.
    private var open = 0
    private var openExample = ""
    private var hasSlash = false
    /// Steps from one open date to the next that go the same way in time, by the order in which they are read.
    private var rising: [DateOrder: Int] = [:]
    private var falling: [DateOrder: Int] = [:]
    /// Dates without a part of more than two digits, and what of them is read in each order.
    private var short = 0
    private var shortExample = ""
    private var hasDots = false
    private var spans: [DateOrder: (count: Int, first: Day, last: Day)] = [:]

    init(_ text: ImportText, _ roles: ImportRoles) {
        guard let column = roles.date, !roles.isSerial else { return }
        var records = text.records()
        var last: ImportedDate?
        while let record = records.next() {
            guard record.line > roles.headerLine ?? 0, let date = ImportedDate(record.cell(column)) else {
                continue
            }
            if let order = date.order {
                counts[order, default: 0] += 1
            } else if !date.readsEitherWay {
                open += 1
                if openExample.isEmpty { openExample = String(record.cell(column).prefix(40)) }
                if record.cell(column).contains("/") { hasSlash = true }
            }
            if date.isShort { add(short: date, record.cell(column)) }
            if let last {
                for order in [DateOrder.dayFirst, .monthFirst] {
                    guard let before = last.day(in: order), let day = date.day(in: order) else { continue }
                    if before < day { rising[order, default: 0] += 1 }
                    if before > day { falling[order, default: 0] += 1 }
                }
            }
            last = date
        }
    }

    private mutating func add(short date: ImportedDate, _ cell: String) {
        short += 1
        if shortExample.isEmpty { shortExample = String(cell.prefix(40)) }
        if date.hasDots { hasDots = true }
        for order in date.orders {
            guard let day = date.day(in: order) else { continue }
            let span = spans[order] ?? (0, day, day)
            spans[order] = (span.count + 1, min(span.first, day), max(span.last, day))
        }
    }

    /// Whether no date may be read in two ways, or others show how.
    var isSure: Bool { openOrders.isEmpty }

    /// The orders that the file leaves open; none where it shows the right one.
    var openOrders: [DateOrder] {
        let (day, month) = (counts[.dayFirst] ?? 0, counts[.monthFirst] ?? 0)
        switch yearFirst {
        case .some(true): return []
        case .none: return DateOrder.allCases.filter { spans[$0]?.count == short }
        case .some(false):
            return min(day, month) == 0 && (open == 0 || day + month > 0) ? [] : [.dayFirst, .monthFirst]
        }
    }

    /// The first date that may be read in two ways; empty where there is none.
    var example: String { yearFirst == .some(false) ? openExample : shortExample }

    /// Whether years of two digits stand first; nil where that is open. Bookings lie close to each other: read in the
    /// wrong order, the days of a month are years.
    private var yearFirst: Bool? {
        guard short > 0, let year = spans[.yearFirst], year.count == short else { return false }
        guard let other = spans[dayOrMonth(nil)], other.count == short else { return true }
        func days(_ span: (count: Int, first: Day, last: Day)) -> Int {
            span.last.daysSinceEpoch - span.first.daysSinceEpoch
        }
        if days(year) * 8 < days(other) { return true }
        // Where dots are written, the day comes first.
        return days(other) * 8 < days(year) || hasDots ? false : nil
    }

    func order(_ currency: Currency) -> DateOrder {
        yearFirst == true ? .yearFirst : dayOrMonth(currency)
    }

    private func dayOrMonth(_ currency: Currency?) -> DateOrder {
        let (day, month) = (counts[.dayFirst] ?? 0, counts[.monthFirst] ?? 0)
        if day != month { return day > month ? .dayFirst : .monthFirst }
        if short == 0, open == 0, day == 0, (counts[.yearFirst] ?? 0) > 0 { return .yearFirst }
        // Files go up or down in time: the order in which there are fewer turns is the likelier one.
        func turns(_ order: DateOrder) -> Int { min(rising[order] ?? 0, falling[order] ?? 0) }
        if turns(.dayFirst) != turns(.monthFirst) {
            return turns(.dayFirst) < turns(.monthFirst) ? .dayFirst : .monthFirst
        }
        return hasSlash && currency?.code == "USD" ? .monthFirst : .dayFirst
    }
}
