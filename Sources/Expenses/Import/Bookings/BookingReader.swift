/// Makes bookings of records: the third of three steps.
struct BookingReader {
    enum Outcome {
        case row(ImportRow)
        /// More text of the booking above.
        case continued(String)
        case leftOut(LeftOutLine)
        /// The headings once more.
        case nothing
    }

    private let roles: ImportRoles
    private let width: Int
    private let isOwnExport: Bool
    private let currency: Currency
    private var hasBooking = false
    private var meanings = BookingMeanings()

    init(_ roles: ImportRoles, _ width: Int, isOwnExport: Bool, _ currency: Currency) {
        (self.roles, self.width, self.isOwnExport, self.currency) = (roles, width, isOwnExport, currency)
    }

    mutating func read(_ record: CSVRecord) -> Outcome {
        do throws(LeftOutLine) {
            return try booking(record)
        } catch {
            return .leftOut(error)
        }
    }

    private mutating func booking(_ record: CSVRecord) throws(LeftOutLine) -> Outcome {
        func leftOut(_ reason: LeftOutLine.Reason, _ text: String? = nil) -> LeftOutLine {
            let text = text ?? record.cells.filter { !ImportTable.isBlank($0) }.joined(separator: " · ")
            return LeftOutLine(line: record.line, reason: reason, text: String(text.prefix(100)))
        }
        guard !record.isUnclosed else { throw leftOut(.openQuote) }
        if record.cells.prefix(width).map({ String(Substring($0).trimmed) })
            == roles.titles.prefix(record.cells.count).map(\.self),
            record.cells.count > 1
        {
            return .nothing
        }
        guard record.filledWidth <= width else { throw leftOut(.moreCellsThanHeading) }
        let dateCell = record.cell(roles.date)
        let day = self.day(dateCell)
        let hasAmount = (roles.amounts?.columns ?? []).contains { ImportedNumber(record.cell($0)) != nil }
        guard let day else { return try withoutDay(record, dateCell, hasAmount, leftOut) }
        guard let amount = try amount(record, leftOut) else {
            let isBalance =
                isBalanceLine(record, description(record, isMoneyIn: false))
                || record.cells.count { ImportedNumber($0) != nil } == 0
            throw leftOut(isBalance ? .noBooking : .noAmount)
        }
        let category = text(
            record.cell(roles.subcategory).isEmpty
                ? record.cell(roles.category) : record.cell(roles.subcategory))
        guard category.count <= Category.longestName, category.utf8.count <= Category.longestName * 4 else {
            throw leftOut(.longCategory, category)
        }
        guard !category.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) else {
            throw leftOut(.categoryOfSeveralLines, category)
        }
        let description =
            isOwnExport ? unguarded(record.cell(3)) : description(record, isMoneyIn: amount.money.isRefund)
        guard description.utf8.count <= 2000, description.count <= Expense.longestDescription else {
            throw leftOut(.longDescription, description)
        }
        var row = ImportRow(
            line: record.line, day: day, amount: amount.money, category: category, description: description)
        row.fee = amount.fee
        row.currency = amount.currency?.code ?? ""
        row.kind =
            isOwnExport
            ? (row.amount.isRefund ? .refund : .spending) : kind(of: &row, record, amount.direction)
        hasBooking = true
        return .row(row)
    }

    private func day(_ cell: String) -> Day? {
        roles.isSerial ? ImportedDate.day(serial: cell) : ImportedDate(cell)?.day(in: roles.dateOrder)
    }

    /// A record without a day that can be read: text that goes on, a part of the booking above, a total, a note.
    private mutating func withoutDay(
        _ record: CSVRecord, _ date: String, _ hasAmount: Bool,
        _ leftOut: (LeftOutLine.Reason, String?) -> LeftOutLine
    ) throws(LeftOutLine) -> Outcome {
        if hasAmount {
            let isBalance = isBalanceLine(record, description(record, isMoneyIn: false))
            if !ImportTable.isBlank(date) {
                if meanings.text(date).meaning.contains(.notBooked) { throw leftOut(.notBookedYet, nil) }
                if isBalance || ImportedDate(date) == nil && !date.contains(where: \.isNumber) {
                    throw leftOut(.noBooking, nil)
                }
                throw leftOut(.unreadableDate(roles.dateOrder), date)
            }
            throw leftOut(isBalance ? .noBooking : .noDate, nil)
        }
        guard ImportTable.isBlank(date) else {
            if ImportedDate(date) != nil { throw leftOut(.unreadableDate(roles.dateOrder), date) }
            throw leftOut(.noBooking, nil)
        }
        if hasBooking {
            if record.cells.contains(where: { ImportedNumber($0)?.isSigned == true }) {
                throw leftOut(.partOfBookingAbove, nil)
            }
            let text = description(record, isMoneyIn: false)
            if !text.isEmpty, record.filledWidth > 1 { return .continued(text) }
        }
        throw leftOut(.noBooking, nil)
    }

    // MARK: Amounts

    private struct Amount {
        /// Spending positive.
        var money: Money
        var fee = Money.zero
        /// Another one than the account's.
        var currency: Currency?
        var direction: BookingDirection?
    }

    /// Nil where the row has none.
    private func amount(
        _ record: CSVRecord, _ leftOut: (LeftOutLine.Reason, String?) -> LeftOutLine
    ) throws(LeftOutLine) -> Amount? {
        func read(_ cell: String) throws(LeftOutLine) -> (money: Money, number: ImportedNumber) {
            guard let number = ImportedNumber(cell) else {
                throw leftOut(.unreadableAmount(.unreadable), cell)
            }
            do throws(MoneyError) {
                return (try number.magnitude(mark: roles.mark, in: currency), number)
            } catch {
                throw leftOut(.unreadableAmount(error), cell)
            }
        }
        guard let amounts = roles.amounts else { throw leftOut(.noAmount, nil) }
        var found: (money: Money, number: ImportedNumber)
        var isMoneyIn: Bool
        var direction: BookingDirection?
        switch amounts {
        case .signed(let column):
            let cell = record.cell(column)
            if ImportedNumber.isNothing(cell), !isOwnExport { return nil }
            found = try read(cell)
            isMoneyIn = found.number.isNegative == (roles.sign == .spendingPositive)
            if let isCredit = found.number.isCredit { isMoneyIn = isCredit }
        case .directed(let column, let directionColumn):
            let cell = record.cell(column)
            if ImportedNumber.isNothing(cell) { return nil }
            found = try read(cell)
            let word = String(Substring(record.cell(directionColumn)).trimmed)
            direction = roles.directions[word] ?? BookingDirection.directions(of: [word])?[word]
            isMoneyIn = direction == .into
            if found.number.isNegative != roles.negativeDirections.contains(word) { isMoneyIn.toggle() }
        case .pair(let out, let into):
            let (outCell, inCell) = (record.cell(out), record.cell(into))
            let isOut = !ImportedNumber.isNothing(outCell)
            if isOut, !ImportedNumber.isNothing(inCell) {
                throw leftOut(.amountsInBothColumns, "\(outCell) / \(inCell)")
            }
            if !isOut, ImportedNumber.isNothing(inCell) { return nil }
            found = try read(isOut ? outCell : inCell)
            isMoneyIn = !isOut
            if found.number.isNegative != roles.negativeColumns.contains(isOut ? out : into) {
                isMoneyIn.toggle()
            }
        }
        var amount = Amount(money: found.money, direction: direction)
        amount.currency = otherCurrency(of: roles.booked, found.number, record)
        if amount.currency != nil,
            let other = roles.others.lazy.compactMap({ other -> ImportedNumber? in
                guard let number = ImportedNumber(record.cell(other.column)), !number.isZero,
                    otherCurrency(of: other, number, record) == nil
                else { return nil }
                return number
            }).first, let money = try? other.magnitude(mark: roles.mark, in: currency)
        {
            (amount.money, amount.currency) = (money, nil)
        }
        if let fee = roles.fee, let number = ImportedNumber(record.cell(fee)), !number.isZero,
            let money = try? number.magnitude(mark: roles.mark, in: currency)
        {
            amount.fee = money
        }
        amount.money = isMoneyIn ? amount.fee - amount.money : amount.money + amount.fee
        return amount
    }

    /// The currency of an amount where it is another one than the account's.
    private func otherCurrency(
        of priced: ImportRoles.Priced?, _ number: ImportedNumber, _ record: CSVRecord
    ) -> Currency? {
        let cell = String(Substring(record.cell(priced?.currencyColumn)).trimmed)
        let named = number.currency ?? priced?.currency ?? CurrencyName.find(Substring(cell.lowercased()))?.0
        return named == currency ? nil : named
    }

    // MARK: Kinds

    private mutating func kind(of row: inout ImportRow, _ record: CSVRecord, _ direction: BookingDirection?)
        -> ImportRow.Kind
    {
        if isBalanceLine(record, row.description) { return .balance }
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
        return meanings.text(record.cell(0)).isBalance
    }

    // MARK: Texts

    /// The other side's name, or what the booking is for.
    private func description(_ record: CSVRecord, isMoneyIn: Bool) -> String {
        // Where both sides are named, one of them is the account's owner.
        let own =
            roles.senders.isEmpty || roles.recipients.isEmpty
            ? [] : isMoneyIn ? roles.recipients : roles.senders
        for column in roles.texts.filter({ !own.contains($0) }) + own {
            let text = text(record.cell(column))
            if text.contains(where: \.isLetter) { return ReadableText.cleaned(text) }
        }
        return ""
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

/// Text without what no person reads.
enum ReadableText {
    /// Without repeated blanks, line ends and the masks of card numbers, where something is left.
    static func cleaned(_ text: String) -> String {
        var text = text
        // Some programs put quotes of their own around a text, to keep it text.
        if text.first == "'", !text.dropFirst().contains("'") || text.last == "'" {
            text = String(text.dropFirst().drop { $0 == " " })
            if text.last == "'" { text.removeLast() }
        }
        let words = text.split(whereSeparator: \.isWhitespace)
        let kept = words.filter { !isMask($0) }
        return (kept.contains { $0.contains(where: \.isLetter) } ? kept : words).joined(separator: " ")
    }

    /// `****1234`, `XX-0000`, `0000XXXXXX0000`.
    private static func isMask(_ word: Substring) -> Bool {
        let masks = word.count { $0 == "*" || $0 == "X" || $0 == "x" }
        return masks > 1 && word.contains(where: \.isNumber)
            && word.allSatisfy { $0 == "*" || $0 == "X" || $0 == "x" || $0 == "-" || $0.isNumber }
    }
}
