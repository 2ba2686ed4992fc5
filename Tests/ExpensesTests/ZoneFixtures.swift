import Expenses

/// Whether this machine has the time zone files that most of these tests read.
let hasZones = Zone(identifier: "Europe/Berlin") != nil

/// Unix seconds of a time of day in UTC.
func utc(_ day: String, _ hour: Int = 0, _ minute: Int = 0) -> Int64 {
    guard let day = Day(day) else { preconditionFailure("\(day) is no day") }
    return Int64(day.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60)
}
