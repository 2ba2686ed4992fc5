enum Help {
    static let version = "Expense Tracker 1.0.0"

    static var text: String {
        var text = """
            Expense Tracker: see where your money goes.

            expense-tracker [serve] [options]      start the web server (the default command)
            expense-tracker backup FILE            consistent copy of the live database, checked
            expense-tracker check                  check the database and every total derived from it
            expense-tracker reset-password NAME    new password for a user, read from standard input
            expense-tracker demo [--users N] [--expenses M]
                                                   N demo users with M expenses each
            expense-tracker help | --help | --version

            Options, each also as an environment variable (EXPENSE_TRACKER_PORT for --port):


            """
        for setting in Setting.all {
            let option = "--\(setting.name) \(setting.placeholder)"
            text +=
                "  \(option)\(String(repeating: " ", count: max(1, 38 - option.count)))\(setting.summary)\n"
        }
        return String(text.dropLast())
    }
}
