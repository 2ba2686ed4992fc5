import Expenses
import Testing

/// What may be read in more than one way is asked about, and what is asked is answered.
@Suite struct ImportDoubtTests {
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

    // MARK: Letters

    @Test(arguments: [("A", "B"), ("S", "H"), ("D", "K"), ("U", "P")])
    func `letters under another heading are asked about, and answered`(first: String, second: String) throws {
        let file =
            "Date,Text,Amount,Zone\n2026-01-31,Bread,12.50,\(first)\n2026-01-30,Shoes,60.00,\(second)\n2026-01-29,Tea,3.00,\(first)\n"
        #expect(try read(file).questions == [.directionColumn])
        var choices = ImportChoices()
        choices.columns[.direction] = .some(nil)
        let without = try read(file, "EUR", choices)
        #expect(without.questions == [] && without.rows.allSatisfy { $0.kind == .spending })
        choices.columns[.direction] = 3
        let with = try read(file, "EUR", choices)
        #expect(with.questions == [] && with.rows[1].amount.minorUnits == -6000)
    }

    @Test func `letters that the signs or the balance contradict are no directions`() throws {
        let signed = try read(
            "Date,Text,Amount,Zone\n2026-01-31,Bread,-12.50,A\n2026-01-30,Salary,2000.00,A\n2026-01-29,Tea,-3.00,B\n"
        )
        #expect(signed.questions == [])
        #expect(rows(signed) == ["spending 1250 Bread", "moneyIn -200000 Salary", "spending 300 Tea"])
        let balanced = try read(
            "Date,Text,Out,In,Zone,Balance\n2026-01-01,Bread,12.50,,A,87.50\n2026-01-02,Pay,,20.00,A,107.50\n2026-01-03,Tea,3.00,,B,104.50\n"
        )
        #expect(balanced.questions == [])
        #expect(balanced.rows.map(\.amount.minorUnits) == [1250, -2000, 300])
    }

    @Test func `a balance confirms letters`() throws {
        let reading = try read(
            "Date,Text,Amount,X,Balance\n2026-01-01,Bread,12.50,A,87.50\n2026-01-02,Pay,20.00,B,107.50\n2026-01-03,Tea,3.00,A,104.50\n"
        )
        #expect(reading.questions == [])
        #expect(reading.rows.map(\.amount.minorUnits) == [1250, -2000, 300])
    }

    // MARK: Signs

    @Test func `a majority is no proof of which sign is spending`() throws {
        let file =
            "Date,Text,Amount\n2026-01-31,A,12.50\n2026-01-30,B,7.00\n2026-01-29,C,-3.00\n2026-01-28,D,5.00\n"
        #expect(try read(file).questions == [.sign])
        var choices = ImportChoices()
        choices.sign = .spendingNegative
        let chosen = try read(file, "EUR", choices)
        #expect(chosen.questions == [] && chosen.rows.map(\.amount.minorUnits) == [-1250, -700, 300, -500])
        let opposite = try read(file.replacing("A,12", with: "A,-12").replacing("B,7", with: "B,-7"))
        #expect(opposite.questions == [.sign])
    }

