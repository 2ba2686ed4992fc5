/// In which order day, month and year stand, by the dates of the whole file.
struct DateOrderEvidence {
    private var counts: [DateOrder: Int] = [:]
    /// Dates that may be read either way, as two different days.
    private var open = 0
    private(set) var example = ""
    private var hasSlash = false
    /// Steps from one open date to the next that go the same way in time, by the order in which they are read.
    private var rising: [DateOrder: Int] = [:]
    private var falling: [DateOrder: Int] = [:]

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
                if example.isEmpty { example = String(record.cell(column).prefix(40)) }
                if record.cell(column).contains("/") { hasSlash = true }
            }
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

    /// Whether no date may be read in two ways, or others show how.
    var isSure: Bool {
        let (day, month) = (counts[.dayFirst] ?? 0, counts[.monthFirst] ?? 0)
        return min(day, month) == 0 && (open == 0 || day + month > 0)
    }

    func order(_ currency: Currency) -> DateOrder {
        let (day, month) = (counts[.dayFirst] ?? 0, counts[.monthFirst] ?? 0)
        if day != month { return day > month ? .dayFirst : .monthFirst }
        if open == 0, day == 0, (counts[.yearFirst] ?? 0) > 0 { return .yearFirst }
        // Files go up or down in time: the order in which there are fewer turns is the likelier one.
        func turns(_ order: DateOrder) -> Int { min(rising[order] ?? 0, falling[order] ?? 0) }
        if turns(.dayFirst) != turns(.monthFirst) {
            return turns(.dayFirst) < turns(.monthFirst) ? .dayFirst : .monthFirst
        }
        return hasSlash && currency.code == "USD" ? .monthFirst : .dayFirst
    }
}
