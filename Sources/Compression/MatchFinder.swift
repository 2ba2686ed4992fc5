/// Finds what was there before, as LZ77 does: bytes become literals and references back (RFC 1951 §4).
struct MatchFinder {
    enum Token {
        case literal(UInt8)
        /// 3…258 bytes that stand 1…32768 bytes before.
        case match(length: Int, distance: Int)
    }

    private static let window = 32 * 1024
    private static let shortest = 3
    private static let longest = 258
    /// Earlier places that are looked at for each match.
    private static let maxTries = 128
    private static let hashBits = 15

    /// The newest place of each hash of three bytes; the place before it with the same hash, by place modulo the window.
    /// -1 for none.
    private var newest = [Int32](repeating: -1, count: 1 << hashBits)
    private var older = [Int32](repeating: -1, count: window)

    /// Calls `emit` with tokens that spell out `bytes`.
    mutating func tokens(of bytes: Span<UInt8>, _ emit: (Token) -> Void) {
        var position = 0
        var current = match(at: 0, in: bytes)
        while position < bytes.count {
            note(position, in: bytes)
            let next = match(at: position + 1, in: bytes)
            // A longer match that starts one byte later is worth a literal.
            guard let (length, distance) = current, length >= next?.length ?? 0 else {
                emit(.literal(bytes[position]))
                position += 1
                current = next
                continue
            }
            emit(.match(length: length, distance: distance))
            for place in position + 1..<position + length { note(place, in: bytes) }
            position += length
            current = match(at: position, in: bytes)
        }
    }

    private func match(at position: Int, in bytes: Span<UInt8>) -> (length: Int, distance: Int)? {
        let limit = min(Self.longest, bytes.count - position)
        guard limit >= Self.shortest else { return nil }
        var best = (length: Self.shortest - 1, distance: 0)
        var place = Int(newest[hash(position, in: bytes)])
        var triesLeft = Self.maxTries
        while place >= 0, position - place <= Self.window, triesLeft > 0 {
            // The byte that would make it longer than the best tells most of them apart at once.
            if bytes[place + best.length] == bytes[position + best.length] {
                var length = 0
                while length < limit, bytes[place + length] == bytes[position + length] { length += 1 }
                if length > best.length { best = (length, position - place) }
                if length == limit { break }
            }
            let before = Int(older[place % Self.window])
            // The ring has gone on: what it holds now is of a later place.
            guard before < place else { break }
            place = before
            triesLeft -= 1
        }
        return best.distance > 0 ? best : nil
    }

    private mutating func note(_ position: Int, in bytes: Span<UInt8>) {
        guard position + Self.shortest <= bytes.count else { return }
        let hash = hash(position, in: bytes)
        older[position % Self.window] = newest[hash]
        newest[hash] = Int32(position)
    }

    private func hash(_ position: Int, in bytes: Span<UInt8>) -> Int {
        let three =
            UInt32(bytes[position]) | UInt32(bytes[position + 1]) << 8 | UInt32(bytes[position + 2]) << 16
        return Int((three &* 0x9E37_79B1) >> UInt32(32 - Self.hashBits))
    }
}
