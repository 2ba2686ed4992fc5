import Expenses
import HTTP
import JSON
import Synchronization

/// One line for each request: its number, client, method, path without the query, status and duration; in JSON also
/// the bytes of the answer's body and the user.
final class AccessLog: Sendable {
    struct Entry: Sendable {
        let number: UInt64
        /// In microseconds.
        let started: Int64
    }

    private let log: Log
    private let stopwatch: @Sendable () -> Int64
    private let counter = Atomic<UInt64>(0)

    /// `stopwatch` gives microseconds of a clock that never goes back.
    init(_ log: Log, stopwatch: @escaping @Sendable () -> Int64) {
        self.log = log
        self.stopwatch = stopwatch
    }

    var isOn: Bool { log.writes(.info) }

    func begin() -> Entry {
        Entry(number: counter.add(1, ordering: .relaxed).newValue, started: stopwatch())
    }

    func microseconds(since entry: Entry) -> Int64 { stopwatch() - entry.started }

    /// Writes the line of this answer: now, or after its stream has ended.
    func end(
        _ entry: Entry, _ request: Request, from client: String, _ user: User.ID?, _ response: inout Response
    ) {
        guard isOn else { return }
        let status = response.status.code
        let bytes: Int
        switch response.body {
        case _ where request.method == .head: bytes = 0
        case .empty: bytes = 0
        case .bytes(let body): bytes = body.count
        case .file(let slice): bytes = slice.count
        case .stream(let write):
            response.body = .stream { writer in
                defer { self.write(entry, request, client, user, status: status, bytes: writer.count) }
                try await write(&writer)
            }
            return
        }
        write(entry, request, client, user, status: status, bytes: bytes)
    }

    /// A request that could not be read: nothing of it is known for sure.
    func end(_ entry: Entry, _ error: RequestError) {
        log.write(.info, "\(entry.number) could not be read: \(error.status.code) \(error.reason)")
    }

    private func write(
        _ entry: Entry, _ request: Request, _ client: String, _ user: User.ID?, status: Int, bytes: Int
    ) {
        let (method, path) = (request.method.token, request.path)
        let microseconds = microseconds(since: entry)
        log.write(.info) { line in
            // Piece by piece: half the cost of an interpolated string, for what every request pays.
            for word in [String(entry.number), client, method, path, String(status), String(microseconds)] {
                line += word.utf8
                line.append(UInt8(ascii: " "))
            }
            line += "µs".utf8
        } members: { line in
            JSONWriter.append("id", String(entry.number), after: ",", to: &line)
            JSONWriter.append("client", client, after: ",", to: &line)
            JSONWriter.append("method", method, after: ",", to: &line)
            JSONWriter.append("path", path, after: ",", to: &line)
            JSONWriter.append("status", Int64(status), to: &line)
            JSONWriter.append("bytes", Int64(bytes), to: &line)
            JSONWriter.append("microseconds", microseconds, to: &line)
            if let user { JSONWriter.append("user", String(user.rawValue), after: ",", to: &line) }
        }
    }
}
