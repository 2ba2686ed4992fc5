import Expenses
import Testing

/// Files in the layouts of real exports, read without anybody's help.
@Suite struct BankFilesTests {
    @Test func `there are 81 of them`() { #expect(BankFile.names.count == 81) }

    @Test(arguments: BankFile.names)
    func `a file is read as a careful person reads it`(name: String) throws {
        let file = try BankFile(name)
        var preferences = Preferences()
        preferences.currency = try #require(Currency(code: file.currency))
        let reading = try ImportReading(of: file.bytes, preferences)
        #expect(reading.questions.isEmpty == !file.isOpen, "asks \(reading.questions)")
        let rows = Dictionary(uniqueKeysWithValues: reading.rows.map { ($0.line, $0) })
        let leftOut = Set(reading.leftOut.map(\.line))
        var expected: Set<Int> = []
        func compare(_ row: ImportRow, _ booking: BankFile.Booking) {
            func fits(_ allowed: [String], _ value: String) -> Bool {
                allowed.isEmpty || allowed.contains(value)
            }
            #expect(fits(booking.dates, row.day.description), "line \(row.line): \(row.day)")
            let amounts = booking.amounts.map { Self.padded($0, preferences.currency) }
            #expect(
                fits(amounts, row.amount.decimal(in: preferences.currency)), "line \(row.line): \(row.amount)"
            )
            #expect(
                booking.texts.isEmpty || booking.texts.contains { row.description.contains($0) },
                "line \(row.line): \(row.description)")
            #expect(fits(booking.categories, row.category), "line \(row.line): \(row.category)")
        }
        for booking in file.expenses {
            expected.insert(booking.line)
            guard let row = rows[booking.line] else {
                #expect(
                    booking.instead == "said" && leftOut.contains(booking.line),
                    "line \(booking.line) is missing")
                continue
            }
            if booking.instead == "said", !row.kind.isAddedByDefault { continue }
            compare(row, booking)
            switch booking.kind {
            case "": #expect(row.kind == .spending, "line \(row.line) is \(row.kind)")
            case "refund": #expect(row.kind == .refund, "line \(row.line) is \(row.kind)")
            case "income": #expect(!row.kind.isAddedByDefault, "line \(row.line) is \(row.kind)")
            default: #expect(booking.kind == "either")
            }
        }
        for booking in file.optional {
            expected.insert(booking.line)
            if let row = rows[booking.line], row.kind.isAddedByDefault { compare(row, booking) }
        }
        for booking in file.leave {
            expected.insert(booking.line)
            let row = rows[booking.line]
            #expect(row?.kind.isAddedByDefault != true, "line \(booking.line) is added")
            if booking.isSaid {
                #expect(row != nil || leftOut.contains(booking.line), "line \(booking.line)")
            }
        }
        #expect(Set(rows.keys).subtracting(expected) == [], "rows that nobody expects")
    }

    /// Amounts of the files have two decimals or none.
    private static func padded(_ amount: String, _ currency: Currency) -> String {
        let parts = amount.split(separator: ".")
        guard currency.decimals > 0 else { return String(parts[0]) }
        let decimals = parts.count > 1 ? String(parts[1]) : ""
        return parts[0] + "." + decimals + String(repeating: "0", count: currency.decimals - decimals.count)
    }
}
