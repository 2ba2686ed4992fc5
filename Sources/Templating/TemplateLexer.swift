/// Cuts a template into text and tags, and takes out the lines that hold a block tag alone.
struct TemplateLexer {
    enum Token {
        case text(Range<Int>)
        case tag(Tag, isOnItsOwnLine: Bool, range: Range<Int>)
    }

    private let source: TemplateSource
    private var tokens: [Token] = []
    /// Where the text begins that no token has yet.
    private var textStart = 0

    static func tokens(of source: TemplateSource) throws(TemplateError) -> [Token] {
        var lexer = TemplateLexer(source: source)
        try lexer.run()
        return lexer.tokens
    }

    private init(source: TemplateSource) {
        self.source = source
    }

    private mutating func run() throws(TemplateError) {
        while let open = find(Self.opening, from: textStart) {
            let (tag, end) = try readTag(at: open)
            let line = tag.vanishesFromItsLine ? lineHoldingOnly(open..<end) : nil
            addText(upTo: line?.lowerBound ?? open)
            tokens.append(.tag(tag, isOnItsOwnLine: line != nil, range: open..<end))
            textStart = line?.upperBound ?? end
        }
        addText(upTo: source.bytes.count)
    }

    private mutating func addText(upTo end: Int) {
        if textStart < end { tokens.append(.text(textStart..<end)) }
    }

    private func readTag(at open: Int) throws(TemplateError) -> (Tag, end: Int) {
        let start = open + 2
        if source.bytes[start...].first == UInt8(ascii: "!") {
            let isLong = source.bytes[start...].starts(with: Array("!--".utf8))
            let closing = isLong ? Self.longClosing : Self.closing
            guard let close = find(closing, from: isLong ? start + 3 : start) else {
                throw source.error(
                    at: open, "this comment is never closed; end it with \(isLong ? "--}}" : "}}")")
            }
            return (.comment, close + closing.count)
        }
        guard let close = find(Self.closing, from: start) else {
            throw source.error(at: open, "this tag is never closed; end it with }}")
        }
        do {
            return (try TagReader.read(source.text(start..<close)), close + 2)
        } catch {
            throw source.error(at: open, error.message)
        }
    }

    private static let opening = Array("{{".utf8)
    private static let closing = Array("}}".utf8)
    private static let longClosing = Array("--}}".utf8)

    private func find(_ pattern: [UInt8], from start: Int) -> Int? {
        let bytes = source.bytes
        var offset = start
        while offset + pattern.count <= bytes.count {
            if bytes[offset] == pattern[0], bytes[offset..<offset + pattern.count] == pattern[...] {
                return offset
            }
            offset += 1
        }
        return nil
    }

    /// The whole line with its line break, when nothing but blanks stands beside the tag.
    private func lineHoldingOnly(_ tag: Range<Int>) -> Range<Int>? {
        let bytes = source.bytes
        var start = tag.lowerBound
        while start > 0, Self.isBlank(bytes[start - 1]) { start -= 1 }
        guard start == 0 || bytes[start - 1] == UInt8(ascii: "\n") else { return nil }
        var end = tag.upperBound
        while end < bytes.count, Self.isBlank(bytes[end]) || bytes[end] == UInt8(ascii: "\r") { end += 1 }
        guard end < bytes.count else { return start..<end }
        return bytes[end] == UInt8(ascii: "\n") ? start..<end + 1 : nil
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
    }
}
