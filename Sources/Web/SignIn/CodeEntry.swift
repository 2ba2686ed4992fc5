import Templating

/// A field for a code, as it comes back.
struct CodeEntry: Sendable {
    var typed = ""
    /// Empty where nothing is wrong with it.
    var problem = Message.empty

    init() {}

    /// Codes of the app are not shown again: by now it shows another one.
    init(_ typed: String, _ problem: Message) {
        if case .app = TypedCode(typed) {} else { self.typed = typed.forRedisplay }
        self.problem = problem
    }
}
