import Expenses
import Glibc
import Testing

/// However a file is made, reading it takes work in proportion to its bytes.
@Suite struct ImportWorkTests {
    private static let rows = 150

    /// A file of so many columns, each row made of what `cell` gives for its column and line.
    private static func file(_ headings: [String], _ cell: (Int, Int) -> String) -> [UInt8] {
        var text = headings.joined(separator: ",") + "\n"
        for line in 0..<rows {
            text += headings.indices.map { cell($0, line) }.joined(separator: ",") + "\n"
        }
        return Array(text.utf8)
    }

    private static func day(_ line: Int) -> String {
        "2026-01-\(line % 28 + 1 < 10 ? "0" : "")\(line % 28 + 1)"
    }

    /// Columns of amounts beside columns of directions, currencies, halves of pairs, texts: each would be compared with each.
    static let hostile: [(name: String, bytes: [UInt8])] = [
        (
            "amounts and directions",
            file(["Date"] + Array(repeating: "Amount", count: 40) + Array(repeating: "Type", count: 59)) {
                $0 == 0
                    ? day($1) : $0 <= 40 ? "\($0 + $1).5\($0 % 10)" : ($0 * 7 + $1 * $1) % 3 == 0 ? "D" : "C"
            }
        ),
        (
            "amounts and currencies",
            file(["Date"] + Array(repeating: "Amount", count: 40) + Array(repeating: "Currency", count: 59)) {
                $0 == 0 ? day($1) : $0 <= 40 ? "\($0 + $1).5\($0 % 10)" : "EUR"
            }
        ),
        (
            "halves of pairs",
            file(["Date"] + (1...98).map { $0 % 2 == 0 ? "Debit" : "Credit" }) {
                $0 == 0 ? day($1) : ($0 + $1) % 2 == 0 ? "5.0\($0 % 10)" : ""
            }
        ),
        (
            "500 amounts",
            file(["Date"] + Array(repeating: "amount", count: 499)) { $0 == 0 ? day($1) : "\($0 * $1).25" }
        ),
        (
            "98 texts",
            file(["Date", "Amount"] + Array(repeating: "Text", count: 97)) {
                $0 == 0 ? day($1) : $0 == 1 ? "\($1).25" : "refund salary payment total \($0) \($1)"
            }
        ),
        (
            "quotes",
            Array("Date,Amount,Text\n".utf8) + (0..<5000).flatMap { _ in Array("2026-01-01,5.00,\"a\n".utf8) }
        ),
        (
            "rows of other things",
            Array("Date,Amount,Text\n2026-01-01,5.00,a\n".utf8)
                + (0..<2000).flatMap { _ in Array("some words,and more of them,and no day at all\n".utf8) }
        ),
    ]

    @Test(arguments: hostile.indices)
    func `no file takes much more work for a byte than a usual one`(index: Int) throws {
        let usual = Self.file(["Date", "Text", "Amount", "Currency", "Balance"]) { column, line in
            switch column {
            case 0: Self.day(line)
            case 1: "Shop \(line)"
            case 2: "-\(line).25"
            case 3: "EUR"
            default: "\(1000 - line).25"
            }
        }
        // What is made once is made.
        _ = try Self.work(usual)
        let ordinary = try Self.work(usual)
        #expect(try Self.work(Self.hostile[index].bytes) < 12 * ordinary, "\(Self.hostile[index].name)")
    }

    @Test(arguments: hostile.indices)
    func `the ways to read amounts that are compared are bounded`(index: Int) throws {
        let reading = try ImportReading(of: Self.hostile[index].bytes, Preferences())
        #expect(reading.roles.comparedReadings <= 40 * (1 + 4) + 200)
    }

    /// Nanoseconds of this thread's own time for a byte.
    private static func work(_ bytes: [UInt8]) throws -> Double {
        func now() -> Double {
            var time = timespec()
            unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
        }
        let start = now()
        _ = try ImportReading(of: bytes, Preferences())
        return (now() - start) / Double(bytes.count)
    }
}
