/// The rows of a file beside what the account has.
package struct ImportPreview: Sendable {
    package let rows: [ImportRow]
    /// By the place in `rows`.
    package let groups: [ImportGroup]

    /// `existing` counts the account's expenses that are like a row: as many rows are possible duplicates, and no more.
    package init(_ rows: [ImportRow], existing: [DuplicateKey: Int]) {
        self.rows = rows
        var left = existing
        groups = rows.map { row in
            let group = ImportGroup(row.kind)
            guard group == .expenses || group == .moneyIn, let count = left[row.duplicateKey], count > 0
            else {
                return group
            }
            left[row.duplicateKey] = count - 1
            return .duplicates
        }
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
