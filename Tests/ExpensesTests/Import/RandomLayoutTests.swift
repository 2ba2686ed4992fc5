import Expenses
import Glibc
import Testing

/// A hundred thousand by hand: `RANDOM_LAYOUTS=100000 swift test -c release --filter RandomLayout`.
@Suite struct RandomLayoutTests {
    private static var count: UInt64 {
        unsafe getenv("RANDOM_LAYOUTS").flatMap { unsafe UInt64(String(cString: $0)) } ?? 300
    }

    @Test func `a random layout is read as it was written, or with a question, never wrong in silence`()
        throws
    {
        var preferences = Preferences()
        preferences.currency = try #require(Currency(code: "EUR"))
        var asked = 0
        let count = Self.count
        for seed in 0..<count {
            let layout = RandomLayout(seed: seed)
            let reading = try ImportReading(of: Array(layout.text.utf8), preferences)
            guard reading.questions.isEmpty else {
                asked += layout.isOpen ? 0 : 1
                continue
            }
            let read = reading.rows.map { "\($0.day) \($0.amount.minorUnits) \($0.description) \($0.kind)" }
            let written = layout.bookings.map {
                "\($0.day) \($0.cents) \($0.payee) \($0.cents > 0 ? "spending" : "moneyIn")"
            }
            guard read == written else {
                Issue.record("seed \(seed): \(layout.text)\n\(read)\n\(reading.roles)")
                return
            }
        }
        #expect(asked * 50 <= Int(count), "asked about \(asked) layouts that leave nothing open")
    }
}
