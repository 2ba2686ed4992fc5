import Expenses
import HTTP
import Platform
import Storage
import Synchronization

/// Writes answers that may be long: at full speed, on threads of their own, from one snapshot, before any of it is sent. What a
/// client does with it then holds a file, and nothing of the database.
final class Downloads: Sendable {
    /// Downloads that may wait for a thread.
    private static let maxWaiting = 64
    private static let maxWaitingPerUser = 8

    private let storage: Storage
    private let files: TemporaryFiles
    private let workers = WorkerPool(
        threads: 2, queue: Downloads.maxWaiting, queuePerOwner: Downloads.maxWaitingPerUser)

    init(_ storage: Storage, in files: TemporaryFiles) {
        self.storage = storage
        self.files = files
    }

    /// The body that `write` writes, with what it reads of one moment. Throws what that throws; 503 where there is no room
    /// for a file; `NotWhole` while many of the user's expenses are being changed.
    func body(
        for user: User, _ write: @escaping @Sendable (Stores, inout DownloadWriter) throws -> Void
    ) async throws -> Response.Body {
        let (storage, files, owner) = (storage, files, user.id)
        let isCancelled = Flag()
        do {
            return try await withTaskCancellationHandler {
                try await workers.run(for: "user \(owner)") {
                    try storage.read { stores in
                        try NotWhole.check(user, in: stores)
                        var writer = DownloadWriter(
                            TemporaryWriter(to: files, for: "download of user \(owner)"), isCancelled)
                        try write(stores, &writer)
                        return Response.Body(try writer.finish())
                    }
                }
            } onCancel: {
                isCancelled.value.store(true, ordering: .relaxed)
            }
        } catch let refusal as TemporaryFiles.Refusal {
            // Who reads has nothing to lose: to come back is enough, also where the disk is full.
            guard refusal != .diskIsFull else { throw AppError.busy(retryAfter: 60) }
            throw RequestError(refusal)
        }
    }

    fileprivate final class Flag: Sendable {
        let value = Atomic(false)
    }
}

/// Where a download is written to. Stops the work when nobody waits for it any more.
struct DownloadWriter: ~Copyable {
    private var writer: TemporaryWriter
    private let isCancelled: Downloads.Flag

    fileprivate init(_ writer: consuming TemporaryWriter, _ isCancelled: Downloads.Flag) {
        self.writer = writer
        self.isCancelled = isCancelled
    }

    mutating func write(_ text: String) throws { try write { $0 += text.utf8 } }

    /// Lets `append` add a piece (a row, a line) to the end. Throws what it throws, a `TemporaryFiles.Refusal`, a
    /// `SystemError`, and `CancellationError`.
    mutating func write(_ append: (inout [UInt8]) throws -> Void) throws {
        if isCancelled.value.load(ordering: .relaxed) { throw CancellationError() }
        try writer.write(append)
    }

    /// Writes rows as `read` reads them, each as `append` writes it.
    ///
    /// - Parameters:
    ///   - start: stands before the first, also where there is none.
    ///   - separator: between two.
    ///   - end: after the last.
    mutating func write<Row>(
        _ start: String = "", separatedBy separator: String = "", _ end: String = "",
        rows read: ((Row) throws -> Void) throws -> Void,
        as append: @escaping (Row, inout [UInt8]) -> Void
    ) throws {
        try write(start)
        var isFirst = true
        try read { row in
            try write { body in
                if !isFirst { body += separator.utf8 }
                append(row, &body)
            }
            isFirst = false
        }
        try write(end)
    }

    fileprivate consuming func finish() throws -> StoredBytes { try writer.finish() }
}
