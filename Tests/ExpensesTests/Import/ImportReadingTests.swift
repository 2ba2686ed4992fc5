import Expenses
import Testing

@Suite struct ImportReadingTests {
    private func read(
        _ file: [UInt8], _ currency: String = "EUR"
    ) throws -> (detection: ImportDetection, reading: ImportReading) {
        var preferences = Preferences()
        preferences.currency = try #require(Currency(code: currency))
        let detection = ImportDetection(of: file, currency: preferences.currency)
        return (detection, ImportReading(of: file, in: detection.format, preferences))
    }

    private func summary(_ reading: ImportReading) -> [String] {
        reading.rows.map { "\($0.day) \($0.amount.minorUnits) \($0.category)|\($0.description)" }
    }

    /// Files as programs and banks write them; each holds a lunch of 12.50 and a refund of 1,234.56.
    static let files: [(name: String, program: String?, text: String)] = [
        (
            "our own", "Expense Tracker",
            "date,amount,category,description\r\n2026-01-31,12.50,Food,Lunch\r\n2026-02-01,-1234.56,Home,Rent\r\n"
        ),
        (
            "ExpenseOwl", "ExpenseOwl",
            "ID,Name,Category,Amount,Date,Tags\n1,Lunch,Food,-12.5,2026-01-31T10:00:00Z,\n2,Rent,Home,1234.56,2026-02-01T00:00:00Z,\n3,x,Food,-1,2026-02-02T00:00:00Z,\n4,y,Food,-1,2026-02-02T00:00:00Z,\n"
        ),
        (
            "ezBookkeeping", "ezBookkeeping",
            "Time,Timezone,Type,Category,Sub Category,Account,Account Currency,Amount,Account2,Account2 Currency,Account2 Amount,Geographic Location,Tags,Description\n2026-01-31 12:00:00,+00:00,Expense,Daily,Food,Cash,EUR,12.50,,,,,,Lunch\n2026-02-01 12:00:00,+00:00,Income,Daily,Home,Cash,EUR,1234.56,,,,,,Rent\n"
        ),
        (
            "Firefly III", "Firefly III",
            "user_id,type,amount,currency_code,description,date,source_name,destination_name,category,budget,tags,notes\n1,Withdrawal,-12.500000000000,EUR,Lunch,2026-01-31T00:00:00+01:00,Bank,Cafe,Food,,,\n1,Deposit,1234.560000000000,EUR,Rent,2026-02-01T00:00:00+01:00,X,Bank,Home,,,\n"
        ),
        (
            "Actual", "Actual",
            "Account,Date,Payee,Notes,Category,Amount,Cleared\nBank,2026-01-31,Lunch,,Food,-12.50,Cleared\nBank,2026-02-01,Rent,,Home,1234.56,Cleared\nBank,2026-02-02,a,,Food,-1.00,\nBank,2026-02-02,b,,Food,-1.00,\n"
        ),
        (
            "Maybe", "Maybe",
            "date,amount,name,currency,category,tags,account,notes\n2026-01-31,12.50,Lunch,EUR,Food,,Bank,\n2026-02-01,-1234.56,Rent,EUR,Home,,Bank,\n2026-02-02,1.00,x,EUR,Food,,Bank,\n"
        ),
        (
            "German bank, semicolons, lines above the header", nil,
            "\"Konto\";\"DE00\"\n\n\"Buchungstag\";\"Empfänger\";\"Kategorie\";\"Betrag\"\n\"31.01.2026\";\"Lunch\";\"Food\";\"-12,50\"\n\"01.02.2026\";\"Rent\";\"Home\";\"1.234,56\"\n\"02.02.2026\";\"x\";\"Food\";\"-1,00\"\n\"02.02.2026\";\"y\";\"Food\";\"-1,00\"\n"
        ),
        (
            "American bank, month first", nil,
            "Posting Date,Description,Category,Amount\n01/31/2026,Lunch,Food,-12.50\n02/01/2026,Rent,Home,\"1,234.56\"\n02/02/2026,x,Food,-1.00\n02/02/2026,y,Food,-1.00\n"
        ),
        (
            "British bank, two columns", nil,
            "Date,Description,Category,Money out,Money in\n31 Jan 2026,Lunch,Food,12.50,\n01 Feb 2026,Rent,Home,,\"1,234.56\"\n"
        ),
        (
            "French bank, tabs", nil,
            "Date\tLibellé\tCatégorie\tDébit\tCrédit\n31/01/2026\tLunch\tFood\t12,50\t\n01/02/2026\tRent\tHome\t\t1 234,56\n"
        ),
        (
            "Swiss bank, bars", nil,
            "Datum|Buchungstext|Kategorie|Belastung|Gutschrift\n31.01.26|Lunch|Food|12.50|\n01.02.26|Rent|Home||1'234.56\n"
        ),
        (
            "Spanish bank", nil,
            "Fecha;Concepto;Categoria;Importe\n31/01/2026;Lunch;Food;-12,50 €\n01/02/2026;Rent;Home;1.234,56 €\n02/02/2026;x;Food;-1,00 €\n02/02/2026;y;Food;-1,00 €\n"
        ),
    ]

