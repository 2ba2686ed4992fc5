/// Where in the HTML a template has got to, followed byte by byte (HTML Standard §13.2.5).
///
/// It knows just enough of the tokenizer to tell what a variable standing here would become.
struct HTMLContext: Equatable, Sendable {
    enum State: Equatable, Sendable {
        case text
        case tagOpen, endTagOpen, tagName
        /// Between attributes, after a blank.
        case inTag
        case attributeName, afterAttributeName, beforeValue, afterValue
        /// Branches ended in different places of the same tag: only a blank or the tag's end may follow.
        case needsBlank
        case value(quote: UInt8)
        case unquotedValue
        /// `<!` and the dashes after it, up to what decides whether it is a comment.
        case declarationStart(dashes: Int)
        /// A doctype or what browsers treat as a comment, to the next `>`.
        case declaration
        /// Right after `<!--`, where `>` and `->` close but `--!>` does not.
        case commentStart(hasDash: Bool)
        case comment(dashes: Int, bang: Bool)
        /// The inside of an element that holds no tags; `matched` bytes of its end tag have been seen.
        case elementText(matched: Int)
    }

    struct Problem: Error { let message: String }

    private(set) var state = State.text
    /// The current tag's name in lower case.
    private(set) var element = LowercasedName()
    private(set) var attribute = LowercasedName()
    private(set) var address = AddressState.start
    /// What the value is that began last.
    private var kind = AttributeKind.plain
    /// Whether the open value is an address, also of a script or a style sheet, where the template alone may say it.
    private var holdsAddress = false
    private var isEndTag = false
    /// Whether nothing has followed the start tag of an element that swallows its first line break.
    private(set) var isAtElementStart = false

    static let start = HTMLContext()

    /// Whether what comes next begins the value of an attribute that holds an address.
    var isAtAddressStart: Bool {
        guard case .value = state, holdsAddress else { return false }
        return address == .start
    }

    mutating func advance(over bytes: some Sequence<UInt8>) throws(Problem) {
        for byte in bytes { try advance(over: byte) }
    }

    mutating func advance(over byte: UInt8) throws(Problem) {
        isAtElementStart = false
        switch state {
        case .text:
            if byte == UInt8(ascii: "<") { state = .tagOpen }
        case .tagOpen: afterLessThan(byte)
        case .endTagOpen: afterEndTagOpen(byte)
        case .tagName:
            if !endsTagOrBlank(byte) { element.append(lowercased: byte) }
        case .inTag, .afterValue, .afterAttributeName: try betweenAttributes(byte)
        case .needsBlank:
            guard endsTagOrBlank(byte) else {
                throw Problem(
                    message: "put a blank after the closing tag: its branches end in different places")
            }
        case .attributeName:
            if byte == UInt8(ascii: "=") {
                state = .beforeValue
            } else if isBlank(byte) {
                state = .afterAttributeName
            } else if !endsTagOrBlank(byte) {
                attribute.append(lowercased: byte)
            }
        case .beforeValue: startValue(byte)
        case .value(let quote):
            if byte == quote {
                state = .afterValue
                holdsAddress = false
            } else if holdsAddress {
                try address.advance(over: byte)
            }
        case .unquotedValue:
            if isBlank(byte) {
                state = .inTag
            } else if byte == UInt8(ascii: ">") {
                endTag()
            }
        case .declarationStart(let dashes): try afterDeclarationStart(byte, dashes: dashes)
        case .declaration:
            if byte == UInt8(ascii: ">") { state = .text }
        case .commentStart(let hasDash): atCommentStart(byte, hasDash: hasDash)
        case .comment(let dashes, let bang): inComment(byte, dashes: dashes, bang: bang)
        case .elementText(let matched): try inElementText(byte, matched: matched)
        }
    }

