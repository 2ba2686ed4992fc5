/// What somebody has written or sent as a whole: in memory, or in a file where it is long.
package enum StoredBytes: Sendable {
    case memory([UInt8])
    case file(OpenFile)

    package var count: Int {
        switch self {
        case .memory(let bytes): bytes.count
        case .file(let file): file.size
        }
    }

    package var isEmpty: Bool { count == 0 }

    /// The bytes from `offset` on: `count` of them, or as many as there are. May wait for the disk.
    package func read(_ count: Int, at offset: Int) throws(SystemError) -> [UInt8] {
        let count = max(0, min(count, self.count - offset))
        switch self {
        case .memory(let bytes):
            return count == bytes.count ? bytes : Array(bytes[offset..<(offset + count)])
        case .file(let file): return try file.descriptor.read(count, at: offset)
        }
    }

    /// All of them. May wait for the disk.
    package func all() throws(SystemError) -> [UInt8] { try read(count, at: 0) }
}