    @Test func `a plus beside a minus is money in`() throws {
        let reading = try read(
            "Date,Text,Amount\n2026-01-31,A,+12.50\n2026-01-30,B,+7.00\n2026-01-29,C,-3.00\n2026-01-28,D,+5.00\n"
        )
        #expect(reading.questions == [])
        #expect(reading.rows.map(\.amount.minorUnits) == [-1250, -700, 300, -500])
        // Without any minus, what has no sign may be spending.
        #expect(
            try read("Date,Text,Amount\n2026-01-31,Tea,+12.50\n2026-01-30,Bun,7.00\n").questions == [.sign])
    }

    // MARK: Dates

    @Test(arguments: [
        ("24/03/05", "24/03/06", "24/03/17"), ("24-03-05", "24-03-06", "24-03-17"),
        ("24.03.05", "24.03.06", "24.03.17"), ("24年3月5日", "24年3月6日", "24年3月17日"),
        ("24년 3월 5일", "24년 3월 6일", "24년 3월 17일"),
    ])
    func `a year of two digits may stand first`(first: String, second: String, third: String) throws {
        let reading = try read(
            "Date;Text;Amount\n\(first);Tea;-3,00\n\(second);Bun;-2,00\n\(third);Pie;-4,00\n")
        #expect(reading.questions == [])
        #expect(reading.rows.map(\.day.description) == ["2024-03-05", "2024-03-06", "2024-03-17"])
    }

    @Test func `the day of one year of two digits is asked about where its year may stand at either end`()
        throws
    {
        let file = "Date;Text;Amount\n25-03-14;Tea;-3,00\n25-03-14;Bun;-2,00\n"
        let reading = try read(file)
        #expect(reading.questions == [.dateOrder] && reading.openDate == "25-03-14")
        #expect(reading.openDateOrders == [.yearFirst, .dayFirst])
        var choices = ImportChoices()
        choices.dateOrder = .yearFirst
        #expect(try read(file, "EUR", choices).rows.map(\.day.description) == ["2025-03-14", "2025-03-14"])
        // Days that lie close to each other are read as before.
        let usual = try read("Date;Text;Amount\n13/03/25;Tea;-3,00\n14/03/25;Bun;-2,00\n20/03/25;Pie;-2,00\n")
        #expect(usual.questions == [])
        #expect(usual.rows.map(\.day.description) == ["2025-03-13", "2025-03-14", "2025-03-20"])
    }

    // MARK: Quotes and width

    @Test func `a stray quote takes nothing but its own cell`() throws {
        let reading = try read(
            "Date,Text,Amount\n2026-01-31,\"Big sale,-3.00\n2026-01-30,Tea,-4.00\n2026-01-29,\"Bun, plain\",-2.00\n2026-01-28,Pie,-1.00\n"
        )
        #expect(reading.leftOut == [])
        #expect(reading.rows.map(\.line) == [2, 3, 4, 5])
        #expect(reading.rows.map(\.amount.minorUnits) == [300, 400, 200, 100])
        #expect(reading.rows[2].description == "Bun, plain")
    }

    @Test func `a quote that is never closed takes no other line`() throws {
        let reading = try read(
            "Date,Text,Amount\n2026-01-31,Tea,-3.00\n2026-01-30,\"Bun,-4.00\n2026-01-29,Pie,-2.00\n")
        #expect(reading.leftOut.map(\.line) == [3] && reading.leftOut.map(\.reason) == [.openQuote])
        #expect(reading.rows.map(\.line) == [2, 4])
    }

    @Test func `lines in the quotes of a cell are told`() throws {
        let reading = try read(
            "Date,Text,Amount\n2026-01-31,\"Big sale,-3.00\n2026-01-30,Screen 27\",-4.00\n2026-01-29,Pie,-2.00\n"
        )
        #expect(reading.leftOut.map(\.reason) == [.linesInQuotes])
        #expect(reading.rows.map(\.line) == [4])
        let note = try read(
            "Date,Text,Amount\n2026-01-31,\"Big sale\nof shoes, red\",-3.00\n2026-01-30,Tea,-4.00\n")
        #expect(note.rows.map(\.description) == ["Big sale of shoes, red", "Tea"])
    }

    @Test func `a line with more cells than are kept is told, blank cells are not counted`() throws {
        let most = CSVReader.maxCells
        let reading = try read(
            "Date,Text,Amount\n2026-01-31,Tea,-3.00\(String(repeating: ",", count: 200))\n2026-01-30,Bun,-2.00\(String(repeating: ",", count: most))x\n"
        )
        #expect(reading.rows.map(\.line) == [2])
        #expect(reading.leftOut.map(\.reason) == [.tooManyCells(most)])
    }

    // MARK: Currencies and marks

    @Test(arguments: [("¥", "¥"), ("kr", "kr."), ("$", "$"), ("USD", "USD")])
    func `a sign that is none of the account's is another currency`(sign: String, shown: String) throws {
        let reading = try read("Datum;Text;Betrag\n31.01.2026;Tee;-12,00 \(sign)\n30.01.2026;Brot;-3,00 €\n")
        #expect(reading.rows.map(\.kind) == [.otherCurrency, .spending])
        #expect(reading.rows[0].currency == shown)
    }

    @Test func `a shared sign is the account's own, unless a column says otherwise`() throws {
        let own = try read("Date,Text,Amount\n2026-01-31,Tea,-$3.00\n2026-01-30,Bun,-$2.00\n", "CAD")
        #expect(own.rows.map(\.kind) == [.spending, .spending])
        let other = try read(
            "Date,Text,Amount,Currency\n2026-01-31,Tea,-$3.00,CAD\n2026-01-30,Bun,-$2.00,USD\n", "CAD")
        #expect(other.rows.map(\.kind) == [.spending, .otherCurrency])
        #expect(other.rows[1].currency == "USD")
    }

    @Test(arguments: ["Account currency;CHF", "Währung: CHF", "Kontowährung;;CHF;"])
    func `a line above the headings names the currency of the file`(line: String) throws {
        let file = "\(line)\n\nDatum;Text;Betrag\n31.01.2026;Tee;-12,00\n30.01.2026;Brot;-3,00\n"
        #expect(try read(file).rows.map(\.currency) == ["CHF", "CHF"])
        #expect(try read(file, "CHF").rows.map(\.kind) == [.spending, .spending])
    }

    @Test
    func
        `three digits behind a comma are thousands where a currency has no decimals, and asked about where it has three`()
        throws
    {
        let yen = try read("Date,Text,Amount\n2026-01-31,Tea,\"-1,234\"\n", "JPY")
        #expect(yen.questions == [] && yen.rows.map(\.amount.minorUnits) == [1234])
        let dinars = "Date,Text,Amount\n2026-01-31,Tea,\"-1,250\"\n2026-01-30,Bun,\"-2,500\"\n"
        #expect(try read(dinars, "KWD").questions == [.decimalMark])
        let both = try read(dinars + "2026-01-29,Pie,-3.750\n", "KWD")
        #expect(both.questions == [] && both.rows.map(\.amount.minorUnits) == [1_250_000, 2_500_000, 3750])
    }

    // MARK: Choices

    @Test func `a chosen column is taken, or the question stays`() throws {
        let file = "Date,A,B,Text\n2026-01-31,1.00,5.00,Tea\n2026-01-30,2.00,7.00,Bun\n"
        var choices = ImportChoices()
        choices.columns[.moneyOut] = 2
        let out = try read(file, "EUR", choices)
        #expect(out.questions == [] && out.roles.amounts == .signed(2))
        #expect(out.rows.map(\.amount.minorUnits) == [500, 700])
        choices.columns = [.moneyIn: 2]
        let into = try read(file, "EUR", choices)
        #expect(into.questions == [] && into.rows.map(\.amount.minorUnits) == [-500, -700])
        choices.columns = [.amount: 3]
        #expect(try read(file, "EUR", choices).questions == [.amount])
        choices.columns = [.moneyOut: 3]
        #expect(try read(file, "EUR", choices).questions == [.direction])
        choices.columns = [.date: 3]
        #expect(try read(file, "EUR", choices).questions.contains(.date))
    }

    @Test func `one half of a pair is chosen with its other half, or alone`() throws {
        let file = "Date,A,B,Text\n2026-01-31,5.00,,Tea\n2026-01-30,,7.00,Bun\n"
        var choices = ImportChoices()
        choices.columns[.moneyOut] = 2
        #expect(try read(file, "EUR", choices).roles.amounts == .pair(out: 2, in: 1))
        choices.columns[.moneyIn] = .some(nil)
        let alone = try read(file, "EUR", choices)
        #expect(alone.roles.amounts == .signed(2) && alone.rows.map(\.amount.minorUnits) == [700])
    }

    // MARK: Words

    @Test func `spending at a shop called Total is spending, a sum is none`() throws {
        let shop = try read(
            "Date,Text,Amount\n2026-01-31,TOTAL,-50.00\n2026-01-30,Total 4711,-20.00\n2026-01-29,Salary,2000.00\n"
        )
        #expect(shop.rows.map(\.kind) == [.spending, .spending, .moneyIn])
        let sum = try read(
            "Date,Text,Spent\n2026-01-31,Tea,3.00\n2026-01-30,Bun,2.50\n2026-01-31,Total,5.50\n")
        #expect(sum.rows.map(\.kind) == [.spending, .spending, .balance])
    }

    @Test func `the text as the file has it stays with the row`() throws {
        let reading = try read("Date,Text,Amount\n2026-01-31,CORNER  BAKERY TID: 00123 XXXX1234,-3.00\n")
        #expect(reading.rows[0].description == "CORNER BAKERY")
        #expect(reading.rows[0].original == "CORNER  BAKERY TID: 00123 XXXX1234")
    }
}
