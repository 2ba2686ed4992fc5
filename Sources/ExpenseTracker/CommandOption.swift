/// An option that belongs to one command and has no variable.
struct CommandOption: Hashable {
    /// Without the dashes.
    let name: String
    let placeholder: String
    let summary: String
    var isRequired = false

    static let to = CommandOption(
        name: "to", placeholder: "DATABASE", summary: "the new database: a file, or the address of a server",
        isRequired: true)
    static let users = CommandOption(name: "users", placeholder: "N", summary: "how many users (1)")
    static let expenses = CommandOption(
        name: "expenses", placeholder: "M", summary: "how many expenses each (1000)")
}
