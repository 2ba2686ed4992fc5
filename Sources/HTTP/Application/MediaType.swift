/// Media types (RFC 9110 §8.3.1): reading them, and the ones of files.
package enum MediaType {
    /// `type/subtype` in lower case, without parameters: `text/csv` for `Text/CSV; charset=utf-8`.
    package static func essence(of value: String) -> String {
        let end = value.utf8.firstIndex(of: Byte.semicolon) ?? value.endIndex
        let essence = value.utf8[..<end].filter { $0 != Byte.space && $0 != Byte.tab }
        return String(decoding: essence.map(\.lowercased), as: UTF8.self)
    }

    /// The value of a parameter, its quotes removed: `boundary` of `multipart/form-data; boundary="x"`.
    package static func parameter(_ name: String, of value: String) -> String? {
        var rest = value.utf8.drop { $0 != Byte.semicolon }
        while rest.popFirst() != nil {
            rest = rest.drop { $0 == Byte.space || $0 == Byte.tab }
            let found = rest.prefix { $0.isTokenCharacter }
            rest = rest.dropFirst(found.count)
            guard rest.first == Byte.equals else {
                rest = rest.drop { $0 != Byte.semicolon }
                continue
            }
            rest = rest.dropFirst()
            var text: [UInt8] = []
            if rest.first == Byte.quote {
                rest = rest.dropFirst()
                while let byte = rest.popFirst(), byte != Byte.quote {
                    if byte == Byte.backslash, let escaped = rest.popFirst() {
                        text.append(escaped)
                    } else {
                        text.append(byte)
                    }
                }
            } else {
                text = Array(rest.prefix { $0.isTokenCharacter })
            }
            if found.elementsEqual(name.utf8, by: { $0.lowercased == $1.lowercased }) {
                return String(decoding: text, as: UTF8.self)
            }
            rest = rest.drop { $0 != Byte.semicolon }
        }
        return nil
    }

    /// The `Content-Type` of a file of that name, by its extension; bytes of no known kind without one.
    static func ofFile(named name: String) -> String {
        let dot = name.utf8.lastIndex(of: UInt8(ascii: "."))
        let ending = dot.map { name[name.utf8.index(after: $0)...].lowercased() } ?? ""
        return byExtension[ending] ?? "application/octet-stream"
    }

    /// Whether a body of that type becomes much smaller when it is compressed.
    static func isCompressible(_ type: String) -> Bool {
        let essence = essence(of: type)
        return essence.hasPrefix("text/") || essence.hasSuffix("json") || essence.hasSuffix("xml")
            || essence == "application/wasm"
    }

    private static let byExtension = [
        "avif": "image/avif",
        "css": "text/css; charset=utf-8",
        "csv": "text/csv; charset=utf-8",
        "gif": "image/gif",
        "htm": "text/html; charset=utf-8",
        "html": "text/html; charset=utf-8",
        "ico": "image/vnd.microsoft.icon",
        "jpeg": "image/jpeg",
        "jpg": "image/jpeg",
        "js": "text/javascript; charset=utf-8",
        "json": "application/json",
        "map": "application/json",
        "mjs": "text/javascript; charset=utf-8",
        "pdf": "application/pdf",
        "png": "image/png",
        "svg": "image/svg+xml",
        "txt": "text/plain; charset=utf-8",
        "wasm": "application/wasm",
        "webmanifest": "application/manifest+json",
        "webp": "image/webp",
        "woff": "font/woff",
        "woff2": "font/woff2",
        "xml": "application/xml",
    ]
}
