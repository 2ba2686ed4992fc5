/// A variable's name: `amount`, `frame.title`.
struct Path: Sendable, Equatable, CustomStringConvertible {
    let segments: [String]

    var description: String { segments.joined(separator: ".") }
}
