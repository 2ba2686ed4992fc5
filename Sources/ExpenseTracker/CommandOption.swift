/// An option that belongs to one command and has no variable.
struct CommandOption: Hashable {
    /// Without the dashes.
    let name: String
    /// Empty for an option without a value.
    let placeholder: String
    let summary: String
    var isRequired = false

    var isFlag: Bool { placeholder.isEmpty }

    /// As it is typed.
    var synopsis: String { isFlag ? "--\(name)" : "--\(name) \(placeholder)" }

    static let check = CommandOption(
        name: "check", placeholder: "",
        summary: "try configuration, certificate, folders and database, print what is found, and end")

    static let to = CommandOption(
        name: "to", placeholder: "DATABASE", summary: "the new database: a file, or the address of a server",
        isRequired: true)
    static let repair = CommandOption(
        name: "repair", placeholder: "", summary: "recompute what is derived, never what was typed")
    static let users = CommandOption(name: "users", placeholder: "N", summary: "how many users (1)")
    static let expenses = CommandOption(
        name: "expenses", placeholder: "M", summary: "how many expenses each (1000)")
}
