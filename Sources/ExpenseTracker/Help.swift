enum Help {
    static let version = "Expense Tracker 1.0.0"

    static var text: String {
        var lines = ["Expense Tracker: see where your money goes.", ""]
        for command in Command.allCases {
            lines.append(line("expense-tracker \(command.synopsis)", command.summary, column: 50))
        }
        lines += ["", "Options, each also as an environment variable (EXPENSE_TRACKER_PORT for --port):", ""]
        for setting in Setting.all {
            lines.append(line("  --\(setting.name) \(setting.placeholder)", setting.summary, column: 40))
        }
        return lines.joined(separator: "\n")
    }

    private static func line(_ left: String, _ right: String, column: Int) -> String {
        left + String(repeating: " ", count: max(2, column - left.count)) + right
    }
}