    private mutating func afterLessThan(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "/"): state = .endTagOpen
        case UInt8(ascii: "!"): state = .declarationStart(dashes: 0)
        case UInt8(ascii: "?"): state = .declaration
        case UInt8(ascii: "<"): state = .tagOpen
        case _ where isLetter(byte): startTag(byte, isEnd: false)
        default: state = .text
        }
    }

    private mutating func afterEndTagOpen(_ byte: UInt8) {
        if isLetter(byte) {
            startTag(byte, isEnd: true)
        } else {
            state = byte == UInt8(ascii: ">") ? .text : .declaration
        }
    }

    private mutating func startTag(_ byte: UInt8, isEnd: Bool) {
        element = LowercasedName()
        element.append(lowercased: byte)
        isEndTag = isEnd
        state = .tagName
    }

    /// Handles what a blank, `/` or `>` does anywhere in a tag; false for any other byte.
    private mutating func endsTagOrBlank(_ byte: UInt8) -> Bool {
        if isBlank(byte) || byte == UInt8(ascii: "/") {
            state = .inTag
        } else if byte == UInt8(ascii: ">") {
            endTag()
        } else {
            return false
        }
        return true
    }

    private mutating func endTag() {
        state = .text
        guard !isEndTag else { return }
        let name = element.text
        if ElementContent(of: name) != .normal { state = .elementText(matched: 0) }
        isAtElementStart = name == "textarea" || name == "pre" || name == "listing"
    }

    private mutating func betweenAttributes(_ byte: UInt8) throws(Problem) {
        if byte == UInt8(ascii: "="), state == .afterAttributeName {
            state = .beforeValue
        } else if isBlank(byte), state == .afterAttributeName {
            return
        } else if !endsTagOrBlank(byte) {
            guard state != .afterValue else {
                throw Problem(message: "put a blank between one attribute and the next")
            }
            attribute = LowercasedName()
            attribute.append(lowercased: byte)
            state = .attributeName
        }
    }

    private mutating func startValue(_ byte: UInt8) {
        address = .start
        let name = attribute.text
        kind = AttributeKind(element: element.text, attribute: name)
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
            state = .value(quote: byte)
            holdsAddress = kind == .address || (kind == .refused && (name == "href" || name == "src"))
        } else if byte == UInt8(ascii: ">") {
            endTag()
        } else if !isBlank(byte) {
            state = .unquotedValue
        }
    }

    private mutating func afterDeclarationStart(_ byte: UInt8, dashes: Int) throws(Problem) {
        if byte == UInt8(ascii: "-") {
            state = dashes == 1 ? .commentStart(hasDash: false) : .declarationStart(dashes: 1)
        } else if byte == UInt8(ascii: "["), dashes == 0 {
            throw Problem(message: "HTML has no <![CDATA[; write the text itself")
        } else {
            state = byte == UInt8(ascii: ">") ? .text : .declaration
        }
    }

    private mutating func atCommentStart(_ byte: UInt8, hasDash: Bool) {
        switch byte {
        case UInt8(ascii: "-"):
            state = hasDash ? .comment(dashes: 2, bang: false) : .commentStart(hasDash: true)
        case UInt8(ascii: ">"): state = .text
        default: state = .comment(dashes: 0, bang: false)
        }
    }

    /// A comment ends with `-->` or `--!>`.
    private mutating func inComment(_ byte: UInt8, dashes: Int, bang: Bool) {
        switch byte {
        case UInt8(ascii: "-"): state = .comment(dashes: bang ? 1 : dashes + 1, bang: false)
        case UInt8(ascii: "!") where dashes >= 2 && !bang: state = .comment(dashes: dashes, bang: true)
        case UInt8(ascii: ">") where dashes >= 2: state = .text
        default: state = .comment(dashes: 0, bang: false)
        }
    }

    private mutating func inElementText(_ byte: UInt8, matched: Int) throws(Problem) {
        let endTag = [UInt8(ascii: "<"), UInt8(ascii: "/")] + element.bytes
        if matched == endTag.count, isBlank(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ">") {
            isEndTag = true
            _ = endsTagOrBlank(byte)
        } else if matched < endTag.count,
            byte == endTag[matched] || byte | 0x20 == endTag[matched] && matched > 1
        {
            state = .elementText(matched: matched + 1)
        } else if matched == 1, element.text == "script", byte == UInt8(ascii: "!") {
            // `<!--` and then `<script` would make the next `</script>` part of the script.
            throw Problem(message: "a <script> holds no <!; write the script without")
        } else if matched > 1 || matched == 1 && (isLetter(byte) || byte == UInt8(ascii: "!")),
            ElementContent(of: element.text) == .textOnly
        {
            // Within SVG these elements hold tags after all, and then what follows would be read as markup.
            throw Problem(message: "<\(element.text)> holds no tags; write &lt; for a < in it")
        } else {
            state = .elementText(matched: byte == UInt8(ascii: "<") ? 1 : 0)
        }
    }
}

