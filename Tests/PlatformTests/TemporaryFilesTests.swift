import Glibc
import Platform
import Testing

@Suite struct TemporaryFilesTests {
    private func files(_ change: (inout TemporaryFiles.Limits) -> Void = { _ in }) -> TemporaryFiles {
        var limits = TemporaryFiles.Limits()
        limits.reserve = 0
        change(&limits)
        return TemporaryFiles(in: "/tmp", limits)
    }

    @Test(arguments: [0, 1, 65_536, 65_537, 1_000_000])
    func `what is written is read again, from memory while it is short`(count: Int) throws {
        let files = files()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
        var writer = TemporaryWriter(to: files, for: "ada")
        for start in stride(from: 0, to: count, by: 10_000) {
            try writer.write(Array(bytes[start..<min(start + 10_000, count)]))
        }
        #expect(writer.count == count)
        let stored = try writer.finish()
        #expect(stored.count == count)
        #expect(files.files == (count > 65_536 ? 1 : 0))
        #expect(try stored.all() == bytes)
        let tail = min(count, 5)
        #expect(try stored.read(10, at: count - tail) == Array(bytes.suffix(tail)))
        #expect(try stored.read(10, at: count).isEmpty)
    }

    @Test func `a place is free again when the last one who reads has gone`() throws {
        let files = files { $0.inMemory = 0 }
        func write() throws -> StoredBytes {
            var writer = TemporaryWriter(to: files, for: "ada")
            try writer.write([1])
            return try writer.finish()
        }
        var two: [StoredBytes] = [try write(), try write()]
        #expect(files.files == 2 && files.bytes > 0)
        #expect(throws: TemporaryFiles.Refusal.ownerHasTooMany) { _ = try write() }
        var other = TemporaryWriter(to: files, for: "bob")
        try other.write([1])
        let copy = two[0]
        two = []
        #expect(files.files == 2)
        #expect(try copy.all() == [1])
        _ = consume other
        _ = consume copy
        #expect(files.files == 0 && files.bytes == 0)
        _ = try write()
    }

    @Test func `all files together have a limit, and the disk keeps room for others`() throws {
        let small = files { $0.total = 10_000_000 }
        var writer = TemporaryWriter(to: small, for: "ada")
        #expect(throws: TemporaryFiles.Refusal.tooManyBytes) { try writer.begin(expecting: 10_000_001) }
        #expect(throws: TemporaryFiles.Refusal.tooManyBytes) {
            for _ in 0..<11 { try writer.write([UInt8](repeating: 1, count: 1_000_000)) }
        }
        _ = consume writer
        #expect(small.files == 0 && small.bytes == 0)

        let reserved = files { $0.reserve = .max / 2 }
        var refused = TemporaryWriter(to: reserved, for: "ada")
        #expect(throws: TemporaryFiles.Refusal.diskIsFull) {
            try refused.write([UInt8](repeating: 1, count: 100_000))
        }
        _ = consume refused
        #expect(reserved.files == 0 && reserved.bytes == 0)
    }

    @Test func `a file has no name`() throws {
        let folder = "/tmp/expense-tracker-unnamed-\(getpid())"
        #expect(unsafe mkdir(folder, 0o700) == 0)
        defer { unsafe rmdir(folder) }
        let file = try FileDescriptor.unnamedFile(in: folder)
        try file.write([1, 2, 3])
        #expect(try file.read(3, at: 0) == [1, 2, 3])
        #expect(try Directory.names(in: folder).isEmpty)
        #expect(try file.status().st_mode & 0o777 == 0o600)
        #expect(throws: SystemError.self) { _ = try FileDescriptor.unnamedFile(in: folder + "/none") }
    }
}
