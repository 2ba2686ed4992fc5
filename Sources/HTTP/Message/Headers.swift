/// Header fields in the order they were given. Names are compared without regard to case (RFC 9110 §5.1).
///
/// Those of a request that came over the wire stay bytes until a field is asked for.
package struct Headers: Sendable, ExpressibleByDictionaryLiteral {
    package struct Field: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    private enum Storage {
        case received(RequestHead)
        case made([Field])
    }

    private var storage: Storage

    package init() {
        storage = .made([])
    }

    package init(dictionaryLiteral elements: (String, String)...) {
        self.init()
        for (name, value) in elements { add(name, value) }
    }

    init(of head: RequestHead) {
        storage = .received(head)
    }

    /// Getting gives the first value of that name. Setting replaces all of them, at the place of the first, or
    /// removes them with nil.
    package subscript(_ name: String) -> String? {
        get {
            switch storage {
            case .received(let head): head.firstValue(of: name)
            case .made(let fields): fields.first { $0.isNamed(name) }?.value
            }
        }
        set {
            var fields = fields
            let place = fields.firstIndex { $0.isNamed(name) }
            fields.removeAll { $0.isNamed(name) }
            if let newValue {
                fields.insert(Field(checking: name, newValue), at: place ?? fields.endIndex)
            }
            storage = .made(fields)
        }
    }

    /// Every value of that name, in order.
    package func values(_ name: String) -> [String] {
        switch storage {
        case .received(let head): head.values(of: name)
        case .made(let fields): fields.filter { $0.isNamed(name) }.map(\.value)
        }
    }

    /// Adds a field after the others. A name that is no token, or a value with CR, LF or NUL, would let its
    /// author write the rest of the message: that is a programming error and stops the program.
    package mutating func add(_ name: String, _ value: String) {
        let field = Field(checking: name, value)
        switch storage {
        case .received:
            storage = .made(fields + [field])
        case .made(var fields):
            storage = .made([])
            fields.append(field)
            storage = .made(fields)
        }
    }

    /// Adds all of `other`'s fields after these; they were checked when `other` was made.
    package mutating func append(contentsOf other: Headers) {
        var fields = fields
        storage = .made([])
        fields += other.fields
        storage = .made(fields)
    }

    package var fields: [Field] {
        switch storage {
        case .received(let head): head.fieldList
        case .made(let fields): fields
        }
    }
}

extension Headers.Field {
    init(name: String, receivedValue value: String) {
        self.name = name
        self.value = value
    }

    fileprivate init(checking name: String, _ value: String) {
        precondition(!name.isEmpty && name.utf8.allSatisfy(\.isTokenCharacter), "a field name is a token")
        precondition(
            value.utf8.allSatisfy { $0 != Byte.carriageReturn && $0 != Byte.lineFeed && $0 != 0 },
            "a field value with CR, LF or NUL would break the message")
        self.name = name
        self.value = value
    }

    func isNamed(_ other: String) -> Bool {
        name.utf8.count == other.utf8.count
            && zip(name.utf8, other.utf8).allSatisfy { $0.lowercased == $1.lowercased }
    }
}
