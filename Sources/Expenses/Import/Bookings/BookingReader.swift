/// Makes bookings of records: the third of three steps.
struct BookingReader {
    enum Outcome {
        case row(ImportRow)
        /// More text of the booking above.
        case continued(String)
        case leftOut(LeftOutLine)
        /// The headings once more, or what stands above them.
        case nothing
    }

    private let roles: ImportRoles
    private let width: Int
    private let delimiter: UInt8
    private let isOwnExport: Bool
    private let currency: Currency
    private var hasBooking = false
    /// Other headings have come.
    private var isInOtherTable = false
    private var meanings = BookingMeanings()

    init(_ roles: ImportRoles, _ width: Int, _ text: ImportText, isOwnExport: Bool, _ currency: Currency) {
        (self.roles, self.width, self.isOwnExport, self.currency) = (roles, width, isOwnExport, currency)
        delimiter = text.delimiter
    }

    mutating func read(_ record: CSVRecord) -> Outcome {
        do throws(LeftOutLine) {
            return try booking(record)
        } catch {
            return .leftOut(error)
        }
    }

    private mutating func booking(_ record: CSVRecord) throws(LeftOutLine) -> Outcome {
        guard !record.isUnclosed else { throw LeftOutLine(record, .openQuote) }
        guard !record.isTooWide else { throw LeftOutLine(record, .tooManyCells(CSVReader.maxCells)) }
        guard !isInOtherTable else { throw LeftOutLine(record, .otherTable) }
        if let header = roles.headerLine, record.line < header {
            if record.hasDateAndNumber { throw LeftOutLine(record, .aboveHeadings) }
            return .nothing
        }
        if roles.headerLine != nil, record.cells.count > 1,
            zip(record.cells, roles.titles).allSatisfy({ Substring($0).trimmed == $1 })
        {
            return .nothing
        }
        guard record.filledWidth <= width else { throw LeftOutLine(record, .moreCellsThanHeading) }
        let dateCell = record.cell(roles.date)
        let day = self.day(dateCell)
        let hasAmount = (roles.amounts?.columns ?? []).contains { ImportedNumber(record.cell($0)) != nil }
        guard let day else { return try withoutDay(record, dateCell, hasAmount) }
        guard isOwnExport || !hasLinesInQuotes(record) else { throw LeftOutLine(record, .linesInQuotes) }
        guard let amount = try RecordAmount(record, roles, isOwnExport: isOwnExport, in: currency) else {
            let isBalance =
                isBalanceLine(record, description(record, isMoneyIn: false))
                || record.cells.count { ImportedNumber($0) != nil } == 0
            throw LeftOutLine(record, isBalance ? .noBooking : .noAmount)
        }
        let category = text(
            record.cell(roles.subcategory).isEmpty
                ? record.cell(roles.category) : record.cell(roles.subcategory))
        guard category.count <= Category.longestName, category.utf8.count <= Category.longestName * 4 else {
            throw LeftOutLine(record, .longCategory, category)
        }
        guard !category.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw LeftOutLine(record, .categoryOfSeveralLines, category)
        }
        let original =
            isOwnExport ? unguarded(record.cell(3)) : self.original(record, isMoneyIn: amount.money.isRefund)
        let description = isOwnExport ? original : cleaned(original)
        guard description.utf8.count <= 2000, description.count <= Expense.longestDescription else {
            throw LeftOutLine(record, .longDescription, description)
        }
        var row = ImportRow(
            line: record.line, day: day, amount: amount.money, category: category, description: description)
        row.original = original
        row.fee = amount.fee
        row.currency = amount.currency
        row.kind =
            isOwnExport
            ? (row.amount.isRefund ? .refund : .spending) : kind(of: &row, record, amount.direction)
        hasBooking = true
        return .row(row)
    }

    /// Whether a line in the quotes of a cell has a date in a cell of its own: a quote that was never meant to open a cell
    /// was closed by another one.
    private func hasLinesInQuotes(_ record: CSVRecord) -> Bool {
        record.cells.contains { cell in
            cell.utf8.contains(10) && cell.utf8.contains(delimiter)
                && cell.utf8.split(separator: 10).contains { line in
                    var reader = CSVReader(Array(line), delimiter: delimiter)
                    let cells = reader.next()?.cells.filter { !ImportTable.isBlank($0) } ?? []
                    return cells.count > 1 && cells.contains { ImportedDate($0) != nil }
                }
        }
    }

    private func day(_ cell: String) -> Day? {
        roles.isSerial ? ImportedDate.day(serial: cell) : ImportedDate(cell)?.day(in: roles.dateOrder)
    }

    /// A record without a day that can be read: text that goes on, a part of the booking above, a total, a note.
    private mutating func withoutDay(
        _ record: CSVRecord, _ date: String, _ hasAmount: Bool
    ) throws(LeftOutLine) -> Outcome {
        if hasAmount {
            let isBalance = isBalanceLine(record, description(record, isMoneyIn: false))
            if !ImportTable.isBlank(date) {
                if meanings.text(date).meaning.contains(.notBooked) {
                    throw LeftOutLine(record, .notBookedYet)
                }
                if isBalance || ImportedDate(date) == nil && !date.contains(where: \.isNumber) {
                    throw LeftOutLine(record, .noBooking)
                }
                throw LeftOutLine(record, .unreadableDate(roles.dateOrder), date)
            }
            throw LeftOutLine(record, isBalance ? .noBooking : .noDate)
        }
        guard ImportTable.isBlank(date) else {
            if ImportedDate(date) != nil { throw LeftOutLine(record, .unreadableDate(roles.dateOrder), date) }
            // Headings once more, but others: what follows has other columns.
            isInOtherTable = hasBooking && ImportTable.namedColumns(in: record) != nil
            throw LeftOutLine(record, isInOtherTable ? .otherTable : .noBooking)
        }
        if hasBooking {
            if record.cells.contains(where: { ImportedNumber($0)?.isSigned == true }) {
                throw LeftOutLine(record, .partOfBookingAbove)
            }
            let text = description(record, isMoneyIn: false)
            if !text.isEmpty, record.filledWidth > 1 { return .continued(text) }
        }
        throw LeftOutLine(record, .noBooking)
    }

    private mutating func kind(of row: inout ImportRow, _ record: CSVRecord, _ direction: BookingDirection?)
        -> ImportRow.Kind
    {
        if isBalanceLine(record, row.description) {
            guard meanings.text(row.description).mayBeShop else { return .balance }
            row.isNamedTotal = true
        }
        if roles.statuses.contains(where: { isNotBooked(record.cell($0)) }) { return .notBooked }
        if row.currency != "" { return .otherCurrency }
        let kinds = meaning(of: roles.kinds, record)
        let category = meanings.text(record.cell(roles.category))
        if case .neither = direction { return .ownTransfer }
        if roles.hasTrackerKinds, kinds.contains(.transferKind) { return .ownTransfer }
        if category.meaning.contains(.transferKind), category.wordCount == 1 { return .ownTransfer }
        let all = meaning(of: roles.texts, record).union(kinds).union(category.meaning)
        if all.contains(.ownTransfer) { return .ownTransfer }
        guard row.amount.isRefund else { return .spending }
        row.isEarned = all.contains(.income)
        if row.isEarned { return .moneyIn }
        if all.contains(.refund) { return .refund }
        if roles.isCard || meanings.text(record.cell(roles.account)).meaning.contains(.card) {
            return all.contains(.cardPayment) ? .ownTransfer : .refund
        }
        return kinds.contains(.expenseKind) ? .refund : .moneyIn
    }

    private mutating func meaning(of columns: [Int], _ record: CSVRecord) -> BookingMeaning {
        var meaning: BookingMeaning = []
        for column in columns { meaning.formUnion(meanings.text(record.cell(column)).meaning) }
        return meaning
    }

    /// A word for what has happened makes one for what has not a part of its name: "failed, completed later".
    private mutating func isNotBooked(_ status: String) -> Bool {
        let meaning = meanings.text(status).meaning
        return meaning.contains(.notBooked) && !meaning.contains(.booked)
    }

    /// Whether a text of the row is nothing but the name of a balance, with a day perhaps.
    private mutating func isBalanceLine(_ record: CSVRecord, _ description: String) -> Bool {
        if meanings.text(description).isBalance { return true }
        for column in roles.kinds where meanings.text(record.cell(column)).isBalance { return true }
        // A line without a description may name it in front.
        return description.isEmpty && meanings.text(record.cell(0)).isBalance
    }

    private func description(_ record: CSVRecord, isMoneyIn: Bool) -> String {
        cleaned(original(record, isMoneyIn: isMoneyIn))
    }

    /// What is too long for a description is not cleaned, but refused.
    private func cleaned(_ text: String) -> String {
        text.utf8.count > 20_000 ? text : ReadableText.cleaned(text)
    }

    /// The other side's name, or what the booking is for, as the file has it.
    private func original(_ record: CSVRecord, isMoneyIn: Bool) -> String {
        // Where both sides are named, one of them is the account's owner.
        let own =
            roles.senders.isEmpty || roles.recipients.isEmpty
            ? [] : isMoneyIn ? roles.recipients : roles.senders
        var figures = ""
        for column in roles.texts.filter({ !own.contains($0) }) + own {
            let text = text(record.cell(column))
            if text.utf8.count > 20_000 || text.contains(where: \.isLetter) { return text }
            if figures.isEmpty, text.contains(where: \.isNumber) { figures = text }
        }
        // A number says more than nothing.
        return figures
    }

    func joined(_ first: String, _ second: String) -> String {
        let joined = first.isEmpty ? second : first + " " + second
        return joined.count <= Expense.longestDescription && joined.utf8.count <= 2000 ? joined : first
    }

    /// Text as it was before a `'` was put in front of what looks like a formula.
    private func unguarded(_ cell: String) -> String {
        guard cell.utf8.first == UInt8(ascii: "'"), CSVWriter.beginsLikeFormula(cell) else { return cell }
        return String(cell.unicodeScalars.dropFirst())
    }

    private func text(_ cell: String) -> String { String(Substring(unguarded(cell)).trimmed) }
}
