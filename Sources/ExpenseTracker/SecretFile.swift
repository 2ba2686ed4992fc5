import Crypto
import Glibc
import Platform

/// The file whose bytes, as they are, are the key that signs tokens.
enum SecretFile {
    /// The fewest bytes that make a key as strong as HS256 (RFC 7518 §3.2).
    static let shortest = 32
    private static let longest = 64 * 1024

    /// The key of a file that is there; nil where there is none yet.
    static func readIfThere(
        _ path: String, option: String = "--secret-file"
    ) throws(StartError) -> [UInt8]? {
        FileSystem.exists(path) ? try read(path, option: option) : nil
    }

    /// Makes a file with a random key, readable by its owner alone. Where another program has just made it, that
    /// one's key is taken.
    static func make(_ path: String, option: String = "--secret-file") throws(StartError) -> [UInt8] {
        try write(path, option: option)
        return try read(path, option: option)
    }

    /// Refuses a file that others can read, and one with fewer than 32 bytes.
    static func read(_ path: String, option: String) throws(StartError) -> [UInt8] {
        try FileAccess.expectReadable(path, option: option)
        let file = try open(path, option: option)
        let status: stat
        do throws(SystemError) {
            status = try file.status()
        } catch {
            throw StartError("\(option): cannot read \(path): \(SystemError.message(error.code))")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StartError("\(option): \(path) is not a file") }
        guard status.st_mode & 0o077 == 0 else {
            throw StartError("\(option): others can read \(path); make it private with: chmod 600 \(path)")
        }
        guard status.st_size <= longest else {
            throw StartError("\(option): \(path) is too large to be a key")
        }
        guard status.st_size >= shortest else {
            throw StartError(
                "\(option): \(path) has \(status.st_size) bytes; a key needs \(shortest) or more")
        }
        do throws(SystemError) {
            return try file.read(Int(status.st_size), at: 0)
        } catch {
            throw StartError("\(option): cannot read \(path): \(SystemError.message(error.code))")
        }
    }

    private static func open(_ path: String, option: String) throws(StartError) -> FileDescriptor {
        do throws(SystemError) {
            return try FileDescriptor.openFile(path)
        } catch {
            throw StartError("\(option): cannot open \(path): \(SystemError.message(error.code))")
        }
    }

    /// Writes the key beside its place and links it there, so that no half-written key is ever seen and
    /// of two programs that start at once one wins.
    private static func write(_ path: String, option: String) throws(StartError) {
        try FileAccess.expectFolder(of: path, option: option)
        let temporary = "\(path).\(getpid())"
        do throws(SystemError) {
            let file = try FileDescriptor.newFile(temporary, mode: 0o600)
            defer { try? FileSystem.remove(temporary) }
            try file.write(SecureRandom.bytes(shortest))
            try file.synchronize()
            _ = try FileSystem.link(temporary, as: path)
            // A power cut must not take away the name: everybody would have to log in again.
            try FileSystem.synchronize(folder: FileAccess.folder(of: path))
        } catch {
            throw StartError("\(option): cannot make \(path): \(SystemError.message(error.code))")
        }
    }
}
