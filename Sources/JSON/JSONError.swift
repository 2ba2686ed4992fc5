/// Why bytes are no JSON that is taken, and where.
package struct JSONError: Error, Hashable {
    package enum Reason: Hashable, Sendable {
        /// No JSON (RFC 8259), or another value than the one asked for.
        case malformed
        /// An object has two members of this name.
        case repeated(String)
        /// Arrays and objects in one another, more than `JSONReader.deepest`.
        case tooDeep
        /// A string, or the number of an object's members, is longer than is taken from a source.
        case tooLong
        /// The source could not be read.
        case unreadable
        /// Good JSON that its reader does not want; it knows why.
        case refused
    }

    package let reason: Reason
    /// How many bytes stand before the mistake.
    package let offset: Int
}

extension JSONError: CustomStringConvertible {
    package var description: String {
        switch reason {
        case .malformed: "This is not the JSON that is expected here, from byte \(offset) on."
        case .repeated(let name): "The member “\(name.prefix(40))” is there twice, before byte \(offset)."
        case .refused: "The value before byte \(offset) is not taken."
        case .tooLong: "What stands at byte \(offset) is too long."
        case .unreadable: "The file could not be read from byte \(offset) on."
        case .tooDeep: "Arrays and objects are nested too deep, at byte \(offset)."
        }
    }
}
