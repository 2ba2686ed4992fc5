/// The fields of a form or a query in order; a name may occur several times.
package struct FormData: Sendable, Equatable {
    package struct Field: Hashable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Fields that a body may have; more is answered 413.
    package static let maxFields = 1000

    package var fields: [Field]

    package init(_ fields: [(name: String, value: String)] = []) {
        self.fields = fields.map { Field(name: $0.name, value: $0.value) }
    }

    /// Parses as WHATWG's `application/x-www-form-urlencoded` parser does, which reads anything.
    package init(urlEncoded bytes: Span<UInt8>) {
        fields = []
        var start = 0
        while start < bytes.count {
            let end = bytes.firstIndex(of: Byte.ampersand, from: start) ?? bytes.count
            let pair = bytes.extracting(start..<end)
            start = end + 1
            guard !pair.isEmpty else { continue }
            let mark = pair.firstIndex(of: Byte.equals) ?? pair.count
            fields.append(
                Field(
                    name: PercentEncoding.decodeForm(pair.extracting(..<mark)),
                    value: PercentEncoding.decodeForm(pair.extracting(min(mark + 1, pair.count)...))))
        }
    }

    package init(urlEncoded bytes: [UInt8]) {
        self.init(urlEncoded: bytes.span)
    }

    package init(urlEncoded text: String) {
        self.init(urlEncoded: text.utf8.span)
    }

    /// The first value of that name. Names are case-sensitive.
    package subscript(_ name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// Every value of that name, in order.
    package func values(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    package mutating func append(_ name: String, _ value: String) {
        fields.append(Field(name: name, value: value))
    }

    /// As WHATWG's serializer writes it; what `init(urlEncoded:)` reads back unchanged.
    package var urlEncoded: String {
        var bytes: [UInt8] = []
        for field in fields {
            if !bytes.isEmpty { bytes.append(Byte.ampersand) }
            PercentEncoding.appendQueryComponent(field.name, to: &bytes)
            bytes.append(Byte.equals)
            PercentEncoding.appendQueryComponent(field.value, to: &bytes)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
