import Expenses
import Testing

/// Files in the layouts of real exports, read without anybody's help.
@Suite struct BankFilesTests {
    @Test func `there are 81 of them, and more that the rules were not made by`() {
        #expect(BankFile.names.count == 81 && BankFile.unseen.count == 75)
    }

    @Test(arguments: BankFile.names + BankFile.unseen)
    func `a file is read as a careful person reads it`(name: String) throws {
        let file = try BankFile(name)
        let preferences = try file.preferences()
        let reading = try ImportReading(of: file.bytes, preferences)
        #expect(reading.questions.isEmpty == !file.isOpen, "asks \(reading.questions)")
        #expect(BankFileComparison(reading, file, preferences.currency).differences == [])
    }

    @Test
    func
        `in another order of columns, with another delimiter, files are read so too, or seldom with a question`()
        throws
    {
        var (read, asked) = (0, 0)
        for name in BankFile.names {
            let file = try BankFile(name)
            let preferences = try file.preferences()
            let reading = try ImportReading(of: file.bytes, preferences)
            for seed in 0..<4 as Range<UInt64> {
                var random = SeededGenerator(state: seed)
                let text = Self.rearranged(reading, &random)
                let again = try ImportReading(of: Array(text.utf8), preferences)
                read += file.isOpen ? 0 : 1
                guard again.questions.isEmpty else {
                    asked += file.isOpen ? 0 : 1
                    continue
                }
                let differences = BankFileComparison(again, file, preferences.currency).differences
                #expect(differences == [], "\(name) \(seed): \(text)")
            }
        }
        #expect(asked * 50 <= read, "asked \(asked) times in \(read)")
    }

    /// The file's records, line by line where they were, with the columns of the table in another order.
    private static func rearranged(_ reading: ImportReading, _ random: inout SeededGenerator) -> String {
        let order = reading.roles.titles.indices.shuffled(using: &random)
        let delimiter = ([",", ";", "\t", "|"] as [Character]).randomElement(using: &random) ?? ","
        var lines: [String] = []
        var records = reading.text.records()
        while let record = records.next() {
            var cells = record.cells
            if record.line >= reading.roles.headerLine ?? 1, !record.isBlank {
                cells += Array(repeating: "", count: max(order.count - cells.count, 0))
                cells = order.map { cells[$0] } + cells.dropFirst(order.count)
            }
            while lines.count < record.line - 1 { lines.append("") }
            let line = cells.map { cell in
                cell.contains { $0 == delimiter || $0 == "\"" || $0.isNewline }
                    ? "\"\(cell.replacing("\"", with: "\"\""))\"" : cell
            }.joined(separator: String(delimiter))
            // The lines of a cell of several lines are lines of the file.
            lines += line.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map {
                String($0)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
