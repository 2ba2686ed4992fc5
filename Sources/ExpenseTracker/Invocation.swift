/// A command line, taken apart: which command, its options and its operands.
struct Invocation {
    enum Command: String, CaseIterable {
        case serve, backup, check, demo, help
        case resetPassword = "reset-password"
        case version = "--version"
    }

    let command: Command
    let configuration: Configuration
    /// What is not an option: the file of `backup`, the name of `reset-password`.
    let operands: [String]
    /// Of `demo`.
    let users: Int
    /// Of `demo`: for each user.
    let expenses: Int

    /// `arguments` without the program's name. Options may stand anywhere, as `--name value` or `--name=value`;
    /// after `--` everything is an operand.
    init(arguments: [String], environment: [String: String]) throws(UsageError) {
        var words: [String] = []
        var options: [(name: String, value: String)] = []
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            if argument == "--" {
                words += rest
                break
            }
            if argument == "--help" || argument == "-h" || argument == "--version" {
                words.insert(argument == "--version" ? argument : "help", at: 0)
                continue
            }
            guard argument.hasPrefix("-"), argument != "-" else {
                words.append(argument)
                continue
            }
            guard argument.hasPrefix("--") else {
                throw UsageError("\(argument): there is no such option; see expense-tracker help")
            }
            let parts = argument.dropFirst(2).split(
                separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard Setting.all.contains(where: { $0.name == name }) || ["users", "expenses"].contains(name)
            else {
                throw UsageError("--\(name): there is no such option; see expense-tracker help")
            }
            guard let value = parts.count == 2 ? String(parts[1]) : rest.popFirst() else {
                throw UsageError("--\(name): a value is missing")
            }
            options.append((name, value))
        }

        let word = words.isEmpty ? "serve" : words.removeFirst()
        guard let command = Command(rawValue: word) else {
            throw UsageError("\(word): there is no such command; see expense-tracker help")
        }
        self.command = command
        operands = words
        try Self.check(operands, of: command)

        let own = options.filter { $0.name == "users" || $0.name == "expenses" }
        guard command == .demo || own.isEmpty else {
            throw UsageError("--\(own[0].name): only demo takes this option")
        }
        users = try Self.count(own, "users", default: 1, most: 100_000)
        expenses = try Self.count(own, "expenses", default: 1000, most: 10_000_000)
        configuration = try Configuration(
            options: options.filter { $0.name != "users" && $0.name != "expenses" }, environment: environment)
    }

    private static func check(_ operands: [String], of command: Command) throws(UsageError) {
        let wanted: String?
        switch command {
        case .backup: wanted = "FILE"
        case .resetPassword: wanted = "NAME"
        case .help, .version: return
        case .serve, .check, .demo: wanted = nil
        }
        if let wanted, operands.isEmpty { throw UsageError("\(command.rawValue): \(wanted) is missing") }
        if let extra = operands.dropFirst(wanted == nil ? 0 : 1).first {
            throw UsageError("\(extra): \(command.rawValue) takes no such word; see expense-tracker help")
        }
    }

    private static func count(
        _ options: [(name: String, value: String)], _ name: String, default standard: Int, most: Int
    ) throws(UsageError) -> Int {
        guard let text = options.last(where: { $0.name == name })?.value else { return standard }
        guard let count = Int(text), (1...most).contains(count) else {
            throw UsageError("--\(name): \"\(text)\" is not a number from 1 to \(most)")
        }
        return count
    }
}
