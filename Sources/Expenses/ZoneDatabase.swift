import Glibc
import Synchronization

/// The system's folder of time zone files.
package final class ZoneDatabase: Sendable {
    private let directory: String
    /// The file that holds the machine's own zone.
    private let localFile: String
    /// Owns what has been read: only names that exist, so that it cannot grow without end.
    private let known = Mutex<[String: Zone]>(["UTC": .utc])

    package static let system = ZoneDatabase(directory: "/usr/share/zoneinfo", localFile: "/etc/localtime")

    package init(directory: String, localFile: String) {
        self.directory = directory
        self.localFile = localFile
    }

    /// Nil for a name that is not safe as a path, is unknown, or whose file is malformed.
    package func zone(_ identifier: String) -> Zone? {
        if let zone = known.withLock({ $0[identifier] }) { return zone }
        guard ZoneDatabase.isSafe(identifier), let data = readSmallFile("\(directory)/\(identifier)"),
            let zone = Zone(identifier: identifier, data: data)
        else { return nil }
        known.withLock { $0[identifier] = zone }
        return zone
    }

    /// The zone that `variable`, the value of `TZ`, names (POSIX.1-2024 §8.3); without it, that of the local file.
    package func current(variable: String?) -> Zone {
        guard let variable else { return local() }
        let name = variable.hasPrefix(":") ? String(variable.dropFirst()) : variable
        if name.hasPrefix("/") {
            return readSmallFile(name).flatMap { Zone(identifier: name, data: $0) } ?? .utc
        }
        if let zone = zone(name) { return zone }
        return ZoneRule(name).map { Zone(identifier: name, history: ZoneHistory(rule: $0)) } ?? .utc
    }

    package func current() -> Zone {
        let value = unsafe getenv("TZ")
        return current(variable: unsafe value.map { unsafe String(cString: $0) })
    }

    /// What `zone.tab` lists and the folder holds, and UTC.
    package func identifiers() -> [String] {
        var names: Set = ["UTC"]
        for file in ["zone.tab", "zone1970.tab"] {
            let text = readSmallFile("\(directory)/\(file)") ?? []
            for line in text.split(separator: UInt8(ascii: "\n")) where line.first != UInt8(ascii: "#") {
                let columns = line.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
                guard columns.count > 2 else { continue }
                let name = String(decoding: columns[2], as: UTF8.self)
                if ZoneDatabase.isSafe(name), isReadable("\(directory)/\(name)") { names.insert(name) }
            }
        }
        return names.sorted()
    }

    private func local() -> Zone {
        guard let data = readSmallFile(localFile) else { return .utc }
        let target = linkTarget(localFile)
        let name = target.flatMap { target in
            target.firstRange(of: "zoneinfo/").map { String(target[$0.upperBound...]) }
        }
        return Zone(identifier: name ?? "local time", data: data) ?? .utc
    }

    /// Letters, digits and `_ + - /`, in parts that are not empty. The `right` zones count leap seconds, which unix
    /// time does not.
    private static func isSafe(_ identifier: String) -> Bool {
        guard identifier.utf8.count <= 64 else { return false }
        let parts = identifier.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isNameByte) }) else { return false }
        return !identifier.hasPrefix("right/") && !identifier.hasPrefix("posix/")
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "_"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        default: isDigit(byte)
        }
    }
}

/// The whole of a regular file of at most 256 KiB; nil for anything else.
private func readSmallFile(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return nil
    }
    let limit = 256 * 1024
    guard (0...limit).contains(Int(status.st_size)) else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16 * 1024)
    while true {
        let count = unsafe read(descriptor, &chunk, chunk.count)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0, bytes.count + count <= limit else { return nil }
        if count == 0 { return bytes }
        bytes += chunk[..<count]
    }
}

private func isReadable(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

/// What a symbolic link says; nil where the path is no link.
private func linkTarget(_ path: String) -> String? {
    var bytes = [CChar](repeating: 0, count: Int(PATH_MAX))
    let count = unsafe readlink(path, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
