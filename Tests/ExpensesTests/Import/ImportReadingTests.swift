import Expenses
import Testing

@Suite struct ImportReadingTests {
    private func read(_ file: String, _ currency: String = "EUR", _ choices: ImportChoices = ImportChoices())
        throws -> ImportReading
    {
        try read(Array(file.utf8), currency, choices)
    }

    private func read(
        _ file: [UInt8], _ currency: String = "EUR", _ choices: ImportChoices = ImportChoices()
    ) throws -> ImportReading {
        var preferences = Preferences()
        preferences.currency = try #require(Currency(code: currency))
        return try ImportReading(of: file, preferences, choices: choices)
    }

    private func summary(_ reading: ImportReading) -> [String] {
        reading.rows.map { "\($0.day) \($0.amount.minorUnits) \($0.category)|\($0.description)" }
    }

    @Test(arguments: ["x", "4711", "a1"])
    func `a heading makes short codes and figures the text where nothing else is one`(text: String) throws {
        for heading in ["Description", "Text", "Payee"] {
            let reading = try read(
                "Date;Amount;\(heading)\n2026-02-01;-5,00;\(text)\n2026-02-02;-6,00;\(text)\n")
            #expect(reading.rows.map(\.description) == [text, text])
        }
        let other = try read(
            "Date;Amount;Card;Text\n2026-02-01;-5,00;4711;Lunch\n2026-02-02;-6,00;4711;Rent\n")
        #expect(other.rows.map(\.description) == ["Lunch", "Rent"])
    }

    /// Files as programs and banks write them; each holds a lunch of 12.50 and a refund of 1,234.56.
    static let files: [(name: String, text: String)] = [
        (
            "our own",
            "date,amount,category,description\r\n2026-01-31,12.50,Food,Lunch\r\n2026-02-01,-1234.56,Home,Rent\r\n"
        ),
        (
            "ExpenseOwl",
            "ID,Name,Category,Amount,Date,Tags\n1,Lunch,Food,-12.5,2026-01-31T10:00:00Z,\n2,Rent,Home,1234.56,2026-02-01T00:00:00Z,\n3,Salary,Work,2000,2026-02-02T00:00:00Z,\n4,y,Food,-1,2026-02-02T00:00:00Z,\n"
        ),
        (
            "ezBookkeeping",
            "Time,Timezone,Type,Category,Sub Category,Account,Account Currency,Amount,Account2,Account2 Currency,Account2 Amount,Geographic Location,Tags,Description\n2026-01-31 12:00:00,+00:00,Expense,Daily,Food,Cash,EUR,12.50,,,,,,Lunch\n2026-02-01 12:00:00,+00:00,Income,Daily,Home,Cash,EUR,1234.56,,,,,,Rent\n"
        ),
        (
            "Firefly III",
            "user_id,type,amount,currency_code,description,date,source_name,destination_name,category,budget,tags,notes\n1,Withdrawal,-12.500000000000,EUR,Lunch,2026-01-31T00:00:00+01:00,Bank,Lunch,Food,,,\n1,Deposit,1234.560000000000,EUR,Rent,2026-02-01T00:00:00+01:00,Rent,Bank,Home,,,\n"
        ),
        (
            "Actual",
            "Account,Date,Payee,Notes,Category,Amount,Cleared\nBank,2026-01-31,Lunch,,Food,-12.50,Cleared\nBank,2026-02-01,Rent,,Home,1234.56,Cleared\nBank,2026-02-02,Salary,,Work,2000.00,\nBank,2026-02-02,b,,Food,-1.00,\n"
        ),
        (
            "Maybe",
            "date,amount,name,currency,category,tags,account,notes\n2026-01-31,12.50,Lunch,EUR,Food,,Bank,\n2026-02-01,-1234.56,Rent,EUR,Home,,Bank,\n2026-02-02,-2000.00,Salary,EUR,Work,,Bank,\n"
        ),
        (
            "German bank, semicolons, lines above the header",
            "\"Konto\";\"DE00\"\n\n\"Buchungstag\";\"Empfänger\";\"Kategorie\";\"Betrag\"\n\"31.01.2026\";\"Lunch\";\"Food\";\"-12,50\"\n\"01.02.2026\";\"Rent\";\"Home\";\"1.234,56\"\n\"02.02.2026\";\"Gehalt\";\"Work\";\"2.000,00\"\n\"02.02.2026\";\"y\";\"Food\";\"-1,00\"\n"
        ),
        (
            "American bank, month first",
            "Posting Date,Description,Category,Amount\n01/31/2026,Lunch,Food,-12.50\n02/01/2026,Rent,Home,\"1,234.56\"\n02/02/2026,Salary,Work,2000.00\n02/02/2026,y,Food,-1.00\n"
        ),
        (
            "British bank, two columns",
            "Date,Description,Category,Money out,Money in\n31 Jan 2026,Lunch,Food,12.50,\n01 Feb 2026,Rent,Home,,\"1,234.56\"\n"
        ),
        (
            "French bank, tabs",
            "Date\tLibellé\tCatégorie\tDébit\tCrédit\n31/01/2026\tLunch\tFood\t12,50\t\n01/02/2026\tRent\tHome\t\t1 234,56\n"
        ),
        (
            "Swiss bank, bars",
            "Datum|Buchungstext|Kategorie|Belastung|Gutschrift\n31.01.26|Lunch|Food|12.50|\n01.02.26|Rent|Home||1'234.56\n"
        ),
        (
            "Spanish bank",
            "Fecha;Concepto;Categoria;Importe\n31/01/2026;Lunch;Food;-12,50 €\n01/02/2026;Rent;Home;1.234,56 €\n02/02/2026;Nómina;Work;2.000,00 €\n02/02/2026;y;Food;-1,00 €\n"
        ),
    ]

