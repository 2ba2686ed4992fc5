/// Reads comma-separated values (RFC 4180) out of UTF-8 text, one record at a time.
///
/// It takes what real files hold as well: any delimiter, lines that end with CR, LF or both, a quote within a cell
/// that does not begin with one, text after a closing quote.
package struct CSVReader {
    private let bytes: [UInt8]
    private let delimiter: UInt8
    private var place = 0
    private var line = 1

    /// Of one record; what is beyond is left out, and the record says so where it is not blank.
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
        var (isUnclosed, isTooWide) = (false, false)
        while true {
            let cell = readCell(isUnclosed: &isUnclosed)
            if cells.count < CSVReader.maxCells {
                cells.append(cell)
            } else if !cell.utf8.allSatisfy({ $0 == 32 || $0 == 9 }) {
                isTooWide = true
            }
            guard place < bytes.count else { break }
            if bytes[place] == delimiter {
                place += 1
            } else {
                skipLineEnd()
                break
            }
        }
        return CSVRecord(line: first, cells: cells, isUnclosed: isUnclosed, isTooWide: isTooWide)
    }

    /// Stops at the delimiter or line end after the cell, or at the end of the file.
    private mutating func readCell(isUnclosed: inout Bool) -> String {
        let start = place
        if place < bytes.count, bytes[place] == CSVReader.quote {
            let startLine = line
            if let text = readQuoted(isUnclosed: &isUnclosed) { return text }
            // The quote is a part of the text. Each byte is read at most twice: another cell opened by a quote can only
            // begin behind the quote that ended this one.
            (place, line) = (start, startLine)
        }
        skipPlain()
        return String(decoding: bytes[start..<place], as: UTF8.self)
    }

    /// Nil where the cell goes on over a line end and does not end as a cell in quotes does, so that it would swallow lines.
    private mutating func readQuoted(isUnclosed: inout Bool) -> String? {
        let startLine = line
        place += 1
        var text: [UInt8] = []
        while place < bytes.count {
            let byte = bytes[place]
            place += 1
            if byte == CSVReader.quote {
                guard place < bytes.count, bytes[place] == CSVReader.quote else {
                    let start = place
                    skipPlain()
                    if line > startLine, bytes[start..<place].contains(where: { $0 != 32 && $0 != 9 }) {
                        return nil
                    }
                    text += bytes[start..<place]
                    return String(decoding: text, as: UTF8.self)
                }
                place += 1
            } else if byte == 10 || (byte == 13 && !(place < bytes.count && bytes[place] == 10)) {
                line += 1
            }
            text.append(byte)
        }
        isUnclosed = true
        return nil
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
