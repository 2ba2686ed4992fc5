/// The rows of a file that are added, or left out, for one reason.
package enum ImportGroup: String, CaseIterable, Sendable {
    /// Spending and refunds.
    case expenses
    case moneyIn = "money_in"
    case ownTransfers = "transfers"
    case otherCurrency = "other_currency"
    /// Spending and refunds that the account is likely to have.
    case duplicates
    case notBooked = "not_booked"
    case balances

    init(_ kind: ImportRow.Kind) {
        switch kind {
        case .spending, .refund: self = .expenses
        case .moneyIn: self = .moneyIn
        case .ownTransfer: self = .ownTransfers
        case .otherCurrency: self = .otherCurrency
        case .notBooked: self = .notBooked
        case .balance: self = .balances
        }
    }
}

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
}

/// Which rows are to be added: whole groups, and single rows against that.
package struct ImportSelection: Sendable {
    /// The groups that are added but for single rows.
    package private(set) var groups: Set<ImportGroup>
    /// The lines of rows that are not as their group is.
    package private(set) var exceptions: Set<Int>

    package init(groups: Set<ImportGroup> = [.expenses], exceptions: Set<Int> = []) {
        self.groups = groups
        self.exceptions = exceptions
    }

    package func has(_ row: ImportRow, of group: ImportGroup) -> Bool {
        groups.contains(group) != exceptions.contains(row.line)
    }

    package mutating func set(_ row: ImportRow, of group: ImportGroup, to isAdded: Bool) {
        if groups.contains(group) == isAdded {
            exceptions.remove(row.line)
        } else {
            exceptions.insert(row.line)
        }
    }

    /// Adds all rows of a group, or none.
    package mutating func set(_ group: ImportGroup, to isAdded: Bool, in preview: ImportPreview) {
        if isAdded { groups.insert(group) } else { groups.remove(group) }
        for place in preview.places(of: group) { exceptions.remove(preview.rows[place].line) }
    }

    /// The places of the rows to add. Oldest first, also where the file begins with the newest.
    package func places(in preview: ImportPreview) -> [Int] {
        let places = preview.rows.indices.filter { has(preview.rows[$0], of: preview.groups[$0]) }
        guard let first = places.first, let last = places.last,
            preview.rows[first].day > preview.rows[last].day
        else { return places }
        return places.reversed()
    }
}
