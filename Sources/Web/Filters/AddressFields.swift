import Templating

/// Puts `?` before the first field of an address as HTML writes it, and `&amp;` before the others.
struct AddressFields {
    private var isFirst = true
    private let start: StaticString

    /// - Parameter start: before the first field.
    init(start: StaticString = "?") { self.start = start }

    /// - Parameter name: with its `=`.
    mutating func begin(_ name: StaticString, in output: inout Output) {
        output.append(isFirst ? start : "&amp;")
        isFirst = false
        output.append(name)
    }
}
