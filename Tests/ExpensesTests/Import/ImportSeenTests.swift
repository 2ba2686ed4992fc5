import Expenses
import Testing

/// What went wrong with files of people, one test for each kind.
@Suite struct ImportSeenTests {
    private func read(
        _ file: String, _ currency: String = "EUR", _ choices: ImportChoices = ImportChoices()
    ) throws -> ImportReading {
        var preferences = Preferences()
        preferences.currency = try #require(Currency(code: currency))
        return try ImportReading(of: Array(file.utf8), preferences, choices: choices)
    }

    private func rows(_ reading: ImportReading) -> [String] {
        reading.rows.map { "\($0.kind) \($0.amount.minorUnits) \($0.description)" }
    }

    @Test(arguments: [
        ("Date,Text,Amount,Af Bij", "Af", "Bij"), ("Datum;Text;Betrag;Soll/Haben", "S", "H"),
        ("Date,Text,Amount,Debit/Credit", "D", "C"), ("Date,Text,Amount,Indicator", "DBIT", "CRDT"),
        ("Date,Text,Amount,Direction", "OUT", "IN"), ("Date,Text,Amount,Type", "Expense", "Income"),
        ("日期,摘要,金额,收/支", "支出", "收入"),
    ])
    func `a column of its own says which way money goes`(headings: String, out: String, into: String) throws {
        let delimiter = headings.contains(";") ? ";" : ","
        let lines = [
            ["2026-01-31", "Bread", "12.50", out], ["2026-01-30", "Example Ltd", "2150.00", into],
            ["2026-01-29", "Shoes", "60.00", out],
        ].map { $0.joined(separator: delimiter) }
        let reading = try read(([headings] + lines).joined(separator: "\n"))
        #expect(reading.questions == [])
        #expect(
            rows(reading) == ["spending 1250 Bread", "moneyIn -215000 Example Ltd", "spending 6000 Shoes"])
    }

    @Test(arguments: ["", "a", "2026-01-05,5,Bread", "Date,Amount,Text\n2026-01-05,5,Bread"])
    func `a column that the file does not have is as if none was chosen`(file: String) throws {
        let usual = try read(file)
        for place in [-1, 3, 99, Int.max] {
            for column in ImportChoices.Column.allCases {
                var choices = ImportChoices()
                choices.columns[column] = place
                let reading = try read(file, "EUR", choices)
                #expect(
                    reading.roles.date == usual.roles.date && reading.roles.amounts == usual.roles.amounts)
                #expect(rows(reading) == rows(usual))
            }
            var choices = ImportChoices()
            for column in ImportChoices.Column.allCases { choices.columns[column] = place }
            #expect(rows(try read(file, "EUR", choices)) == rows(usual))
        }
    }

    @Test func `whatever columns are chosen, a file is read`() throws {
        let file = "Date,Amount,Text\n2026-01-05,5,Bread\n2026-01-06,-7.50,Milk"
        for column in ImportChoices.Column.allCases {
            for other in ImportChoices.Column.allCases {
                for (first, second) in [(0, 0), (0, 1), (1, 2), (2, 0), (2, 2)] {
                    var choices = ImportChoices()
                    choices.columns[column] = first
                    choices.columns[other] = second
                    for hasHeader in [nil, true, false] as [Bool?] {
                        choices.hasHeader = hasHeader
                        let reading = try read(file, "EUR", choices)
                        #expect(reading.rows.count + reading.leftOut.count <= 3)
                    }
                }
            }
        }
    }

    @Test func `two sales and two returns of a card keep their signs`() throws {
        let reading = try read(
            """
            Transaction Date,Description,Type,Amount
            2026-01-04,Shoes,Sale,-60.00
            2026-01-03,Hats,Return,20.00
            2026-01-02,Shoes,Return,60.00
            2026-01-01,Bread,Sale,-3.00
            """)
        #expect(reading.questions == [])
        #expect(
            rows(reading) == [
                "spending 6000 Shoes", "refund -2000 Hats", "refund -6000 Shoes", "spending 300 Bread",
            ])
    }

    @Test func `row numbers, branches, balances and days of eight digits are no amounts`() throws {
        let reading = try read(
            """
            No,Branch,Bokföringsdag,Valutadag,Text,Belopp,Saldo
            1,00120,20260103,20260103,Bread,-120.50,1000.00
            2,00120,20260102,20260102,Tea,-30.00,1120.50
            3,00120,20260101,20260101,Bun,-2.00,1150.50
            """)
        #expect(rows(reading) == ["spending 12050 Bread", "spending 3000 Tea", "spending 200 Bun"])
    }

    @Test func `a running balance shows itself, whatever the columns are called`() throws {
        let reading = try read(
            "When,X,Y,Text\n2026-01-01,500.00,-10.00,Tea\n2026-01-02,480.00,-20.00,Bun\n2026-01-03,475.00,-5.00,Pie\n"
        )
        #expect(reading.questions == [])
        #expect(rows(reading) == ["spending 1000 Tea", "spending 2000 Bun", "spending 500 Pie"])
    }

    @Test func `a row with more cells than the headings is not read`() throws {
        let reading = try read(
            "date,amount,category,description\n2026-01-01,1,234.56,Groceries,rent\n2026-01-02,5.00,Food,Tea\n"
        )
        #expect(reading.leftOut.map(\.reason) == [.moreCellsThanHeading])
        #expect(reading.rows.map(\.line) == [3])
    }

    @Test func `three digits behind every mark are asked about, and answered`() throws {
        let file = "Datum;Text;Betrag\n31.01.2026;Bread;1,500\n30.01.2026;Tea;2,250\n"
        #expect(try read(file).questions == [.decimalMark])
        var choices = ImportChoices()
        choices.decimalMark = .comma
        let reading = try read(file, "EUR", choices)
        #expect(reading.questions == [] && reading.rows.map(\.amount.minorUnits) == [150, 225])
        // Where whole numbers stand beside them, thousands are grouped.
        #expect(try read(file + "29.01.2026;Bun;12\n").questions == [])
        // A dinar has a thousand fils.
        let dinars = try read("Date,Text,Amount\n31/01/2026,Bread,1.500\n", "KWD")
        #expect(dinars.questions == [] && dinars.rows.map(\.amount.minorUnits) == [1500])
    }

    @Test(arguments: [
        ("1.234,-", 123_400), ("1.234,--", 123_400), ("-1.234,-", -123_400), ("kr. 1.234,50", 123_450),
        ("(12,50)", -1250), ("12,50-", -1250), ("+ € 12,50", 1250), ("12,50 EUR", 1250),
        ("1'234,50", 123_450),
        ("1 234,50", 123_450), ("12,5000", 1250), ("\u{2212}12,50", -1250),
    ])
    func `amounts are read as they are written`(text: String, units: Int64) throws {
        let reading = try read(
            "Datum;Text;Betrag\n31.01.2026;Bread;\(text)\n30.01.2026;Tea;99,99\n29.01.2026;Tea;9,99\n", "EUR")
        #expect(reading.rows.map(\.amount.minorUnits) == [units, 9999, 999], "\(reading.leftOut)")
    }

    @Test func `a minus under Debit is a refund, and so is one of the kind Expense`() throws {
        let pair = try read(
            "Date,Description,Debit,Credit\n2026-01-03,Shoes,60.00,\n2026-01-02,Shoes,-50.00,\n2026-01-01,Tea,3.00,\n2026-01-01,Pay,,9.00\n"
        )
        #expect(pair.rows.map(\.amount.minorUnits) == [6000, -5000, 300, -900])
        #expect(pair.rows[1].kind == .refund)
        let tracker = try read(
            "Date,Type,Title,Amount\n2026-01-03,Expense,Shoes,60.00\n2026-01-02,Expense,Hats,-10\n2026-01-01,Income,Pay,900.00\n2026-01-01,Expense,Tea,3.00\n"
        )
        #expect(
            rows(tracker) == [
                "spending 6000 Shoes", "refund -1000 Hats", "moneyIn -90000 Pay", "spending 300 Tea",
            ])
    }

    @Test func `a heading like our own in capitals is not taken for our own export`() throws {
        var file = "Date,Amount,Category,Description\n2026-01-31,2500.00,Work,Salary\n"
        for day in 10..<30 { file += "2026-01-\(day),-\(day).00,Food,Shop \(day)\n" }
        let reading = try read(file)
        #expect(!reading.isOwnExport)
        #expect(reading.rows.count { $0.kind == .spending } == 20)
        #expect(reading.rows[0].kind == .moneyIn)
    }

    @Test func `a fee belongs to its row, and another currency is left out unless it was converted`() throws {
        let reading = try read(
            """
            Date,Description,Amount,Fee,Currency,Billed EUR
            2026-01-03,Cloud,-9.00,1.00,EUR,
            2026-01-02,Books,-9.00,0.00,USD,
            2026-01-01,Music,-20.00,0.00,USD,-18.50
            """)
        #expect(reading.rows.map(\.amount.minorUnits) == [1000, 900, 1850])
        #expect(reading.rows.map(\.kind) == [.spending, .otherCurrency, .spending])
        #expect(reading.rows[0].fee.minorUnits == 100 && reading.rows[1].currency == "USD")
    }

    @Test(arguments: ["REVERTED", "DECLINED", "pending", "Cancelled", "Vorgemerkt", "storniert", "交易关闭"])
    func `what was not booked is not added`(status: String) throws {
        let reading = try read(
            "Date,Description,Amount,Status\n2026-01-03,Tea,-3.00,Completed\n2026-01-02,Hotel,-300.00,\(status)\n2026-01-01,Bun,-2.00,Completed\n"
        )
        #expect(reading.rows.map(\.kind) == [.spending, .notBooked, .spending])
    }

    @Test(arguments: [
        "Saldo", "Opening balance", "Endsaldo 31.12.2025", "Total", "Closing balance as of 12/31/2025",
    ])
    func `balances and totals with a date are not added, shops called so are`(text: String) throws {
        let reading = try read(
            "Datum;Text;Betrag\n31.12.2025;\(text);1.000,00\n30.12.2025;Tea;-3,00\n29.12.2025;New Balance Store;-80,00\n28.12.2025;Total Energies Nice;-50,00\n"
        )
        #expect(reading.rows.map(\.kind) == [.balance, .spending, .spending, .spending])
    }

    @Test(arguments: ["€0,00", "–", "n/a", "0", "-", ""])
    func `the empty half of a pair may hold many things`(nothing: String) throws {
        let reading = try read(
            "Datum;Wer;Ausgang;Eingang\n31.01.2026;Tea;€3,00;\(nothing)\n30.01.2026;Pay;\(nothing);€900,00\n29.01.2026;Bun;€2,50;\(nothing)\n"
        )
        #expect(reading.leftOut == [] && reading.questions == [])
        #expect(rows(reading) == ["spending 300 Tea", "moneyIn -90000 Pay", "spending 250 Bun"])
    }

    @Test func `lines above, between and below are listed, with unknown headings too`() throws {
        let reading = try read(
            """
            Umsätze;Zeitraum: 30 Tage
            Neuer Kontostand;1.234,56 EUR

            Zorp;Fnord;Blah
            31.01.2026;Bread;-12,50

            30.01.2026;Tea, with milk;-3,00
            Alter Kontostand;100,00 EUR;
            """)
        #expect(rows(reading) == ["spending 1250 Bread", "spending 300 Tea, with milk"])
        #expect(reading.leftOut.map(\.reason) == [.noBooking] && reading.leftOut.map(\.line) == [8])
        #expect(reading.questions == [])
    }

    @Test func `the payee is the description, else the purpose`() throws {
        let reading = try read(
            """
            Date,Value Date,Counterparty IBAN,Counterparty,Purpose,Amount,Balance
            2026-01-03,2026-01-05,DE02120300000000202051,Corner Bakery,Order 5,-3.00,97.00
            2026-01-02,2026-01-04,,,Monthly   fee XXXX1234,-1.00,100.00
            """)
        #expect(reading.rows.map(\.description) == ["Corner Bakery", "Monthly fee"])
        #expect(reading.rows.map(\.day.description) == ["2026-01-03", "2026-01-02"])
    }

    @Test(arguments: [
        ("Mon, 05 Jan 2024", "2024-01-05"), ("5 mei 2024", "2024-05-05"), ("5 ott 2024", "2024-10-05"),
        ("2024年4月5日", "2024-04-05"), ("20240413103000", "2024-04-13"), ("2024-04-13 10.30", "2024-04-13"),
        ("13/04/2024 18:02", "2024-04-13"), ("Apr 13, 2024", "2024-04-13"), ("13. April 2024", "2024-04-13"),
        ("2024-04-13T10:00:00+02:00", "2024-04-13"), ("45321", "2024-01-30"), ("5 января 2024", "2024-01-05"),
        ("13.04.24", "2024-04-13"), ("5 września 2024", "2024-09-05"),
    ])
    func `dates are read as they are written`(text: String, day: String) throws {
        let reading = try read("Date;Text;Amount\n\(text);Bread;3,00\n\(text);Tea;4,50\n")
        #expect(reading.rows.map(\.day.description) == [day, day], "\(reading.leftOut)")
    }

    @Test func `an ISO date does not say how the others are to be read`() throws {
        let reading = try read("Date,Text,Amount\n2024-01-05,Bread,3.00\n1/2/24,Tea,4.50\n")
        #expect(reading.questions == [.dateOrder])
        #expect(reading.rows.map(\.day.description) == ["2024-01-05", "2024-02-01"])
        var choices = ImportChoices()
        choices.dateOrder = .monthFirst
        let chosen = try read("Date,Text,Amount\n2024-01-05,Bread,3.00\n1/2/24,Tea,4.50\n", "EUR", choices)
        #expect(chosen.questions == [] && chosen.rows[1].day.description == "2024-01-02")
    }

    @Test func `rent by bank transfer is spending`() throws {
        let reading = try read(
            "Type,Date,Description,Amount\nTransfer to account,2026-01-01,To Orchard Lettings,-1068.13\nCard,2026-01-02,Tea,-3.00\n"
        )
        #expect(reading.rows.map(\.kind) == [.spending, .spending])
        // A tracker says so of its user's own accounts.
        let tracker = try read(
            "Type,Date,Title,Amount\nTransfer,2026-01-01,Savings,-100.00\nExpense,2026-01-02,Tea,-3.00\nIncome,2026-01-03,Pay,9.00\n"
        )
        #expect(tracker.rows.map(\.kind) == [.ownTransfer, .spending, .moneyIn])
    }

    @Test func `two equal purchases on a day are two`() throws {
        let reading = try read("Date,Text,Amount\n2026-01-31,Tram,-2.80\n2026-01-31,Tram,-2.80\n")
        #expect(ImportSelection().places(in: ImportPreview(reading.rows)).count == 2)
    }

    @Test func `a file of more than 200,000 rows is refused`() throws {
        let rows = String(repeating: "2026-01-31,1.00,a,b\n", count: 200_001)
        #expect(throws: ImportReading.TooManyRows.self) {
            try read("date,amount,category,description\n" + rows)
        }
    }

    @Test func `a salary is money in, and a refund of a payee with spending is none`() throws {
        let reading = try read(
            """
            Date,Payee,Purpose,Amount
            2026-01-31,Example Ltd,Salary January,2500.00
            2026-01-30,Shoe Shop,,59.95
            2026-01-29,Robin,,20.00
            2026-01-28,Shoe Shop 0042,,-120.00
            2026-01-27,Hat Shop,Refund,15.00
            2026-01-26,Tea,,-3.00
            """)
        #expect(reading.rows.map(\.kind) == [.moneyIn, .refund, .moneyIn, .spending, .refund, .spending])
    }

    @Test func `the payment of a card's bill is an own transfer, a shop's credit a refund`() throws {
        let reading = try read(
            "Date,Description,Card Number,Amount\n2026-01-31,Shoe Shop,1234,60.00\n2026-01-30,PAYMENT RECEIVED - THANK YOU,1234,-500.00\n2026-01-29,Hat Shop,1234,-15.00\n2026-01-28,Tea,1234,3.00\n"
        )
        #expect(reading.rows.map(\.kind) == [.spending, .ownTransfer, .refund, .spending])
        #expect(reading.questions == [])
    }

    @Test func `each line in quotes as a whole is read as a line`() throws {
        let reading = try read(
            "\"Date,Text,Amount\"\n\"2026-01-31,\"\"Bread, white\"\",-3.00\"\n\"2026-01-30,Tea,-4.50\"\n")
        #expect(rows(reading) == ["spending 300 Bread, white", "spending 450 Tea"])
    }

    @Test func `text that goes on in a record without a date belongs to the booking above`() throws {
        let reading = try read(
            "Date,Description,Withdrawals,Deposits\n30/01/2026,DEBIT PURCHASE,8.90,\n,SPRING BAKERY,,\n27/01/2026,GIRO SALARY,,2150.00\n"
        )
        #expect(
            rows(reading) == ["spending 890 DEBIT PURCHASE SPRING BAKERY", "moneyIn -215000 GIRO SALARY"])
    }

    @Test func `CR behind an amount is money in, and the rest is spending`() throws {
        let reading = try read(
            "Date,Text,Amount\n2026-01-31,Tea,3.00\n2026-01-30,Robin,500.00 CR\n2026-01-29,Robin B,20.00Cr\n")
        #expect(reading.questions == [])
        #expect(reading.rows.map(\.amount.minorUnits) == [300, -50000, -2000])
    }

    @Test func `a word that says nothing about the direction is told`() throws {
        var file = "Date,Text,Amount,Debit/Credit\n"
        for day in 10..<30 {
            file += "2026-01-\(day),Shop \(day),-\(day).50,\(day % 2 == 0 ? "Debit" : "Credit")\n"
        }
        // The odd one stands beyond the rows by which columns are told.
        for number in 0..<1000 { file += "2026-02-01,Row \(number),-5.25,Debit\n" }
        file += "2026-02-02,Odd,-5.25,Sideways\n"
        #expect(try read(file).leftOut.map(\.reason) == [.unknownDirection])
    }

    @Test func `a second table and rows above the headings are told, not read by the wrong columns`() throws {
        let reading = try read(
            """
            31.12.2025;1.000,00
            Datum;Text;Betrag
            31.01.2026;Tea;-3,00
            30.01.2026;Bun;-2,00
            Buchungstag;Betrag;Empfänger
            29.01.2026;-4,00;Pie
            """)
        #expect(rows(reading) == ["spending 300 Tea", "spending 200 Bun"])
        #expect(reading.leftOut.map(\.line) == [1, 5, 6])
        #expect(reading.leftOut.map(\.reason) == [.aboveHeadings, .otherTable, .otherTable])
    }
}
