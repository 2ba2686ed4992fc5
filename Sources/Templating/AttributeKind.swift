/// What an attribute's value is to a browser.
enum AttributeKind: Equatable {
    case plain
    case address
    /// Code, or a language of its own.
    case refused

    init(element: String, attribute: String) {
        if Self.refusedElements.contains(element) {
            self = .refused
        } else if let kind = Self.attributes[attribute] {
            self = kind
        } else if attribute == "data", element == "object" {
            self = .address
        } else {
            self = attribute.hasPrefix("on") ? .refused : .plain
        }
    }

    private static let refusedElements: Set = [
        // Where a script, a stylesheet or every other address comes from, and what the whole page does.
        "script", "link", "base", "meta",
        // They give another element's attribute a value, which may be an address.
        "set", "animate", "animatetransform", "animatemotion", "animatecolor", "discard",
    ]

    private static let attributes: [String: AttributeKind] = [
        "href": .address, "src": .address, "action": .address, "formaction": .address,
        "xlink:href": .address, "poster": .address, "cite": .address, "ping": .address,
        "background": .address, "manifest": .address, "longdesc": .address, "codebase": .address,
        "style": .refused, "srcdoc": .refused, "srcset": .refused, "imagesrcset": .refused,
        "attributionsrc": .refused, "http-equiv": .refused, "sandbox": .refused, "allow": .refused,
        "csp": .refused,
    ]
}
