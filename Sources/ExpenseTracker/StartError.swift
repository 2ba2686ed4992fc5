/// Why the program cannot start; its text names the option and the cause, in one line.
struct StartError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
