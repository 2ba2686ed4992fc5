/// What an attribute's value is to a browser.
enum AttributeKind: Equatable {
    case plain
    case address
    /// Code, or a language of its own.
    case refused

    init(element: String, attribute: String) {
        switch element {
        // Where a script, a stylesheet or every other address comes from, and what the whole page does.
        case "script", "link", "base", "meta":
            self = .refused
            return
        // They give another element's attribute a value, which may be an address.
        case "set", "animate", "animatetransform", "animatemotion", "animatecolor", "discard":
            self = .refused
            return
        default: break
        }
        switch attribute {
        case "href", "src", "action", "formaction", "xlink:href", "poster", "cite", "ping", "background",
            "manifest",
            "longdesc", "codebase":
            self = .address
        case "data" where element == "object": self = .address
        case "style", "srcdoc", "srcset", "imagesrcset", "attributionsrc", "http-equiv", "sandbox", "allow",
            "csp":
            self = .refused
        default: self = attribute.hasPrefix("on") ? .refused : .plain
        }
    }
}
