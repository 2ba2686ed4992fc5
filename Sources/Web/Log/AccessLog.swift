import Expenses
import HTTP
import JSON
import Synchronization

/// One line for each request: its id, client, method, path without the query, status and duration; in JSON also
/// the bytes of the answer's body and the user.
final class AccessLog: Sendable {
    struct Entry: Sendable {
        /// Tells the request from every other in the log.
        let id: String
        /// In microseconds.
        let started: Int64
    }

    private let log: Log
    private let stopwatch: @Sendable () -> Int64
    private let counter = Atomic<UInt64>(0)
    private let idPrefix: String

    /// `stopwatch` gives microseconds of a clock that never goes back. An id is `idPrefix` and a number.
    init(_ log: Log, idPrefix: String, stopwatch: @escaping @Sendable () -> Int64) {
        self.log = log
        self.idPrefix = idPrefix
        self.stopwatch = stopwatch
    }

    func begin() -> Entry {
        Entry(id: idPrefix + String(counter.add(1, ordering: .relaxed).newValue), started: stopwatch())
    }

    func microseconds(since entry: Entry) -> Int64 { stopwatch() - entry.started }

    /// Writes the line of this answer.
    func end(
        _ entry: Entry, _ request: Request, from client: @autoclosure () -> String, _ user: User.ID?,
        _ response: Response, isProbe: Bool
    ) {
        let status = response.status.code
        // Whoever asks every few seconds whether all is well would fill the log with it.
        let level: Log.Level = status == 200 && isProbe ? .debug : .info
        guard log.writes(level) else { return }
        let bytes: Int
        switch response.body {
        case _ where request.method == .head: bytes = 0
        case .empty: bytes = 0
        case .bytes(let body): bytes = body.count
        case .file(let slice): bytes = slice.count
        }
        write(level, entry, request, client(), user, status, bytes: bytes)
    }

    /// A request that could not be read: nothing of it is known for sure.
    func end(_ entry: Entry, _ error: RequestError) {
        log.write(.info, "\(entry.id) could not be read: \(error.status.code) \(error.reason)")
    }

    private func write(
        _ level: Log.Level, _ entry: Entry, _ request: Request, _ client: String, _ user: User.ID?,
        _ status: Int, bytes: Int
    ) {
        let (method, path) = (request.method.token, request.path)
        let microseconds = microseconds(since: entry)
        log.write(level) { line in
            // Piece by piece: half the cost of an interpolated string, for what every request pays.
            for word in [entry.id, client, method, path, String(status), String(microseconds)] {
                line += word.utf8
                line.append(UInt8(ascii: " "))
            }
            line += "µs".utf8
        } members: { line in
            JSONWriter.append("id", entry.id, after: ",", to: &line)
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
