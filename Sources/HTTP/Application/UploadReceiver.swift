import Glibc
package import Platform
import Synchronization

/// Takes an upload off the event loop while it arrives, and to a temporary file.
package final class UploadReceiver: BodyReceiver {
    package enum Kind: Sendable {
        /// A `multipart/form-data` form with a file in the field of that name.
        case form(fileField: String)
        /// The body is the file.
        case plain
    }

    private enum Writer: ~Copyable {
        case form(UploadedFormWriter)
        case plain(TemporaryWriter)
    }

    package let maximumSize: Int
    private let workers: WorkerPool
    private let owner: String
    /// Nil once the body has ended.
    private let writer: Mutex<Writer?>

    /// Takes the owner's place among `files`. Throws a `RequestError`: 413 where the request says that its body is larger
    /// than `maximumSize`, 503 where there is no place, 400 and 415 for what is no such form.
    package init(
        _ request: Request, _ kind: Kind, upTo maximumSize: Int, to files: TemporaryFiles, for owner: String,
        on workers: WorkerPool
    ) throws(RequestError) {
        self.maximumSize = maximumSize
        self.workers = workers
        self.owner = owner
        let length = request.headers["Content-Length"].flatMap { Int($0) } ?? 0
        if length > maximumSize { throw .bodyTooLarge(maximumSize) }
        var writer = TemporaryWriter(to: files, for: owner)
        do throws(TemporaryFiles.Refusal) {
            try writer.begin(expecting: length)
        } catch {
            throw RequestError(error)
        }
        switch kind {
        case .plain: self.writer = Mutex(.plain(writer))
        case .form(let fileField):
            let form = try UploadedFormWriter(
                contentType: request.headers["Content-Type"], fileField: fileField, writer)
            self.writer = Mutex(.form(form))
        }
    }

    package func take(_ piece: [UInt8], isLast: Bool) async throws(RequestError) -> ReceivedBody? {
        do {
            return try await workers.run(for: owner) { try self.write(piece, isLast: isLast) }
        } catch let error as RequestError {
            throw error
        } catch let refusal as TemporaryFiles.Refusal {
            throw RequestError(refusal)
        } catch let error as SystemError {
            throw error.code == ENOSPC
                ? RequestError(TemporaryFiles.Refusal.diskIsFull)
                : RequestError(.internalServerError, "What was sent could not be kept.")
        } catch {
            throw RequestError(.serviceUnavailable, "Too much is being sent to the server at once.")
        }
    }

    private func write(_ piece: [UInt8], isLast: Bool) throws -> ReceivedBody? {
        try writer.withLock { writer in
            switch writer.take() {
            case .form(var form):
                try form.write(piece)
                if isLast { return .form(try form.finish()) }
                writer = .form(form)
            case .plain(var plain):
                try plain.write(piece)
                if isLast { return .bytes(try plain.finish()) }
                writer = .plain(plain)
            case nil: preconditionFailure("a body ends once")
            }
            return nil
        }
    }
}

extension RequestError {
    /// Why there is no room for what is sent.
    package init(_ refusal: TemporaryFiles.Refusal) {
        switch refusal {
        case .ownerHasTooMany:
            self.init(
                .serviceUnavailable,
                "You have several files on their way already. Try again when one is done.")
        case .tooManyBytes:
            self.init(.serviceUnavailable, "Too many files are on their way at once. Try again in a moment.")
        case .diskIsFull:
            self.init(
                .insufficientStorage,
                "The server has no room left for a file. Whoever runs it has to make room; then try again.")
        }
    }
}
