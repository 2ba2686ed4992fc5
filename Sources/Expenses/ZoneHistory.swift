/// How a zone's clock moved and will move: the content of a TZif file (RFC 9636).
struct ZoneHistory: Sendable {
    /// Unix seconds at which the offset changes, in ascending order.
    private var transitions: [Int64] = []
    /// Seconds east of Greenwich from each of the `transitions` on.
    private var offsets: [Int] = []
    /// Before the first transition.
    private var initialOffset = 0
    /// From the last transition on.
    private var rule: ZoneRule?

    static let utc = ZoneHistory()

    private init() {}

    init(rule: ZoneRule) {
        self.rule = rule
        initialOffset = rule.standardOffset
    }

    /// Nil where the bytes are no TZif file, are cut short or contradict themselves.
    init?(_ bytes: [UInt8]) {
        var reader = Reader(bytes: bytes)
        guard let header = reader.header() else { return nil }
        guard header.version >= UInt8(ascii: "2") else {
            guard reader.history(header, timeSize: 4, into: &self) else { return nil }
            return
        }
        // The first block repeats the years from 1901 to 2037 for readers of 32-bit times (RFC 9636 §3.1).
        guard reader.skip(header.size(timeSize: 4)), let second = reader.header(),
            reader.history(second, timeSize: 8, into: &self), let footer = reader.footer()
        else { return nil }
        guard !footer.isEmpty else { return }
        guard let rule = ZoneRule(footer) else { return nil }
        self.rule = rule
    }

    /// Seconds east of Greenwich. The instant has been `clamped`.
    func offset(at instant: Int64) -> Int {
        if let rule, instant >= transitions.last ?? .min { return rule.offset(at: instant) }
        var low = 0
        var high = transitions.count
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle] <= instant { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? initialOffset : offsets[low - 1]
    }

    /// Kept within some thousand years of 1970, so that no arithmetic can overflow.
    static func clamped(_ unixSeconds: Int64) -> Int64 {
        min(max(unixSeconds, -100_000_000_000), 100_000_000_000)
    }
}

extension ZoneHistory {
    /// The six counts of a TZif header (RFC 9636 §3.1).
    private struct Header {
        var version: UInt8
        var universal: Int
        var standard: Int
        var leaps: Int
        var transitions: Int
        var types: Int
        var characters: Int

        /// Bytes of the data block that follows.
        func size(timeSize: Int) -> Int {
            transitions * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standard
                + universal
        }
    }

    /// Goes through the bytes from the front, never past their end.
    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var left: Int { bytes.count - position }

        mutating func skip(_ count: Int) -> Bool {
            guard count <= left else { return false }
            position += count
            return true
        }

        /// A signed number of that many bytes, the most significant first, which have been counted before.
        mutating func number(_ size: Int) -> Int64 {
            var value: Int64 = Int8(bitPattern: bytes[position]) < 0 ? -1 : 0
            for byte in bytes[position..<position + size] { value = value << 8 | Int64(byte) }
            position += size
            return value
        }

        mutating func header() -> Header? {
            guard left >= 44, bytes[position..<position + 4].elementsEqual("TZif".utf8) else { return nil }
            let version = bytes[position + 4]
            position += 20
            var counts: [Int] = []
            for _ in 0..<6 {
                let count = number(4)
                guard (0...65_536).contains(count) else { return nil }
                counts.append(Int(count))
            }
            return Header(
                version: version, universal: counts[0], standard: counts[1], leaps: counts[2],
                transitions: counts[3], types: counts[4], characters: counts[5])
        }

        mutating func history(_ header: Header, timeSize: Int, into history: inout ZoneHistory) -> Bool {
            guard header.types > 0, header.size(timeSize: timeSize) <= left else { return false }
            history = .utc
            for _ in 0..<header.transitions { history.transitions.append(number(timeSize)) }
            let ascending = zip(history.transitions, history.transitions.dropFirst()).allSatisfy { $0 < $1 }
            let types = bytes[position..<position + header.transitions]
            position += header.transitions
            var offsets: [Int] = []
            for _ in 0..<header.types {
                offsets.append(Int(number(4)))
                position += 2
            }
            // RFC 9636 §3.2: an offset should be between -25 and 26 hours.
            guard ascending, offsets.allSatisfy({ (-90_000...93_600).contains($0) }),
                types.allSatisfy({ $0 < offsets.count })
            else { return false }
            history.offsets = types.map { offsets[Int($0)] }
            history.initialOffset = offsets[0]
            return skip(
                header.characters + header.leaps * (timeSize + 4) + header.standard + header.universal)
        }

        /// The text between two line ends that closes the file (RFC 9636 §3.3).
        mutating func footer() -> String? {
            let newline = UInt8(ascii: "\n")
            guard left >= 2, bytes[position] == newline,
                let end = bytes[(position + 1)...].firstIndex(of: newline)
            else { return nil }
            return String(decoding: bytes[(position + 1)..<end], as: UTF8.self)
        }
    }
}
