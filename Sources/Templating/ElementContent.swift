/// What a browser reads between an element's tags.
enum ElementContent: Equatable {
    case normal
    /// Text with character references, to the end tag.
    case textOnly
    /// Bytes as they are, to the end tag.
    case raw

    init(of element: String) {
        switch element {
        case "textarea", "title": self = .textOnly
        case "script", "style", "iframe", "xmp", "noembed", "noframes", "plaintext": self = .raw
        default: self = .normal
        }
    }
}
