/// `field-name ":" OWS field-value OWS` (RFC 9112 §5), as ranges of the line.
struct FieldLine {
    let name: Range<Int>
    let value: Range<Int>

    /// `line` has no line end. Refuses what lets two readers differ: a space before the colon, a line that
    /// continues the one before it (obs-fold), control characters, an empty name.
    init(parsing line: Span<UInt8>) throws(RequestError) {
        var index = 0
        while index < line.count, line[index].isTokenCharacter { index += 1 }
        guard index > 0, index < line.count, line[index] == Byte.colon else {
            throw RequestError(.badRequest, "A header field has no valid name.")
        }
        name = 0..<index

        let content = line.extracting((index + 1)..<line.count).trimmedRange
        let start = index + 1 + content.lowerBound
        let end = index + 1 + content.upperBound
        value = start..<end
        index = start
        while index < end {
            guard line[index].isFieldValueCharacter else {
                throw RequestError(.badRequest, "A header field has a control character in its value.")
            }
            index += 1
        }
    }
}
