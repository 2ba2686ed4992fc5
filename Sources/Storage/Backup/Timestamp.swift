import Expenses

/// A time in the name of a file, in UTC: `20261125T024500Z`. Names sort by time.
struct Timestamp: Hashable {
    /// Unix seconds, of a day from 1900 to 2999.
    let seconds: Int64

    init(seconds: Int64) { self.seconds = seconds }

    /// Nil for any other text.
    init?(_ text: String) {
        let digits = text.filter { $0.isASCII && $0.isNumber }
        guard digits.count == 14, let day = Int(digits.prefix(8)).flatMap(Day.init(number:)),
            let time = Int(digits.suffix(6))
        else { return nil }
        let ofDay = time / 10_000 * 3600 + time / 100 % 100 * 60 + time % 100
        seconds = Int64(day.daysSinceEpoch) * 86_400 + Int64(ofDay)
        guard self.text == text else { return nil }
    }

    var text: String {
        let day = Day(daysSinceEpoch: Int(seconds / 86_400))?.number ?? 0
        let ofDay = Int(seconds % 86_400)
        let time = String(1_000_000 + ofDay / 3600 * 10_000 + ofDay / 60 % 60 * 100 + ofDay % 60).dropFirst()
        return "\(day)T\(time)Z"
    }
}
