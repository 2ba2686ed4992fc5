/// The conditions of a request (RFC 9110 §13).
package struct Preconditions: Sendable {
    package enum Outcome: Equatable, Sendable {
        case proceed
        /// 304
        case notModified
        /// 412
        case failed
    }

    private let headers: Headers

    package init(_ headers: Headers) {
        self.headers = headers
    }

    /// For GET and HEAD of something that exists, in the order of RFC 9110 §13.2.2.
    package func evaluate(_ validators: Validators) -> Outcome {
        if headers["If-Match"] != nil {
            guard allowsChange(of: validators.entityTag) else { return .failed }
        } else if let date = headers["If-Unmodified-Since"].flatMap({ HTTPDate.parse($0) }) {
            guard validators.lastModified <= date else { return .failed }
        }
        if headers["If-None-Match"] != nil {
            return isKnown(validators.entityTag) ? .notModified : .proceed
        }
        if let date = headers["If-Modified-Since"].flatMap({ HTTPDate.parse($0) }) {
            return validators.lastModified <= date ? .notModified : .proceed
        }
        return .proceed
    }

    /// For a method that changes something that exists: whether `If-Match`, where it is there, names its state.
    package func allowsChange(of entityTag: String) -> Bool {
        guard let tags = list("If-Match") else { return true }
        return tags.contains { $0 == "*" || $0 == entityTag }
    }

    /// Whether `If-None-Match` says that the client has the representation with this tag already.
    package func isKnown(_ entityTag: String) -> Bool {
        list("If-None-Match")?.contains { $0 == "*" || Self.opaque($0) == entityTag } ?? false
    }

    /// Whether `Range` counts (RFC 9110 §13.1.5). Only a strong tag or the very same date will do, since two parts are
    /// to fit together.
    package static func allowsRange(ifRange value: String?, _ validators: Validators) -> Bool {
        guard let value else { return true }
        if value.hasSuffix("\"") { return value == validators.entityTag }
        return HTTPDate.parse(value) == validators.lastModified
    }

    /// The entity tags of a field; nil where the field is absent. A comma may stand within a tag's quotes.
    private func list(_ name: String) -> [String]? {
        let values = headers.values(name)
        return values.isEmpty ? nil : FieldList.split(values.joined(separator: ","), at: Byte.comma)
    }

    /// A tag without the mark of a weak one: for the comparison where weak is enough.
    private static func opaque(_ tag: String) -> Substring {
        tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
    }
}
