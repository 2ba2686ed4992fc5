import Glibc
import Synchronization

/// Lines on standard error, each written whole. What a line says of a request never holds what a person typed.
package final class Log: Sendable {
    package enum Level: String, CaseIterable, Comparable, Sendable {
        case error, warning, info, debug

        package static func < (left: Level, right: Level) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    private let level: Level
    private let descriptor: Int32
    private let lock = Mutex(())

    /// `descriptor` stays the caller's; standard error unless a test wants to read along.
    package init(level: Level, descriptor: Int32 = STDERR_FILENO) {
        self.level = level
        self.descriptor = descriptor
    }

    package func writes(_ level: Level) -> Bool { level <= self.level }

    package func write(_ level: Level, _ text: @autoclosure () -> String) {
        guard writes(level) else { return }
        var line = Array("\(level.rawValue): \(Log.printable(text()))\n".utf8)
        lock.withLock { _ in
            while !line.isEmpty {
                let written = unsafe line.withUnsafeBytes {
                    unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
                }
                if written < 0 && errno == EINTR { continue }
                // A closed or full standard error is no reason to stop serving.
                guard written > 0 else { return }
                line.removeFirst(written)
            }
        }
    }

    /// Control characters would let a request write lines of its own.
    private static func printable(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
        return String(text.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) })
    }
}
