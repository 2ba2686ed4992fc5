import HTTP
import Synchronization

/// One line for each request: its number, method, path without the query, status and duration.
final class AccessLog: Sendable {
    struct Entry: Sendable {
        let number: UInt64
        let started: ContinuousClock.Instant
    }

    private let log: Log
    private let counter = Atomic<UInt64>(0)

    init(_ log: Log) {
        self.log = log
    }

    func begin() -> Entry {
        Entry(number: counter.add(1, ordering: .relaxed).newValue, started: .now)
    }

    func end(_ entry: Entry, _ request: Request, _ response: Response) {
        guard log.writes(.info) else { return }
        let microseconds = entry.started.duration(to: .now).components.attoseconds / 1_000_000_000_000
        log.write(
            .info,
            "\(entry.number) \(request.peer) \(request.method.token) \(request.path) \(response.status.code) "
                + "\(microseconds) µs")
    }
}
