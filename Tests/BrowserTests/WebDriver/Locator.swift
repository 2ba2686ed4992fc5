/// How a person, or a test, tells which part of the page is meant.
struct Locator: Sendable {
    var strategy: String
    var selector: String
    /// As it stands in error messages.
    var spoken: String

    var query: JSON { ["using": .string(strategy), "value": .string(selector)] }

    static func css(_ selector: String) -> Locator {
        Locator(strategy: "css selector", selector: selector, spoken: selector)
    }

    static func xpath(_ selector: String, _ spoken: String) -> Locator {
        Locator(strategy: "xpath", selector: selector, spoken: spoken)
    }

    /// A link by what it says, or by the start of what it is called for a screen reader.
    static func link(_ name: String) -> Locator {
        xpath("//a[\(named(name))]", "the link “\(name)”")
    }

    static func button(_ name: String) -> Locator {
        xpath("//button[\(named(name))]", "the button “\(name)”")
    }

    /// An input, select or textarea by its label; the label may go on with a unit or a hint.
    static func field(_ label: String) -> Locator {
        let text = literal(label)
        let isLabel = "normalize-space(text()[normalize-space()][1])=\(text) or normalize-space()=\(text)"
        let inside = "//label[\(isLabel)]//*[self::input or self::select or self::textarea]"
        let named = "//*[@id=//label[\(isLabel)]/@for]"
        return xpath("\(named)|\(inside)", "the field “\(label)”")
    }

    /// Any element whose whole text this is.
    static func text(_ text: String) -> Locator {
        xpath("//*[normalize-space()=\(literal(text))]", "“\(text)”")
    }

    private static func named(_ name: String) -> String {
        let text = literal(name)
        return "normalize-space()=\(text) or @aria-label=\(text) or starts-with(@aria-label, \(text))"
    }

    /// XPath knows no escapes in its strings.
    private static func literal(_ text: String) -> String {
        guard text.contains("'") else { return "'\(text)'" }
        return "concat('"
            + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "', \"'\", '")
            + "')"
    }
}