    @Test(arguments: files.indices, [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1252])
    func `files of programs and banks are read in every encoding`(index: Int, encoding: TextEncoding) throws {
        let file = ImportReadingTests.files[index]
        let reading = try read(ImportReadingTests.bytes(of: file.text, in: encoding))
        #expect(reading.leftOut == [] && reading.questions == [], "\(file.name)")
        #expect(
            Array(summary(reading).prefix(2)) == [
                "2026-01-31 1250 Food|Lunch", "2026-02-01 -123456 Home|Rent",
            ],
            "\(file.name)")
    }

    private static func bytes(of text: String, in encoding: TextEncoding) -> [UInt8] {
        switch encoding {
        case .utf8: [0xEF, 0xBB, 0xBF] + text.utf8
        case .utf16LittleEndian: [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case .utf16BigEndian: text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        default: text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8(truncatingIfNeeded: $0.value) }
        }
    }

    @Test func `a file without a header is read by what its columns hold`() throws {
        let reading = try read(
            "05.03.2026;Coffee at the corner;-3,20\n25.03.2026;Bread from the baker;-4,10\n")
        #expect(reading.roles.titles == ["", "", ""])
        #expect(
            summary(reading) == [
                "2026-03-05 320 |Coffee at the corner", "2026-03-25 410 |Bread from the baker",
            ])
    }

    @Test func `lines that cannot be read are told with their number and reason`() throws {
        let reading = try read(
            "date,amount,category,description\n2026-02-30,1.00,a,b\n2026-01-01,1.005,a,b\n2026-01-01,0,a,b\n2026-01-01,5,a,\"b\n"
        )
        #expect(reading.rows == [])
        #expect(reading.leftOut.map(\.line) == [2, 3, 4, 5])
        #expect(
            reading.leftOut.map(\.reason) == [
                .unreadableDate(.yearFirst), .unreadableAmount(.tooManyDecimals(allowed: 2)),
                .unreadableAmount(.zero),
                .openQuote,
            ])
    }

    @Test func `whatever is written as CSV is read back`() throws {
        var generator = SeededGenerator(state: 7)
        let pieces = [
            "'", "=", "a", "\"", ",", "\r", "\n", " ", "ß", "-", "\t", ";", "@", "1", "e\u{301}", "\r\n",
        ]
        for _ in 0..<500 {
            let rows = (0..<3).map { _ in
                (0..<Int.random(in: 0...8, using: &generator)).map { _ in
                    pieces[Int.random(in: 0..<pieces.count, using: &generator)]
                }.joined()
            }
            var bytes: [UInt8] = []
            CSVWriter.append(["date", "amount", "category", "description"].map { .plain($0) }, to: &bytes)
            for row in rows {
                CSVWriter.append(
                    [.plain("2026-01-31"), .plain("-0.50"), .text("=x"), .text(row)], to: &bytes)
            }
            let reading = try read(bytes)
            #expect(reading.rows.map(\.description) == rows)
            #expect(reading.rows.allSatisfy { $0.category == "=x" && $0.amount.minorUnits == -50 })
        }
    }

    @Test func `random bytes are read to the end`() throws {
        var generator = SeededGenerator(state: 1)
        let alphabet = Array("\",;\t|\r\n'-=.0123456789aé\u{0}".utf8) + [0xFF, 0xFE, 0x80]
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            var reader = CSVReader(bytes, delimiter: UInt8(ascii: ","))
            var count = 0
            while let record = reader.next() {
                count += 1
                #expect(record.cells.count <= CSVReader.maxCells)
            }
            #expect(count <= bytes.count)
            let reading = try read(bytes)
            #expect(reading.rows.count + reading.leftOut.count <= bytes.count)
        }
    }

    @Test func `possible duplicates are counted`() throws {
        let reading = try read(
            "date,amount,description\n2026-01-01,1,Tea\n2026-01-01,1,TEA\n2026-01-01,1,Tea\n2026-01-02,2,Bun\n"
        )
        #expect(
            ImportPreview(reading.rows).groups == [.expenses, .expenses, .expenses, .expenses])
        var known = KnownExpenses(like: reading.rows)
        known.add(Expense.ID(1), reading.rows[0].duplicateKey)
        for id in 2...3 { known.add(Expense.ID(Int64(id)), reading.rows[3].duplicateKey) }
        let preview = ImportPreview(reading.rows, known: known)
        #expect(preview.groups == [.duplicates, .expenses, .expenses, .duplicates])
        #expect(ImportSelection().places(in: preview) == [1, 2])
    }

    @Test func `an expense is one row at most: by what a file said of it, or by what it is, or in the bin`()
        throws
    {
        let reading = try read(
            "date,amount,description\n2026-01-01,1,Tea\n2026-01-01,1,Tea\n2026-01-01,1,Tea\n2026-01-02,2,Bun\n"
        )
        let (tea, bun) = (reading.rows[0].duplicateKey, reading.rows[3].duplicateKey)
        func groups(_ fill: (inout KnownExpenses) -> Void) -> [ImportGroup] {
            var known = KnownExpenses(like: reading.rows)
            fill(&known)
            return ImportPreview(reading.rows, known: known).groups
        }
        // Unchanged since its import: one expense, though it is known by two names.
        #expect(
            groups {
                $0.add(Expense.ID(1), tea, isOriginal: true)
                $0.add(Expense.ID(1), tea)
            } == [.duplicates, .expenses, .expenses, .expenses])
        // Changed since, so that it looks like another row.
        #expect(
            groups {
                $0.add(Expense.ID(1), tea, isOriginal: true)
                $0.add(Expense.ID(1), bun)
            } == [.duplicates, .expenses, .expenses, .expenses])
        #expect(
            groups {
                $0.add(Expense.ID(1), tea, isOriginal: true, isDeleted: true)
                $0.add(Expense.ID(2), tea)
                $0.add(Expense.ID(3), bun, isDeleted: true)
            } == [.duplicates, .deleted, .expenses, .deleted])
    }

    @Test func `a tick is kept against its group until the group is ticked as a whole`() throws {
        let reading = try read("date,amount,description\n2026-01-02,1,Tea\n2026-01-01,2,Bun\n")
        var known = KnownExpenses(like: reading.rows)
        known.add(Expense.ID(1), reading.rows[0].duplicateKey)
        let preview = ImportPreview(reading.rows, known: known)
        var selection = ImportSelection()
        selection.set(2, to: true)
        selection.set(3, to: false)
        #expect(selection.places(in: preview) == [0])
        selection.set(.expenses, to: true, in: preview)
        // Oldest first, though the file begins with the newest.
        #expect(selection.ticked == [2] && selection.unticked == [])
        #expect(selection.places(in: preview) == [1, 0])
        // What was said of a row holds in whatever group it is read into.
        #expect(selection.has(reading.rows[0], of: .moneyIn) && !selection.has(reading.rows[1], of: .moneyIn))
    }

    @Test func `ranges of lines are as short as their text, and mean what they say`() {
        let ranges = LineRanges("3 7-12 5-4 x 11-13 -2 0 2 4-3- 14 99999999999999999999 1-")
        #expect(ranges.ranges == [2...3, 7...14])
        #expect(ranges.description == "2-3 7-14")
        #expect((1...15).filter { ranges.contains($0) } == [2, 3] + Array(7...14))
        #expect(
            LineRanges(Array(repeating: "1-999999998", count: 1000).joined(separator: " ")).ranges == [
                1...999_999_998
            ])
        #expect(LineRanges([9, 3, 4, 3]) == LineRanges("3-4 9"))
        #expect(!LineRanges("").contains(1))
    }
}