extension HTMLContext {
    /// How a variable standing here is escaped; moves past it.
    mutating func escapingOfVariable() throws(Problem) -> Escaping {
        defer { isAtElementStart = false }
        switch state {
        case .text:
            return isAtElementStart ? .afterStartTag : .markup
        case .elementText(matched: 0):
            guard ElementContent(of: element.text) == .textOnly else {
                throw Problem(
                    message: "a variable inside <\(element.text)> cannot be made safe; put it in an attribute"
                )
            }
            return isAtElementStart ? .afterStartTag : .markup
        case .value:
            switch kind {
            case .plain: return .markup
            case .address: return try address.escapingOfVariable()
            case .refused:
                throw Problem(
                    message:
                        "a variable in the attribute `\(attribute.text)` of <\(element.text)> cannot be made safe"
                )
            }
        case .beforeValue, .unquotedValue:
            throw Problem(message: "put the value of `\(attribute.text)` in quotes")
        case .tagOpen, .endTagOpen, .tagName, .elementText:
            throw Problem(message: "a variable cannot be the name of a tag, nor a part of it")
        case .inTag, .attributeName, .afterAttributeName, .afterValue, .needsBlank:
            throw Problem(
                message:
                    "a variable cannot be an attribute or its name; write name=\"{{…}}\", or {{#if …}}name{{/if}}"
            )
        case .declarationStart, .declaration, .commentStart, .comment:
            throw Problem(message: "a variable inside an HTML comment or declaration cannot be made safe")
        }
    }

    /// The context after either of two ways that lead here; nil when they differ in what follows.
    func joined(with other: HTMLContext) -> HTMLContext? {
        if self == other { return self }
        var result = self
        if case .value = state, state == other.state, element == other.element, attribute == other.attribute {
            result.address = address.joined(with: other.address)
            return result
        }
        if state == other.state,
            state == .text || state == .elementText(matched: 0) && element == other.element
        {
            result.isAtElementStart = isAtElementStart && other.isAtElementStart
            return result
        }
        guard isBetweenAttributes, other.isBetweenAttributes, element == other.element,
            isEndTag == other.isEndTag
        else { return nil }
        result.attribute = LowercasedName()
        result.state = state == .inTag && other.state == .inTag ? .inTag : .needsBlank
        return result
    }

    /// Whether this is the value of an attribute in single quotes.
    var isBetweenApostrophes: Bool { state == .value(quote: UInt8(ascii: "'")) }

    /// For a message: where this is, in words.
    var place: String {
        switch state {
        case .text: "text"
        case .tagOpen, .endTagOpen, .tagName, .inTag, .attributeName, .afterAttributeName, .beforeValue,
            .afterValue,
            .needsBlank, .unquotedValue:
            "the inside of a tag"
        case .value: "the value of `\(attribute.text)`"
        case .declarationStart, .declaration, .commentStart, .comment: "a comment or declaration"
        case .elementText: "the inside of <\(element.text)>"
        }
    }

    private var isBetweenAttributes: Bool {
        switch state {
        case .tagName, .inTag, .attributeName, .afterAttributeName, .afterValue, .needsBlank: true
        case .text, .tagOpen, .endTagOpen, .beforeValue, .value, .unquotedValue, .declarationStart,
            .declaration, .commentStart, .comment, .elementText:
            false
        }
    }
}

private func isBlank(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20: true
    default: false
    }
}

private func isLetter(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
}
