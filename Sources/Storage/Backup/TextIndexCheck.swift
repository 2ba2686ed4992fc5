import Expenses
import SQL

/// Whether the text index of a SQLite file holds the sequences of three characters of every description's key, each at its
/// place, and nothing else. Reads the index from one end to the other, once where all is well.
struct TextIndexCheck {
    private(set) var findings: [String] = []
    private let connection: Connection

    init(of connection: Connection) throws {
        self.connection = connection
        // A view of the index, which belongs to the connection alone (sqlite.org/fts5.html, "The fts5vocab Virtual Table
        // Module").
        try connection.run(
            """
            CREATE VIRTUAL TABLE IF NOT EXISTS temp.description_terms
            USING fts5vocab (main, description_index, instance)
            """)
        let extra = try connection.integer(
            """
            SELECT count(*) FROM description_index_docsize WHERE NOT EXISTS (
                SELECT 1 FROM descriptions
                WHERE owner = description_index_docsize.id >> 32
                    AND descriptions.id = description_index_docsize.id & 4294967295)
            """)
        if let extra, extra > 0 { findings.append("text index: \(extra) entries belong to no description") }
        var difference: UInt64 = 0
        try forEachTerm { difference &+= $1 }
        try forEachKey { difference &-= TextIndexCheck.digest(of: $1, row: $0) }
        if difference != 0 { try nameThose() }
    }

    /// Tells of which descriptions what is found is not what they are called.
    private mutating func nameThose() throws {
        var differences: [Int64: UInt64] = [:]
        try forEachTerm { differences[$0, default: 0] &+= $1 }
        try forEachKey { differences[$0, default: 0] &-= TextIndexCheck.digest(of: $1, row: $0) }
        let wrong = differences.filter { $0.value != 0 }.keys.sorted()
        for row in wrong.prefix(IntegrityCheck.most) {
            findings.append("text index: user \(row >> 32): description \(row & 0xFFFF_FFFF) is not found")
        }
    }

    /// Calls `body` with the row of each term of the index, and a digest of all that is known of it.
    private func forEachTerm(_ body: (_ row: Int64, _ digest: UInt64) -> Void) throws {
        let terms = try connection.statement("SELECT doc, term, offset FROM temp.description_terms")
        while try terms.step() {
            let row = try terms.integer(0)
            var digest = Digest(row: row, offset: try terms.integer(2))
            for byte in try terms.text(1).utf8 { digest.add(byte) }
            body(row, digest.value)
        }
    }

    private func forEachKey(_ body: (_ row: Int64, _ key: String) -> Void) throws {
        let keys = try connection.statement("SELECT owner, id, key FROM descriptions")
        while try keys.step() {
            body(
                Connection.indexRow(try keys.integer(1), owner: Identifier(try keys.integer(0))),
                try keys.text(2))
        }
    }

    /// The sum of the digests of a key's terms.
    private static func digest(of key: String, row: Int64) -> UInt64 {
        let scalars = Array(key.unicodeScalars)
        guard scalars.count >= 3 else { return 0 }
        var sum: UInt64 = 0
        for start in 0...scalars.count - 3 {
            var digest = Digest(row: row, offset: Int64(start))
            for scalar in scalars[start..<start + 3] {
                for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { digest.add(byte) }
            }
            sum &+= digest.value
        }
        return sum
    }

    /// FNV-1a of a row, a place in it and a term, mixed (SplitMix64's finalizer) so that sums of them seldom agree.
    private struct Digest {
        private var state: UInt64

        init(row: Int64, offset: Int64) {
            state = UInt64(bitPattern: row &* 0x2545_F491 &+ offset) ^ 0xcbf2_9ce4_8422_2325
        }

        mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x100_0000_01b3 }

        var value: UInt64 {
            var value = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
            return value ^ (value >> 31)
        }
    }
}