    @Test(arguments: files.indices, TextEncoding.allCases)
    func `files of programs and banks are read in every encoding`(index: Int, encoding: TextEncoding) throws {
        let file = ImportReadingTests.files[index]
        let bytes = ImportReadingTests.bytes(of: file.text, in: encoding)
        let (detection, reading) = try read(bytes)
        #expect(detection.program == file.program)
        #expect(reading.problems == [])
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
        case .windows1252:
            text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8(truncatingIfNeeded: $0.value) }
        }
    }

    @Test func `each detected format names the line that shows it`() throws {
        let (detection, _) = try read(Array(ImportReadingTests.files[6].text.utf8))
        #expect(detection.orderReason == "“31.01.2026” in line 4")
        #expect(detection.markReason == "“-12,50” in line 4")
        #expect(detection.signReason == "3 of 4 amounts are negative")
        #expect(detection.headerReason == "line 3 names the columns")
        #expect(detection.delimiterReason == "it divides the lines into 4 columns")
    }

    @Test func `a file without a header is read by what its columns hold`() throws {
        let (detection, reading) = try read(
            Array("05.03.2026;Coffee at the corner;-3,20\n25.03.2026;Bread from the baker;-4,10\n".utf8))
        #expect(detection.headings == ["Column 1", "Column 2", "Column 3"])
        #expect(
            summary(reading) == [
                "2026-03-05 320 |Coffee at the corner", "2026-03-25 410 |Bread from the baker",
            ])
    }

    @Test func `lines that cannot be read are told with their number and reason`() throws {
        let (_, reading) = try read(
            Array(
                "date,amount,category,description\n2026-02-30,1.00,a,b\n2026-01-01,1.005,a,b\n2026-01-01,0,a,b\n2026-01-01,5,a,\"b\n"
                    .utf8))
        #expect(reading.rows == [])
        #expect(reading.problems.map(\.line) == [2, 3, 4, 5])
        #expect(reading.problems.map(\.field) == ["date", "amount", "amount", "row"])
        #expect(reading.problems[1].message == "Use at most 2 decimals, as in 12.50.")
    }

    @Test(
        arguments: [
            ("-1.234,5", DecimalMark.comma, -123450), ("(12.50)", .point, -1250), ("12.50-", .point, -1250),
            ("+5", .point, 500), ("€ 7", .point, 700), ("12.5000", .point, 1250),
            ("1,23,456.00", .point, 12_345_600),
            ("12,50", .point, nil), ("1.2.3", .point, nil), ("USD 5", .point, nil), ("--5", .point, nil),
            ("", .point, nil),
        ] as [(String, DecimalMark, Int64?)])
    func `an amount is read exactly or not at all`(text: String, mark: DecimalMark, units: Int64?) throws {
        let euro = try #require(Currency(code: "EUR"))
        #expect((try? Money(imported: text, mark: mark, in: euro))?.minorUnits == units)
    }

    @Test func `whatever is written as CSV is read back`() throws {
        var generator = Random(state: 7)
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
            let (_, reading) = try read(bytes)
            #expect(reading.rows.map(\.description) == rows)
            #expect(reading.rows.allSatisfy { $0.category == "=x" && $0.amount.minorUnits == -50 })
        }
    }

    @Test func `random bytes are read to the end`() {
        var generator = Random(state: 1)
        let alphabet = Array("\",;\t|\r\n'-=.0123456789aé\u{0}".utf8) + [0xFF, 0xFE, 0x80]
        for _ in 0..<300 {
            let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &generator)]
            }
            var reader = CSVReader(bytes, delimiter: UInt8(ascii: ","))
            var count = 0
            while let record = reader.next() {
                count += 1
                #expect(record.cells.count <= CSVReader.mostCells)
            }
            #expect(count <= bytes.count)
            let detection = ImportDetection(of: bytes, currency: Preferences().currency)
            let reading = ImportReading(of: bytes, in: detection.format, Preferences())
            #expect(reading.rows.count + reading.problemCount <= bytes.count)
        }
    }

    @Test func `rows that are alike, in the file or beside what is there, are likely doubles`() throws {
        let (_, reading) = try read(
            Array("date,amount,description\n2026-01-01,1,Tea\n2026-01-01,1,TEA\n2026-01-02,2,Bun\n".utf8))
        let bun = reading.rows[2].likeness
        let preview = ImportPreview(reading.rows, existing: [bun: Expense.ID(9)])
        #expect(preview.doubles == [1: .line(2), 2: .expense(Expense.ID(9))])
        #expect(preview.chosen(shown: [], ticked: []).map(\.line) == [2])
        #expect(preview.chosen(shown: [0, 1], ticked: [1]).map(\.line) == [3])
    }
}

/// The same numbers in each run (SplitMix64).
private struct Random: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
