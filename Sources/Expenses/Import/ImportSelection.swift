/// Which rows of a file are to be added: spending and refunds, unless the user has said otherwise of a group or of a row.
package struct ImportSelection: Sendable {
    /// What was said of whole groups: whether they are added.
    package private(set) var groups: [ImportGroup: Bool]
    /// The lines of rows that were ticked one by one.
    package private(set) var ticked: Set<Int>
    /// The lines of rows whose ticks were taken off one by one.
    package private(set) var unticked: Set<Int>

    package init(groups: [ImportGroup: Bool] = [:], ticked: Set<Int> = [], unticked: Set<Int> = []) {
        self.groups = groups
        self.ticked = ticked
        self.unticked = unticked
    }

    package func has(_ group: ImportGroup) -> Bool { groups[group] ?? (group == .expenses) }

    package func has(_ row: ImportRow, of group: ImportGroup) -> Bool {
        if ticked.contains(row.line) { return true }
        return unticked.contains(row.line) ? false : has(group)
    }

    package mutating func set(_ line: Int, to isAdded: Bool) {
        if isAdded {
            ticked.insert(line)
            unticked.remove(line)
        } else {
            unticked.insert(line)
            ticked.remove(line)
        }
    }

    /// Adds all rows of a group, or none.
    package mutating func set(_ group: ImportGroup, to isAdded: Bool, in preview: ImportPreview) {
        groups[group] = isAdded
        for place in preview.places(of: group) {
            ticked.remove(preview.rows[place].line)
            unticked.remove(preview.rows[place].line)
        }
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
