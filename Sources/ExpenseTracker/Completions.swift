/// What completes the command line in a shell.
enum Completions {
    private enum Shell: String {
        case bash, zsh
    }

    static func text(named shell: String) throws(UsageError) -> String {
        switch Shell(rawValue: shell) {
        case .bash: bash
        case .zsh: zsh
        case nil: throw UsageError("completions: \"\(shell)\" is not bash or zsh")
        }
    }

    private static var options: [CommandOption] {
        Setting.all.map { CommandOption(name: $0.name, placeholder: $0.placeholder, summary: $0.summary) }
            + Command.allCases.flatMap(\.options)
    }

    private static var commands: [Command] { Command.allCases.filter { $0 != .version } }

    private static var bash: String {
        var lines = [
            "# bash completion for expense-tracker",
            "_expense_tracker() {",
            "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}",
            "    COMPREPLY=()",
            "    # The shell takes --option=value apart at its =.",
            "    if [[ $word == '=' ]]; then word=; fi",
            "    if [[ $before == '=' ]]; then before=${COMP_WORDS[COMP_CWORD-2]}; fi",
            "    case $before in",
        ]
        let followed =
            options.filter { !$0.isFlag }.map { ("--" + $0.name, $0.placeholder) }
            + commands.compactMap { command in command.operand.map { (command.rawValue, $0.rawValue) } }
        for (word, placeholder) in followed {
            let action =
                switch kind(of: placeholder) {
                case .file, .folder: "compopt -o filenames; COMPREPLY=($(compgen -f -- \"$word\"))"
                case .choice(let words): "COMPREPLY=($(compgen -W '\(words)' -- \"$word\"))"
                case .other: ":"
                }
            lines.append("    \(word)) \(action); return ;;")
        }
        let words = options.map { "--" + $0.name } + ["--help", "--version"]
        lines += [
            "    esac",
            "    if [[ $word == -* ]]; then",
            "        COMPREPLY=($(compgen -W '\(words.joined(separator: " "))' -- \"$word\"))",
            "    elif ((COMP_CWORD == 1)); then",
            "        COMPREPLY=($(compgen -W '\(commands.map(\.rawValue).joined(separator: " "))' -- \"$word\"))",
            "    fi",
            "}",
            "complete -F _expense_tracker expense-tracker",
        ]
        return lines.joined(separator: "\n")
    }

    private static var zsh: String {
        var lines = ["#compdef expense-tracker", "", "local -a commands=("]
        for command in commands { lines.append("    \(quoted("\(command.rawValue):\(command.summary)"))") }
        lines += [")", "_arguments -S \\"]
        for option in options {
            let summary = option.summary.map { "[]:".contains($0) ? "\\\($0)" : String($0) }.joined()
            let repeats = Setting.all.contains { $0.name == option.name && $0.repeats } ? "*" : ""
            let value =
                option.isFlag ? "[\(summary)]" : "=[\(summary)]:\(action(option.placeholder))"
            lines.append("    \(quoted("\(repeats)--\(option.name)\(value)")) \\")
        }
        lines += ["    '(-)--help[print a summary]' '(-)--version[print the version]' \\"]
        lines += [
            "    '1:command:{_describe command commands}' \\", "    '2:operand:->operand' && return", "",
        ]
        lines += ["case $words[2] in"]
        for command in commands {
            guard let operand = command.operand else { continue }
            switch kind(of: operand.rawValue) {
            case .file: lines.append("\(command.rawValue)) _files ;;")
            case .folder: lines.append("\(command.rawValue)) _files -/ ;;")
            case .choice(let words): lines.append("\(command.rawValue)) compadd \(words) ;;")
            case .other: break
            }
        }
        lines.append("esac")
        return lines.joined(separator: "\n")
    }

    private enum Kind {
        case file, folder
        /// The words, with a space between.
        case choice(String)
        case other
    }

    private static func kind(of placeholder: String) -> Kind {
        switch placeholder {
        case "FILE", "DATABASE": .file
        case "FOLDER": .folder
        default:
            placeholder.contains("|")
                ? .choice(placeholder.split(separator: "|").joined(separator: " ")) : .other
        }
    }

    private static func action(_ placeholder: String) -> String {
        switch kind(of: placeholder) {
        case .file: "file:_files"
        case .folder: "folder:_files -/"
        case .choice(let words): "value:(\(words))"
        case .other: "value: "
        }
    }

    private static func quoted(_ text: String) -> String {
        "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}
