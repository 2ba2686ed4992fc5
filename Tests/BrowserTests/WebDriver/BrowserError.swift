/// Why the browser did not do what a test asked for.
struct BrowserError: Error, CustomStringConvertible {
    /// What was asked: "click “Save”".
    var action: String
    /// The protocol's name for the error, such as `no such element`, and its first sentence.
    var reason: String
    /// Where the browser was.
    var address = ""
    /// What could be read on the page there.
    var page = ""

    /// Whether the element was on a page that has been left, or is just being left.
    var isStale: Bool {
        reason.hasPrefix("stale element reference") || reason.contains("does not belong to the document")
    }

    /// Whether a script was not answered in time, as happens to one that falls between two pages.
    var isUnanswered: Bool { reason.hasPrefix("script timeout") }

    var description: String {
        var text = "\(action): \(reason)"
        if !address.isEmpty { text += "\nat \(address)" }
        if !page.isEmpty { text += "\nwhere it reads:\n\(page.prefix(1500))" }
        return text
    }
}
