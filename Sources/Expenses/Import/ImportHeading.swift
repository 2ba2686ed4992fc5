/// The names of a file's columns, by which another file of the same origin is known.
package struct ImportHeading: Hashable, Sendable {
    /// One name after the other, as the file shows them where nothing is chosen.
    package let text: String

    /// In bytes; a file with more has no heading that is remembered.
    private static let longest = 2000

    /// Nil for a file without names of columns.
    package init?(of file: [UInt8], _ preferences: Preferences) {
        let text = ImportText(of: file, encoding: nil, delimiter: nil, currency: preferences.currency)
        guard let header = ImportTable(text, hasHeader: nil).header else { return nil }
        self.text = header.cells.map { String(Substring($0).trimmed) }.joined(separator: "\u{1F}")
        guard self.text.utf8.count <= Self.longest, self.text.contains("\u{1F}") else { return nil }
    }
}
