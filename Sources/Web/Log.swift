import Expenses
import Glibc
import JSON
import Platform

/// Lines on standard error, each written whole, and never waited for. What a line says of a request never holds what a
/// person typed.
package final class Log: Sendable {
    package enum Level: String, CaseIterable, Comparable, Sendable {
        case error, warning, info, debug

        package static func < (left: Level, right: Level) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    package enum Format: String, CaseIterable, Sendable {
        case text
        /// One object a line.
        case json
    }

    private let level: Level
    private let format: Format
    private let writer: LogWriter

    /// `descriptor` stays the caller's, and open until `close`; standard error unless a test wants to read along.
    package init(level: Level, format: Format = .text, descriptor: Int32 = STDERR_FILENO) {
        self.level = level
        self.format = format
        writer = LogWriter(descriptor: descriptor) { count in
            Log.line(.warning, format, "\(count) lines of the log were lost: nobody had read those before")
        }
    }

    /// Writes what has not been written yet, for no longer than that; nothing is written afterwards.
    package func close(within limit: Duration = .seconds(1)) {
        writer.close(within: limit)
    }

    /// Lines that were lost since the start, because nobody had read those before.
    var lost: Int { writer.lost }

    package func writes(_ level: Level) -> Bool { level <= self.level }

    package func write(_ level: Level, _ text: @autoclosure () -> String) {
        guard writes(level) else { return }
        writer.add(Log.line(level, format, text()), isUrgent: level <= .warning)
    }

    /// `text` writes what a line of text says, `members` what an object says, each member with a comma before it.
    func write(_ level: Level, text: (inout [UInt8]) -> Void, members: (inout [UInt8]) -> Void) {
        guard writes(level) else { return }
        writer.add(Log.line(level, format, text: text, members: members), isUrgent: level <= .warning)
    }

    private static func line(_ level: Level, _ format: Format, _ text: String) -> [UInt8] {
        line(
            level, format, text: { $0 += text.utf8 },
            members: { JSONWriter.append("message", text, after: ",", to: &$0) })
    }

    private static func line(
        _ level: Level, _ format: Format, text: (inout [UInt8]) -> Void, members: (inout [UInt8]) -> Void
    ) -> [UInt8] {
        var line: [UInt8] = []
        line.reserveCapacity(256)
        switch format {
        case .text:
            line += level.rawValue.utf8
            line += ": ".utf8
            text(&line)
            // Control characters would let a request write lines of its own.
            for index in line.indices where line[index] < 0x20 || line[index] == 0x7F {
                line[index] = UInt8(ascii: "?")
            }
        case .json:
            JSONWriter.append("time", time(Clock.unixMilliseconds), after: "{", to: &line)
            JSONWriter.append("level", level.rawValue, after: ",", to: &line)
            members(&line)
            line.append(UInt8(ascii: "}"))
        }
        line.append(UInt8(ascii: "\n"))
        return line
    }

    /// Such as `2026-11-25T02:45:00.123Z` (RFC 3339).
    private static func time(_ milliseconds: Int64) -> String {
        let (days, ofDay) = Int(milliseconds).quotientAndRemainder(dividingBy: 86_400_000)
        func digits(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: count - String(number).count) + String(number)
        }
        return "\(Day(daysSinceEpoch: days) ?? .first)T\(digits(ofDay / 3_600_000, 2))"
            + ":\(digits(ofDay / 60_000 % 60, 2)):\(digits(ofDay / 1000 % 60, 2))"
            + ".\(digits(ofDay % 1000, 3))Z"
    }
}
