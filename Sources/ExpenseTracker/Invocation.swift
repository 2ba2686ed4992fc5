/// A command line, taken apart: which command, its options and its operand.
struct Invocation {
    let command: Command
    let configuration: Configuration
    /// What is not an option: the file of `backup`, the name of `reset-password`; empty for commands without one.
    let operand: String
    private let own: [(name: String, value: String)]

    /// `arguments` without the program's name. Options may stand anywhere, as `--name value` or `--name=value`;
    /// after `--` everything is an operand.
    init(arguments: [String], environment: [String: String]) throws(UsageError) {
        let ofCommands = Command.allCases.flatMap(\.options)
        let known = Set(Setting.all.map(\.name) + ofCommands.map(\.name))
        let flags = Set(ofCommands.filter(\.isFlag).map(\.name))
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
            guard known.contains(name) else {
                throw UsageError("--\(name): there is no such option; see expense-tracker help")
            }
            if flags.contains(name) {
                guard parts.count == 1 else { throw UsageError("--\(name): takes no value") }
                options.append((name, ""))
                continue
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
        operand = try Self.operand(of: command, in: words)

        own = options.filter { option in command.options.contains { $0.name == option.name } }
        for other in Command.allCases where other != command {
            if let misplaced = options.first(where: { option in
                other.options.contains { $0.name == option.name }
            }) {
                throw UsageError("--\(misplaced.name): only \(other.rawValue) takes this option")
            }
        }
        configuration = try Configuration(
            options: options.filter { option in !command.options.contains { $0.name == option.name } },
            environment: command.readsSettings ? environment : [:])
        for option in command.options where option.isRequired { _ = try value(of: option) }
    }

    private static func operand(of command: Command, in words: [String]) throws(UsageError) -> String {
        if command == .help || command == .version { return "" }
        if let wanted = command.operand, words.first?.isEmpty ?? true {
            throw UsageError("\(command.rawValue): \(wanted.rawValue) is missing")
        }
        if let extra = words.dropFirst(command.operand == nil ? 0 : 1).first {
            throw UsageError("\(extra): \(command.rawValue) takes no such word; see expense-tracker help")
        }
        return words.first ?? ""
    }

    func has(_ option: CommandOption) -> Bool { own.contains { $0.name == option.name } }

    /// The value of an option that the command cannot do without.
    func value(of option: CommandOption) throws(UsageError) -> String {
        guard let value = own.last(where: { $0.name == option.name })?.value, !value.isEmpty else {
            throw UsageError("\(command.rawValue): --\(option.name) \(option.placeholder) is missing")
        }
        return value
    }

    /// A count from 1 to `most`.
    func count(of option: CommandOption, default standard: Int, most: Int) throws(UsageError) -> Int {
        guard let text = own.last(where: { $0.name == option.name })?.value else { return standard }
        guard let count = Int(text), (1...most).contains(count) else {
            throw UsageError("--\(option.name): \"\(text)\" is not a number from 1 to \(most)")
        }
        return count
    }
}
