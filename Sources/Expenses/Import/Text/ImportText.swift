/// A file as text that is divided into records: the first of three steps, which knows nothing of what they mean.
package struct ImportText: Sendable {
    /// What a file may be divided by.
    package static let delimiters: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), 9, UInt8(ascii: "|"),
    ]

    package let encoding: TextEncoding
    /// False where the text has characters that no language is known to write so.
    package let isEncodingSure: Bool
    package let delimiter: UInt8
    /// Whether the delimiter was found to divide the lines; false where nothing does.
    package let isDivided: Bool
    /// UTF-8.
    private let bytes: [UInt8]

    /// Records that are looked at to find out how they are divided.
    private static let sample = 200

    /// `encoding` and `delimiter` are what the user says; nil takes what the file shows.
    package init(
        of file: [UInt8], encoding: TextEncoding? = nil, delimiter: UInt8? = nil, currency: Currency
    ) {
        if let encoding {
            (self.encoding, isEncodingSure) = (encoding, true)
        } else {
            let detection = EncodingDetection(file, currency: currency)
            (self.encoding, isEncodingSure) = (detection.encoding, detection.isSure)
        }
        var text = self.encoding.decoded(file)
        var named: UInt8?
        // A spreadsheet's own way to name the delimiter. The line stays, so that lines are counted as in the file.
        if text.starts(with: "sep=".utf8), text.count > 4 {
            named = text[4]
            text.replaceSubrange(0..<5, with: [])
        }
        if delimiter == nil, named == nil, let unwrapped = ImportText.unwrapped(text) { text = unwrapped }
        let found = delimiter ?? named ?? ImportText.delimiter(of: text)
        self.delimiter = found ?? UInt8(ascii: ",")
        isDivided = found != nil
        bytes = text
    }

    package func records() -> CSVReader { CSVReader(bytes, delimiter: delimiter) }

    /// Up to `count` records that hold something.
    func records(upTo count: Int) -> [CSVRecord] { ImportText.records(of: bytes, delimiter, upTo: count) }

    private static func records(of text: [UInt8], _ delimiter: UInt8, upTo count: Int) -> [CSVRecord] {
        var reader = CSVReader(text, delimiter: delimiter)
        var records: [CSVRecord] = []
        while records.count < count, let record = reader.next() {
            if !record.isBlank { records.append(record) }
        }
        return records
    }

    /// The delimiter that makes the most records with a date and an amount in cells of their own; where none does, the
    /// one that makes the most records of the same width.
    private static func delimiter(of text: [UInt8]) -> UInt8? {
        var best: (score: (Int, Int, Int), delimiter: UInt8)?
        for delimiter in delimiters {
            let records = records(of: text, delimiter, upTo: sample)
            var widths: [Int: Int] = [:]
            for record in records where record.cells.count > 1 { widths[record.cells.count, default: 0] += 1 }
            guard let usual = widths.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { continue }
            let telling = records.count { $0.hasDateAndNumber }
            let score = (telling, usual.value, usual.key)
            if best == nil || score > best!.score { best = (score, delimiter) }
        }
        return best?.delimiter
    }

    /// The text without the quotes around each whole line, which some programs add; nil for other texts.
    private static func unwrapped(_ text: [UInt8]) -> [UInt8]? {
        let records = records(of: text, UInt8(ascii: ","), upTo: 20)
        let isWrapped =
            records.count > 1
            && records.allSatisfy { record in
                record.cells.count == 1 && delimiters.contains { record.cells[0].utf8.contains($0) }
            }
        guard isWrapped, text.first == UInt8(ascii: "\"") else { return nil }
        var reader = CSVReader(text, delimiter: UInt8(ascii: ","))
        var lines: [UInt8] = []
        lines.reserveCapacity(text.count)
        while let record = reader.next() {
            lines += record.cells.joined(separator: ",").utf8
            lines.append(10)
        }
        return lines
    }
}

extension CSVRecord {
    /// Whether one cell is a date and another a number, however they are to be read.
    var hasDateAndNumber: Bool {
        var (dates, numbers) = (0, 0)
        for cell in cells {
            if ImportedDate(cell) != nil {
                dates += 1
            } else if ImportedNumber(cell) != nil {
                numbers += 1
            }
        }
        // A date of eight digits may be a number, but not both at once.
        return dates > 0 && numbers + dates > 1
    }
}
