/// A day and the time on the wall.
package struct LocalTime: Hashable, Sendable {
    package var day: Day
    /// 0 to 23.
    package var hour: Int
    /// 0 to 59.
    package var minute: Int
}

extension LocalTime: CustomStringConvertible {
    /// `2026-11-23 09:05`
    package var description: String { "\(day) \(clock)" }

    /// `09:05`
    package var clock: String { "\(padded(hour)):\(padded(minute))" }
}
