/// Finds the next line of a buffer that grows, looking at each byte once.
struct LineReader {
    /// Where the next line starts.
    private(set) var position = 0
    /// Bytes before it hold no line end.
    private var searched = 0

    /// The next line without its CRLF, or nil when its end has not arrived. A line that ends with LF alone is
    /// refused: others may not take it for a line (RFC 9112 §2.2 lets us choose).
    mutating func next(in bytes: Span<UInt8>) throws(RequestError) -> Range<Int>? {
        guard let lineFeed = bytes.firstIndex(of: Byte.lineFeed, from: max(position, searched)) else {
            searched = bytes.count
            return nil
        }
        guard lineFeed > position, bytes[lineFeed - 1] == Byte.carriageReturn else {
            throw RequestError(.badRequest, "A line ends with LF alone.")
        }
        let line = position..<(lineFeed - 1)
        position = lineFeed + 1
        return line
    }
}
