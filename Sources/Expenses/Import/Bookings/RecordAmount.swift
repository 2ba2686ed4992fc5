/// The amount of a record.
struct RecordAmount {
    /// Spending positive, the fee included.
    let money: Money
    let fee: Money
    /// What the file calls another currency than the account's: its code, or a sign that several share; empty for the account's own.
    let currency: String
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
            direction = roles.directions[word] ?? BookingDirection.direction(of: word)
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
        if !currency.isEmpty, let cell = RecordAmount.converted(record, roles, own) {
            (found.money, currency) = (try read(cell).money, "")
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
            return otherCurrency(of: priced, number, record, own).isEmpty
        }?.1
    }

    /// The currency of an amount where it is another one than the account's; a sign is the account's own where it may be.
    private static func otherCurrency(
        of priced: ImportRoles.Priced?, _ number: ImportedNumber, _ record: CSVRecord, _ own: Currency
    ) -> String {
        let cell = Substring(record.cell(priced?.currencyColumn)).trimmed
        let names = [
            number.currencies, priced?.currencies ?? [],
            CurrencyName.find(Substring(cell.lowercased()))?.0 ?? [],
        ]
        // Where a sign is shared, what else names the currency tells which one it is.
        let named = names.reduce([Currency]()) { named, more in
            let common = named.filter(more.contains)
            return named.isEmpty ? more : common.isEmpty ? named : common
        }
        guard !named.isEmpty, !named.contains(own) else { return "" }
        return named.count == 1 ? named[0].code : named[0].symbol
    }
}
