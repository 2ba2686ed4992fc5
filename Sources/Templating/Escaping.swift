/// How a variable's text is written where it stands, so that a browser reads that very text back.
enum Escaping: Sendable, Equatable {
    /// Text and quoted attribute values.
    case markup
    /// Right after a tag that swallows one line break (`<textarea>`, `<pre>`): another is put before the text's own.
    case afterStartTag
    /// The beginning of an address: a scheme other than http, https and mailto makes it `#`.
    case address
    /// Follows text that is not yet a scheme: a `:` that would make it one is percent-encoded.
    case addressContinuation
}

extension Output {
    /// Escapes what has been appended since `place`.
    mutating func escape(since place: Int, as escaping: Escaping) {
        guard !isFull else { return }
        switch escaping {
        case .markup: break
        case .afterStartTag:
            if bytes(since: place, { $0.first }) == UInt8(ascii: "\n") { doubleFirstByte(since: place) }
        case .address:
            if !bytes(since: place, Self.hasHarmlessScheme) {
                rewind(to: place)
                append(UInt8(ascii: "#"))
            }
        case .addressContinuation:
            encodeColons(since: place)
        }
        if mayHoldSpecial(since: place) { replaceSpecial(since: place) }
    }

    /// Where a path of this site has been appended since `place`, its base path is put before it: it begins with one `/`.
    mutating func insert(_ basePath: [UInt8], beforePathSince place: Int) {
        guard !isFull else { return }
        var address: [UInt8] = []
        bytes(since: place) { bytes in
            guard bytes.first == UInt8(ascii: "/"), bytes.count == 1 || bytes[1] != UInt8(ascii: "/") else {
                return
            }
            address += basePath
            for index in bytes.indices { address.append(bytes[index]) }
        }
        guard !address.isEmpty else { return }
        rewind(to: place)
        append(address.span)
    }

    private mutating func doubleFirstByte(since place: Int) {
        var text: [UInt8] = []
        bytes(since: place) { bytes in
            text.append(bytes[0])
            for index in bytes.indices { text.append(bytes[index]) }
        }
        rewind(to: place)
        append(text.span)
    }

    /// Encodes each `:` before the first `/`, `?` or `#`, after which none can end a scheme.
    private mutating func encodeColons(since place: Int) {
        var text: [UInt8] = []
        bytes(since: place) { bytes in
            var isOpen = true
            for index in bytes.indices {
                let byte = bytes[index]
                if byte == UInt8(ascii: "/") || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "#") {
                    isOpen = false
                }
                if isOpen, byte == UInt8(ascii: ":") { text += "%3A".utf8 } else { text.append(byte) }
            }
        }
        rewind(to: place)
        append(text.span)
    }

    /// Reads as a browser does: leading blanks and controls are dropped, tabs and line breaks everywhere
    /// (URL Standard §4.4).
    private static func hasHarmlessScheme(_ bytes: Span<UInt8>) -> Bool {
        // Most addresses are paths.
        if bytes.first == UInt8(ascii: "/") { return true }
        var scheme = ""
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case 0...0x20 where scheme.isEmpty: continue
            case 0x09, 0x0A, 0x0D: continue
            case UInt8(ascii: ":"): return scheme.isEmpty || AddressState.allowedSchemes.contains(scheme)
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                scheme.unicodeScalars.append(Unicode.Scalar(byte | 0x20))
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
                scheme.unicodeScalars.append(Unicode.Scalar(byte))
            default: return true
            }
        }
        return true
    }
}

extension Span<UInt8> {
    fileprivate var first: UInt8? { isEmpty ? nil : self[0] }
}
