import Crypto
import Glibc

/// The file whose bytes, as they are, are the key that signs tokens.
enum SecretFile {
    /// The fewest bytes that make a key as strong as HS256 (RFC 7518 §3.2).
    static let shortest = 32
    private static let longest = 64 * 1024

    /// The key of a file that is there; nil where there is none yet.
    static func readIfThere(
        _ path: String, option: String = "--secret-file"
    ) throws(StartError) -> [UInt8]? {
        if unsafe access(path, F_OK) != 0 && errno == ENOENT { return nil }
        return try read(path, option: option)
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
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw StartError("\(option): cannot open \(path): \(reason())") }
        defer { close(descriptor) }

        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            throw StartError("\(option): cannot read \(path): \(reason())")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw StartError("\(option): \(path) is not a file") }
        guard status.st_mode & 0o077 == 0 else {
            throw StartError("\(option): others can read \(path); make it private with: chmod 600 \(path)")
        }
        guard status.st_size <= longest else {
            throw StartError("\(option): \(path) is too large to be a key")
        }

        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw StartError("\(option): cannot read \(path): \(reason())") }
            filled += count
        }
        guard bytes.count >= shortest else {
            throw StartError("\(option): \(path) has \(bytes.count) bytes; a key needs \(shortest) or more")
        }
        return bytes
    }

    /// Writes the key beside its place and links it there, so that no half-written key is ever seen and
    /// of two programs that start at once one wins.
    private static func write(_ path: String, option: String) throws(StartError) {
        try FileAccess.expectFolder(of: path, option: option)
        let temporary = "\(path).\(getpid())"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StartError("\(option): cannot make \(path): \(reason())") }
        defer {
            close(descriptor)
            unsafe unlink(temporary)
        }
        let bytes = SecureRandom.bytes(shortest)
        let written = unsafe bytes.withUnsafeBytes {
            unsafe Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        guard written == bytes.count, fsync(descriptor) == 0 else {
            throw StartError("\(option): cannot write \(path): \(reason())")
        }
        guard unsafe link(temporary, path) == 0 || errno == EEXIST else {
            throw StartError("\(option): cannot make \(path): \(reason())")
        }
        // A power cut must not take away the name: everybody would have to log in again.
        try FileTree.synchronize(folder: FileAccess.folder(of: path), option: option)
    }

    private static func reason() -> String { unsafe String(cString: strerror(errno)) }
}
