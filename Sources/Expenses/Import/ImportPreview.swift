/// The rows of a file beside what the account has.
package struct ImportPreview: Sendable {
    package let rows: [ImportRow]
    /// By the place in `rows`.
    package let groups: [ImportGroup]

    /// An expense of the account is one row at most: what a file has twice and the account once is a possible duplicate
    /// once. What a file said of an expense counts for more than what became of it, and what is live for more than what is
    /// in the bin.
    package init(_ rows: [ImportRow], known: KnownExpenses = KnownExpenses()) {
        self.rows = rows
        var (groups, known) = (rows.map { ImportGroup($0) }, known)
        for (isDeleted, group) in [(false, ImportGroup.duplicates), (true, .deleted)] {
            for isOriginal in [true, false] {
                for (place, row) in rows.enumerated()
                where groups[place] == .expenses || groups[place] == .moneyIn {
                    if known.take(row, isOriginal: isOriginal, isDeleted: isDeleted) { groups[place] = group }
                }
            }
        }
        self.groups = groups
    }

    /// The places of a group's rows, in the order of the file.
    package func places(of group: ImportGroup) -> [Int] { groups.indices.filter { groups[$0] == group } }

    /// A number that is the same for the same rows at these places, and most likely for no others: FNV-1a of what is added
    /// of each of them.
    package func fingerprint(of places: [Int]) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        for place in places {
            let row = rows[place]
            for number in [Int64(row.line), Int64(row.day.number), row.amount.minorUnits] {
                for shift in 0..<8 { add(UInt8(truncatingIfNeeded: number >> (8 * Int64(shift)))) }
            }
            for byte in row.description.utf8 { add(byte) }
            // No text contains it.
            add(0xFF)
        }
        return hash
    }
}
