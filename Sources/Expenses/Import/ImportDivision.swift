/// How a file is divided into lines and columns: what a choice of columns belongs to.
package struct ImportDivision: Hashable, Sendable, CustomStringConvertible {
    private let delimiter: UInt8
    private let headerLine: Int?

    /// Costs much less than reading the whole file.
    package init(of file: [UInt8], _ preferences: Preferences, choices: ImportChoices) {
        let text = ImportText(
            of: file, encoding: choices.encoding, delimiter: choices.delimiter, currency: preferences.currency
        )
        self.init(text, headerLine: ImportTable(text, hasHeader: choices.hasHeader).header?.line)
    }

    package init(of reading: ImportReading) {
        self.init(reading.text, headerLine: reading.roles.headerLine)
    }

    private init(_ text: ImportText, headerLine: Int?) {
        (delimiter, self.headerLine) = (text.delimiter, headerLine)
    }

    package var description: String { "\(delimiter) \(headerLine ?? 0)" }
}
