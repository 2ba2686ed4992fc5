/// What was found out about a file, and why.
package struct ImportDetection: Sendable {
    package var format: ImportFormat
    /// The program whose export this is; nil for others.
    package var program: String?
    /// The cells of the header, or "Column 1", "Column 2" …
    package var headings: [String] = []

    // Each says in words why the format is what it is.
    package var encodingReason = ""
    package var delimiterReason = ""
    package var headerReason = ""
    package var orderReason = ""
    package var markReason = ""
    package var signReason = ""

    /// Records that are looked at.
    private static let sample = 1000

    /// `chosen` is what the user says; nil takes what the file shows. `currency` decides where nothing else does.
    package init(
        of file: [UInt8], encoding: TextEncoding? = nil, delimiter: UInt8? = nil, hasHeader: Bool? = nil,
        currency: Currency
    ) {
        format = ImportFormat()
        let detected = TextEncoding.detect(file)
        format.encoding = encoding ?? detected.encoding
        encodingReason = encoding == nil ? detected.reason : "as you chose"
        let text = format.encoding.decoded(file)
        detectDelimiter(of: text, chosen: delimiter)
        var records = ImportDetection.records(of: text, format.delimiter, upTo: ImportDetection.sample)
        detectHeader(in: records, chosen: hasHeader)
        records.removeFirst(min(format.skipped, records.count))
        detectColumns(in: records, currency)
        detectDates(in: records, currency)
        detectMark(in: records)
        detectSign(in: records, currency)
    }

    static func records(of text: [UInt8], _ delimiter: UInt8, upTo count: Int) -> [CSVRecord] {
        var reader = CSVReader(text, delimiter: delimiter)
        var records: [CSVRecord] = []
        while records.count < count, let record = reader.next() { records.append(record) }
        return records
    }

    private mutating func detectDelimiter(of text: [UInt8], chosen: UInt8?) {
        if let chosen {
            format.delimiter = chosen
            delimiterReason = "as you chose"
            return
        }
        var best = (score: 0, columns: 1)
        for candidate in ImportFormat.delimiters {
            let records = ImportDetection.records(of: text, candidate.byte, upTo: 30).filter { !$0.isBlank }
            var counts: [Int: Int] = [:]
            for record in records where record.cells.count > 1 { counts[record.cells.count, default: 0] += 1 }
            guard let most = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { continue }
            let hasHeader = records.contains { ImportHeader($0.cells).isHeader }
            // Among as many lines, more columns: a comma may stand in every amount.
            let score = most.value + (hasHeader ? 100 : 0)
            if (score, most.key) > best {
                best = (score, most.key)
                format.delimiter = candidate.byte
            }
        }
        delimiterReason =
            best.score == 0
            ? "nothing divides the lines" : "it divides the lines into \(best.columns) columns"
    }

    private mutating func detectHeader(in records: [CSVRecord], chosen: Bool?) {
        let found = records.prefix(30).firstIndex { ImportHeader($0.cells).isHeader }
        let width = records.map(\.cells.count).max() ?? 0
        if let index = found, chosen != false {
            let header = ImportHeader(records[index].cells)
            format.skipped = index + 1
            format.columns = header.columns
            format.isOurs = header.isOurs
            program = header.program
            headings = records[index].cells
            headerReason = "line \(records[index].line) names the columns"
        } else if chosen == true, let first = records.firstIndex(where: { !$0.isBlank }) {
            format.skipped = first + 1
            headings = records[first].cells
            format.columns = ImportHeader(headings).columns
            headerReason = "as you chose"
        } else {
            headerReason = chosen == false ? "as you chose" : "no line names a date and an amount"
        }
        for number in headings.count..<max(width, headings.count) { headings.append("Column \(number + 1)") }
    }

    /// Finds columns without a name by what their cells hold.
    private mutating func detectColumns(in records: [CSVRecord], _ currency: Currency) {
        let rows = records.filter { !$0.isBlank }.prefix(20)
        guard !rows.isEmpty else { return }
        func share(_ column: Int, _ holds: (String) -> Bool) -> Int {
            rows.count { column < $0.cells.count && holds($0.cells[column]) }
        }
        let all = 0..<(rows.map(\.cells.count).max() ?? 0)
        let enough = rows.count * 3 / 5 + 1
        if format.columns.date == nil {
            format.columns.date = all.first {
                share($0) { ImportedDate($0) != nil } >= min(enough, rows.count)
            }
        }
        if format.columns.amount == nil, format.columns.debit == nil, format.columns.credit == nil {
            format.columns.amount = all.first { column in
                column != format.columns.date
                    && share(column) { text in
                        DecimalMark.allCases.contains {
                            (try? Money(imported: text, mark: $0, in: currency)) != nil
                        }
                    } >= min(enough, rows.count)
            }
        }
        if headings.first == "Column 1", format.columns.description == nil {
            let taken = [format.columns.date, format.columns.amount]
            format.columns.description = all.filter { !taken.contains($0) }.max { left, right in
                length(left, rows) < length(right, rows)
            }
        }
    }

    private func length(_ column: Int, _ rows: ArraySlice<CSVRecord>) -> Int {
        rows.reduce(0) { $0 + (column < $1.cells.count ? $1.cells[column].utf8.count : 0) }
    }

    private mutating func detectDates(in records: [CSVRecord], _ currency: Currency) {
        guard let column = format.columns.date else {
            orderReason = "no column of dates was found"
            return
        }
        var separator: Character = "-"
        for record in records where column < record.cells.count {
            let text = record.cells[column]
            guard let date = ImportedDate(text) else { continue }
            if let order = date.order {
                format.order = order
                orderReason = "“\(text.prefix(20))” in line \(record.line)"
                return
            }
            if let mark = text.first(where: { "./-".contains($0) }) { separator = mark }
        }
        format.order = separator == "/" && currency.code == "USD" ? .monthFirst : .dayFirst
        orderReason = "no date tells day and month apart, please check"
    }

    private mutating func detectMark(in records: [CSVRecord]) {
        let columns = [format.columns.amount, format.columns.debit, format.columns.credit].compactMap(\.self)
        for record in records {
            for column in columns where column < record.cells.count {
                let text = record.cells[column]
                let marks = text.filter { $0 == "." || $0 == "," }
                guard let last = marks.last, let place = text.lastIndex(of: last),
                    let mark = DecimalMark(rawValue: String(last))
                else { continue }
                let other: DecimalMark = mark == .point ? .comma : .point
                let digits = text[text.index(after: place)...].prefix(while: \.isNumber).count
                if marks.count > 1, Set(marks).count == 1 {
                    format.mark = other
                } else if marks.count > 1 || digits != 3 {
                    format.mark = mark
                } else {
                    continue
                }
                markReason = "“\(text.prefix(20))” in line \(record.line)"
                return
            }
        }
        format.mark = format.delimiter == UInt8(ascii: ";") ? .comma : .point
        markReason = "no amount has decimals"
    }

    private mutating func detectSign(in records: [CSVRecord], _ currency: Currency) {
        guard let column = format.columns.amount, !format.isOurs else {
            signReason = format.isOurs ? "our own files write it so" : "spending has a column of its own"
            return
        }
        var (negative, positive) = (0, 0)
        for record in records where column < record.cells.count {
            guard let money = try? Money(imported: record.cells[column], mark: format.mark, in: currency)
            else { continue }
            if money.isRefund { negative += 1 } else { positive += 1 }
        }
        format.sign = negative > positive ? .spendingNegative : .spendingPositive
        signReason = "\(negative) of \(negative + positive) amounts are negative"
    }
}
