/// A command line that cannot be carried out; its text names the option and the cause, in one line.
struct UsageError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
