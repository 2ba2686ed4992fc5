/// What the program can be told to do; the help, the manual page and the completions are made of this.
enum Command: String, CaseIterable {
    case serve, backup, check
    case resetPassword = "reset-password"
    case resetTwoFactor = "reset-two-factor"
    case restore, copy, install
    case systemdUnit = "systemd-unit"
    case completions
    case manPage = "man-page"
    case messages
    case demo, help
    case version = "--version"

    /// The word that has to follow.
    enum Operand: String {
        case file = "FILE"
        case folder = "FOLDER"
        case name = "NAME"
        case shell = "bash|zsh"
    }

    var operand: Operand? {
        switch self {
        case .backup, .restore: .file
        case .resetPassword, .resetTwoFactor: .name
        case .install: .folder
        case .completions: .shell
        case .serve, .check, .copy, .systemdUnit, .manPage, .messages, .demo, .help, .version: nil
        }
    }

    /// Whether settings matter to it: one that only prints a text does so whatever the variables are.
    var readsSettings: Bool {
        switch self {
        case .systemdUnit, .completions, .manPage, .help, .version: false
        case .serve, .backup, .check, .resetPassword, .resetTwoFactor, .restore, .copy, .install, .messages,
            .demo:
            true
        }
    }

    /// Options that no other command takes.
    var options: [CommandOption] {
        switch self {
        case .serve: [.check]
        case .copy: [.to]
        case .demo: [.users, .expenses]
        case .check: [.repair]
        case .backup, .resetPassword, .resetTwoFactor, .restore, .install, .systemdUnit, .completions,
            .manPage, .messages, .help, .version:
            []
        }
    }

    /// One line.
    var summary: String {
        switch self {
        case .serve: "start the web server (the default command)"
        case .backup: "consistent copy of the live database, checked"
        case .check: "check the database and every total derived from it"
        case .resetPassword: "new password for a user, read from standard input"
        case .resetTwoFactor: "a user logs in with the password alone again"
        case .restore: "put a backup in place, with the server stopped"
        case .copy: "copy everything to another database, checked"
        case .install: "a self-contained copy that needs no Swift"
        case .systemdUnit: "print a hardened unit for systemd"
        case .completions: "print what completes the command line in a shell"
        case .manPage: "print the manual page"
        case .messages: "print the sentences that translators translate"
        case .demo: "demo users with expenses of three years"
        case .help: "print a summary of all this; also --help"
        case .version: "print the version"
        }
    }

    /// What else the manual page says.
    var details: String {
        switch self {
        case .serve:
            """
            When it listens, it prints one line to standard output; logs go to standard error. SIGTERM and \
            SIGINT stop it: requests in flight are answered, for 10 seconds at most. A proxy checks /readyz, which is \
            about this copy of the program alone; /healthz asks the database too, and /readyz?database whether that \
            takes writes. A PostgreSQL server that does not answer is tried again and again; until it does, pages are \
            answered 503.
            """
        case .backup:
            """
            The server may run meanwhile. The copy is opened again and checked before it gets its name; a file \
            that exists is never overwritten.
            """
        case .check: "Exit status 1, with the findings, if there are any that are not repaired."
        case .resetPassword:
            "The user is named by username or email, and logged out everywhere. Two-factor log-in stays as it is."
        case .resetTwoFactor:
            """
            For somebody who has neither the authenticator app nor a recovery code any more. Make sure that it is them. \
            The user is named by username or email; the password stays, and so do the sessions.
            """
        case .restore:
            """
            The backup is checked first. The database that is there, if any, is kept beside it under a name that \
            ends in the time. Refused while a server or another program has the database open.
            """
        case .copy:
            """
            The new database must not exist yet, or hold no user; a server's address is postgresql://… as libpq reads it. \
            What is written while it runs is not in the copy: to move, stop the server first.
            """
        case .install:
            """
            Puts the program, its pages and its stylesheets into the folder. An earlier copy there is replaced; \
            everything else in the folder is left alone.
            """
        case .systemdUnit:
            "Run it from the installed copy, for the unit names the file it is printed by."
        case .completions:
            "For bash, read it with source; for zsh, save it as _expense-tracker in a folder of $fpath."
        case .manPage: "As mdoc(7)."
        case .messages:
            """
            As a .pot file of gettext. A translation of it, saved as Templates/Languages/CODE.po, adds a language; \
            the first lines of the files that are there show what its header has to say.
            """
        case .demo:
            """
            They are called demo1, demo2 and so on, with the email demo1@example.com and the password \
            "demo password".
            """
        case .help, .version: ""
        }
    }

    /// As it is typed: `demo [--users N] [--expenses M]`.
    var synopsis: String {
        var words = [self == .serve ? "[serve]" : rawValue]
        if let operand { words.append(operand.rawValue) }
        for option in options {
            words.append(option.isRequired ? option.synopsis : "[\(option.synopsis)]")
        }
        if self == .serve { words.append("[options]") }
        return words.joined(separator: " ")
    }
}
