import Expenses

/// What a reading of a bank's file has otherwise than a careful person reads it; empty where nothing.
struct BankFileComparison {
    private(set) var differences: [String] = []
    private let currency: Currency

    init(_ reading: ImportReading, _ file: BankFile, _ currency: Currency) {
        self.currency = currency
        let rows = Dictionary(uniqueKeysWithValues: reading.rows.map { ($0.line, $0) })
        let leftOut = Set(reading.leftOut.map(\.line))
        for booking in file.expenses {
            compare(rows[booking.line], booking, isSaid: leftOut.contains(booking.line))
        }
        for booking in file.optional {
            if let row = rows[booking.line], row.kind.isAddedByDefault { compare(row, booking) }
        }
        for booking in file.leave {
            let row = rows[booking.line]
            check(row?.kind.isAddedByDefault != true, booking.line, "added")
            if booking.isSaid {
                check(row != nil || leftOut.contains(booking.line), booking.line, "left out in silence")
            }
        }
        let expected = Set((file.expenses + file.optional + file.leave).map(\.line))
        for line in Set(rows.keys).subtracting(expected) { check(false, line, "nobody expects it") }
    }

    private mutating func check(_ isRight: Bool, _ line: Int, _ what: String) {
        if !isRight { differences.append("line \(line): \(what)") }
    }

    private mutating func compare(_ row: ImportRow?, _ booking: BankFile.Booking, isSaid: Bool) {
        guard let row else {
            check(booking.instead == "said" && isSaid, booking.line, "missing")
            return
        }
        if booking.instead == "said", !row.kind.isAddedByDefault { return }
        compare(row, booking)
        switch booking.kind {
        case "": check(row.kind == .spending, row.line, "\(row.kind)")
        case "refund": check(row.kind == .refund, row.line, "\(row.kind)")
        case "income": check(!row.kind.isAddedByDefault, row.line, "\(row.kind)")
        default: break
        }
    }

    private mutating func compare(_ row: ImportRow, _ booking: BankFile.Booking) {
        func fits(_ allowed: [String], _ value: String) -> Bool { allowed.isEmpty || allowed.contains(value) }
        check(fits(booking.dates, row.day.description), row.line, row.day.description)
        let amount = row.amount.decimal(in: currency)
        check(fits(booking.amounts.map(padded), amount), row.line, amount)
        check(
            booking.texts.isEmpty || booking.texts.contains { row.description.contains($0) }, row.line,
            row.description)
        check(fits(booking.categories, row.category), row.line, row.category)
    }

    /// Amounts of the files have two decimals or none.
    private func padded(_ amount: String) -> String {
        let parts = amount.split(separator: ".")
        guard currency.decimals > 0 else { return String(parts[0]) }
        let decimals = parts.count > 1 ? String(parts[1]) : ""
        return parts[0] + "." + decimals + String(repeating: "0", count: currency.decimals - decimals.count)
    }
}
