/// The amount of a record.
struct RecordAmount {
    /// Spending positive, the fee included.
    let money: Money
    let fee: Money
    /// Another one than the account's.
    let currency: Currency?
    /// What a column of directions says.
    let direction: BookingDirection?

    /// Nil where the record has no amount. Throws where it cannot be read.
    init?(
        _ record: CSVRecord, _ roles: ImportRoles, isOwnExport: Bool, in own: Currency
    ) throws(LeftOutLine) {
        guard let amounts = roles.amounts else { throw LeftOutLine(record, .noAmount) }
        func read(_ cell: String) throws(LeftOutLine) -> (money: Money, number: ImportedNumber) {
            guard let number = ImportedNumber(cell) else {
                throw LeftOutLine(record, .unreadableAmount(.unreadable), cell)
            }
            do throws(MoneyError) {
                return (try number.magnitude(mark: roles.mark, in: own), number)
            } catch {
                throw LeftOutLine(record, .unreadableAmount(error), cell)
            }
        }
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
            guard let direction else { throw LeftOutLine(record, .unknownDirection, word) }
            isMoneyIn = direction == .into
            if found.number.isNegative != roles.negativeDirections.contains(word) { isMoneyIn.toggle() }
        case .pair(let out, let into):
            let (outCell, inCell) = (record.cell(out), record.cell(into))
            let isOut = !ImportedNumber.isNothing(outCell)
            if isOut, !ImportedNumber.isNothing(inCell) {
                throw LeftOutLine(record, .amountsInBothColumns, "\(outCell) / \(inCell)")
            }
            if !isOut, ImportedNumber.isNothing(inCell) { return nil }
            found = try read(isOut ? outCell : inCell)
            isMoneyIn = !isOut
            if found.number.isNegative != roles.negativeColumns.contains(isOut ? out : into) {
                isMoneyIn.toggle()
            }
        }
        var currency = RecordAmount.otherCurrency(of: roles.booked, found.number, record, own)
        if currency != nil, let cell = RecordAmount.converted(record, roles, own) {
            (found.money, currency) = (try read(cell).money, nil)
        }
        let feeCell = record.cell(roles.fee)
        fee = ImportedNumber.isNothing(feeCell) ? .zero : try read(feeCell).money
        money = isMoneyIn ? fee - found.money : found.money + fee
        (self.currency, self.direction) = (currency, direction)
    }

    /// The cell with the amount in the account's currency, where the booked one is in another.
    private static func converted(_ record: CSVRecord, _ roles: ImportRoles, _ own: Currency) -> String? {
        roles.others.lazy.map { ($0, record.cell($0.column)) }.first { priced, cell in
            guard let number = ImportedNumber(cell), !number.isZero else { return false }
            return otherCurrency(of: priced, number, record, own) == nil
        }?.1
    }

    /// The currency of an amount where it is another one than the account's.
    private static func otherCurrency(
        of priced: ImportRoles.Priced?, _ number: ImportedNumber, _ record: CSVRecord, _ own: Currency
    ) -> Currency? {
        let cell = String(Substring(record.cell(priced?.currencyColumn)).trimmed)
        let named = number.currency ?? priced?.currency ?? CurrencyName.find(Substring(cell.lowercased()))?.0
        return named == own ? nil : named
    }
}
