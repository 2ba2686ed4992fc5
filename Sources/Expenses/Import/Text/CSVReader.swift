/// Reads comma-separated values (RFC 4180) out of UTF-8 text, one record at a time.
///
/// It takes what real files hold as well: any delimiter, lines that end with CR, LF or both, a quote within a cell
/// that does not begin with one, text after a closing quote.
package struct CSVReader {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var place = 0
    private var line = 1

    /// Of one record; what is beyond is left out.
    package static let maxCells = 100

    private static let quote = UInt8(ascii: "\"")

    package init(_ bytes: [UInt8], delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
    }

    /// Nil at the end.
    package mutating func next() -> CSVRecord? {
        guard place < bytes.count else { return nil }
        let first = line
        var cells: [String] = []
        while true {
            let (cell, isUnclosed) = readCell()
            if cells.count < CSVReader.maxCells { cells.append(cell) }
            guard !isUnclosed else { return CSVRecord(line: first, cells: cells, isUnclosed: true) }
            guard place < bytes.count else { break }
            if bytes[place] == delimiter {
                place += 1
            } else {
                skipLineEnd()
                break
            }
        }
        return CSVRecord(line: first, cells: cells)
    }

    /// Stops at the delimiter or line end after the cell, or at the end of the file.
    private mutating func readCell() -> (cell: String, isUnclosed: Bool) {
        guard place < bytes.count, bytes[place] == CSVReader.quote else {
            let start = place
            skipPlain()
            return (String(decoding: bytes[start..<place], as: UTF8.self), false)
        }
        place += 1
        var text: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == CSVReader.quote {
                guard place < bytes.count, bytes[place] == CSVReader.quote else {
                    let start = place
                    skipPlain()
                    text += bytes[start..<place]
                    return (String(decoding: text, as: UTF8.self), false)
                }
                place += 1
            } else if byte == 10 || (byte == 13 && !(place < bytes.count && bytes[place] == 10)) {
                line += 1
            }
            text.append(byte)
        }
        return (String(decoding: text, as: UTF8.self), true)
    }

    private mutating func skipPlain() {
        while place < bytes.count, bytes[place] != delimiter, bytes[place] != 10, bytes[place] != 13 {
            place += 1
        }
    }

    private mutating func skipLineEnd() {
        if bytes[place] == 13, place + 1 < bytes.count, bytes[place + 1] == 10 { place += 1 }
        place += 1
        line += 1
    }
}
