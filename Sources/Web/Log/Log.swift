import Expenses
import Glibc
import JSON
import Platform
import Synchronization

/// Lines on standard error, each written whole, and never waited for. What a line says of a request never holds what a
/// person typed.
package final class Log: Sendable {
    package enum Level: String, CaseIterable, Comparable, Sendable {
        case error, warning, info, debug

        package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

        private var rank: Int {
            switch self {
            case .error: 0
            case .warning: 1
            case .info: 2
            case .debug: 3
            }
        }

        /// As syslog(3) numbers it.
        package var priority: String {
            switch self {
            case .error: "<3>"
            case .warning: "<4>"
            case .info: "<6>"
            case .debug: "<7>"
            }
        }
    }

    package enum Format: String, CaseIterable, Sendable {
        case text
        /// One object a line.
        case json
    }

    /// What a line begins with.
    package enum Beginning: Sendable {
        case level
        /// The time in UTC; an object has it in any case.
        case time
        /// The priority that journald takes off again (sd-daemon(3)), which gives a line its time.
        case priority
    }

    private let level: Level
    private let style: Style
    private let writer: LogWriter
    /// When each of the faults that requests share was told last, in unix seconds, and how many have met it since.
    private let shared = Mutex<[Fault: (toldAt: Int64, untold: Int)]>([:])
    /// Seconds between two lines about the same fault.
    private static let pause: Int64 = 10

    /// What many requests meet for one reason.
    package enum Fault: String {
        case diskIsFull = "the disk is full, nothing can be saved"
    }

    /// `descriptor` stays the caller's, and open until `close`; standard error unless a test wants to read along.
    package init(
        level: Level, format: Format = .text, beginning: Beginning = .level,
        descriptor: Int32 = STDERR_FILENO
    ) {
        self.level = level
        let style = Style(format: format, beginning: beginning)
        self.style = style
        writer = LogWriter(descriptor: descriptor) { count in
            style.line(.warning, "\(count) log lines were dropped because standard error was not read")
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
        writer.add(style.line(level, text()), isUrgent: level <= .warning)
    }

    /// A request has met the fault: told at once, then every 10 s at most, with how many have met it in between. `now`: unix
    /// seconds.
    package func write(_ fault: Fault, request: String, at now: Int64) {
        let untold: Int? = shared.withLock { shared in
            if let former = shared[fault], (former.toldAt..<former.toldAt + Log.pause).contains(now) {
                shared[fault]?.untold += 1
                return nil
            }
            return shared.updateValue((now, 0), forKey: fault)?.untold ?? 0
        }
        guard let untold else { return }
        let others = untold == 0 ? "" : "; other requests that met this since the last such line: \(untold)"
        write(.error, "request \(request): \(fault.rawValue)\(others)")
    }

    /// `text` writes what a line of text says, `members` what an object says, each member with a comma before it.
    func write(_ level: Level, text: (inout [UInt8]) -> Void, members: (inout [UInt8]) -> Void) {
        guard writes(level) else { return }
        writer.add(style.line(level, text: text, members: members), isUrgent: level <= .warning)
    }

    /// How a line is written.
    private struct Style: Sendable {
        let format: Format
        let beginning: Beginning

        func line(_ level: Level, _ text: String) -> [UInt8] {
            line(
                level, text: { $0 += text.utf8 },
                members: { JSONWriter.append("message", text, after: ",", to: &$0) })
        }

        func line(
            _ level: Level, text: (inout [UInt8]) -> Void, members: (inout [UInt8]) -> Void
        ) -> [UInt8] {
            var line: [UInt8] = []
            line.reserveCapacity(256)
            if beginning == .priority { line += level.priority.utf8 }
            switch format {
            case .text:
                if beginning == .time { line += "\(Log.time(Clock.unixMilliseconds)) ".utf8 }
                line += level.rawValue.utf8
                line += ": ".utf8
                text(&line)
                // Control characters would let a request write lines of its own.
                for index in line.indices where line[index] < 0x20 || line[index] == 0x7F {
                    line[index] = UInt8(ascii: "?")
                }
            case .json:
                JSONWriter.append("time", Log.time(Clock.unixMilliseconds), after: "{", to: &line)
                JSONWriter.append("level", level.rawValue, after: ",", to: &line)
                members(&line)
                line.append(UInt8(ascii: "}"))
            }
            line.append(UInt8(ascii: "\n"))
            return line
        }
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
