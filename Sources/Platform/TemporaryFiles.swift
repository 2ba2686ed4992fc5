import Synchronization

/// Room for what is too long for memory: files without a name, bounded for each owner and in all, on a disk of which a
/// part is left for others.
package final class TemporaryFiles: Sendable {
    package struct Limits: Sendable {
        /// Files that one owner may have at a time.
        package var filesPerOwner = 2
        /// Bytes of all files together.
        package var total = 4 * 1024 * 1024 * 1024
        /// Bytes that stay free on the disk.
        package var reserve = 256 * 1024 * 1024
        /// What has no more bytes than this stays in memory, and counts for nothing.
        package var inMemory = 64 * 1024

        package init() {}
    }

    /// Why there is no room.
    package enum Refusal: Error {
        case ownerHasTooMany
        /// All files together would be too large.
        case tooManyBytes
        /// Too little would stay free on the disk.
        case diskIsFull
    }

    private struct Use {
        var bytes = 0
        var files: [String: Int] = [:]
    }

    /// For what is in memory in any case.
    package static let memory: TemporaryFiles = {
        var limits = Limits()
        limits.inMemory = .max
        return TemporaryFiles(in: "", limits)
    }()

    let folder: String
    let limits: Limits
    private let use = Mutex(Use())

    package init(in folder: String, _ limits: Limits = Limits()) {
        self.folder = folder
        self.limits = limits
    }

    /// Bytes of all files together.
    package var bytes: Int { use.withLock { $0.bytes } }
    package var files: Int { use.withLock { $0.files.values.reduce(0, +) } }

    fileprivate func addFile(of owner: String) throws(Refusal) {
        let isAdded = use.withLock { use in
            guard use.files[owner, default: 0] < limits.filesPerOwner else { return false }
            use.files[owner, default: 0] += 1
            return true
        }
        guard isAdded else { throw .ownerHasTooMany }
    }

    fileprivate func removeFile(of owner: String, bytes: Int) {
        use.withLock { use in
            use.bytes -= bytes
            let rest = use.files[owner, default: 1] - 1
            use.files[owner] = rest == 0 ? nil : rest
        }
    }

    fileprivate func add(_ bytes: Int) throws(Refusal) {
        let isAdded = use.withLock { use in
            guard use.bytes + bytes <= limits.total else { return false }
            use.bytes += bytes
            return true
        }
        guard isAdded else { throw .tooManyBytes }
    }
}

/// Writes something of any length, of which few bytes stay in memory and many go to a file without a name. Belongs to one
/// thread at a time.
package struct TemporaryWriter: ~Copyable {
    /// Bytes that gather before they are written.
    private static let bufferSize = 256 * 1024

    private let files: TemporaryFiles
    private let owner: String
    private var buffer: [UInt8] = []
    private var file: GrowingFile?
    /// Bytes that have gone to the file.
    private var written = 0

    /// Nothing is taken yet. `owner` shares its files' number with whatever has the same name.
    package init(to files: TemporaryFiles, for owner: String) {
        self.files = files
        self.owner = owner
    }

    /// Bytes written so far.
    package var count: Int { written + buffer.count }

    /// Takes the place of a file now, for what is known to be long, without waiting for the disk. `expected`: bytes that are
    /// known to come. Throws a `TemporaryFiles.Refusal`.
    package mutating func begin(expecting expected: Int = 0) throws(TemporaryFiles.Refusal) {
        if file == nil { file = try GrowingFile(in: files, of: owner, expecting: expected) }
    }

    package mutating func write(_ bytes: [UInt8]) throws { try write { $0 += bytes } }

    /// Lets `append` add a piece to the end. Throws what it throws, a `TemporaryFiles.Refusal`, a `SystemError`.
    package mutating func write(_ append: (inout [UInt8]) throws -> Void) throws {
        try append(&buffer)
        if file == nil ? buffer.count > files.limits.inMemory : buffer.count >= Self.bufferSize {
            try flush()
        }
    }

    private mutating func flush() throws {
        if buffer.isEmpty { return }
        try begin()
        try file?.write(buffer)
        written += buffer.count
        buffer.removeAll(keepingCapacity: true)
    }

    /// What has been written. Throws as `write` does.
    package consuming func finish() throws -> StoredBytes {
        guard file != nil else { return .memory(buffer) }
        try flush()
        guard let file = file.take() else { preconditionFailure("checked above") }
        return try file.opened()
    }
}

/// The file of one writer, and what it counts for.
private struct GrowingFile: ~Copyable {
    /// Bytes that are charged at a time.
    private static let step = 4 * 1024 * 1024

    /// Gives back what the file has taken when the last reader has closed it.
    private final class Place: Sendable {
        private let files: TemporaryFiles
        private let owner: String
        private let charged = Mutex(0)

        init(in files: TemporaryFiles, of owner: String) throws(TemporaryFiles.Refusal) {
            try files.addFile(of: owner)
            self.files = files
            self.owner = owner
        }

        deinit { files.removeFile(of: owner, bytes: charged.withLock { $0 }) }

        /// Bytes to be charged for a file that is to have so many in all.
        func missing(for size: Int) -> Int {
            let more = size - charged.withLock { $0 }
            return more > 0 ? (more + step - 1) / step * step : 0
        }

        func charge(_ bytes: Int) throws(TemporaryFiles.Refusal) {
            try files.add(bytes)
            charged.withLock { $0 += bytes }
        }
    }

    private let files: TemporaryFiles
    private let place: Place
    /// Bytes that are known to come, before the first of them has.
    private let expected: Int
    private var descriptor: FileDescriptor?
    private var size = 0

    init(in files: TemporaryFiles, of owner: String, expecting expected: Int) throws(TemporaryFiles.Refusal) {
        guard files.bytes + expected <= files.limits.total else { throw .tooManyBytes }
        place = try Place(in: files, of: owner)
        self.files = files
        self.expected = expected
    }

    mutating func write(_ bytes: [UInt8]) throws {
        if descriptor == nil {
            descriptor = try FileDescriptor.unnamedFile(in: files.folder)
            try expectRoom(for: expected)
        }
        let more = place.missing(for: size + bytes.count)
        if more > 0 {
            try expectRoom(for: more)
            try place.charge(more)
        }
        try descriptor?.write(bytes)
        size += bytes.count
    }

    private func expectRoom(for bytes: Int) throws {
        guard let free = try descriptor?.freeSpace() else { return }
        guard free - bytes >= files.limits.reserve else { throw TemporaryFiles.Refusal.diskIsFull }
    }

    consuming func opened() throws -> StoredBytes {
        guard let descriptor = descriptor.take() else { return .memory([]) }
        return .file(try OpenFile(descriptor, keeping: place))
    }
}
