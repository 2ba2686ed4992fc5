/// The manual page expense-tracker(1), as mdoc(7).
enum ManPage {
    static var text: String {
        var lines = [
            ".Dd November 25, 2026",
            ".Dt EXPENSE-TRACKER 1",
            ".Os",
            ".Sh NAME",
            ".Nm expense-tracker",
            ".Nd see where your money goes",
            ".Sh SYNOPSIS",
        ]
        for command in Command.allCases {
            lines += [".Nm", escaped(command.synopsis)]
            if command != Command.allCases.last { lines.append(".Pp") }
        }
        lines += [
            ".Sh DESCRIPTION",
            ".Nm",
        ]
        lines += sentences("is a web app to write down what one spends, in one program and one SQLite file.")
        lines.append("The commands are:")
        lines += list(
            Command.allCases.map { command in
                var text = sentence(command.summary)
                if !command.details.isEmpty { text += sentences(command.details) }
                for option in command.options {
                    text += [".Pp", escaped("\(option.synopsis): \(option.summary).")]
                }
                return (command.synopsis, text)
            })
        lines += [
            ".Sh OPTIONS"
        ]
        lines += sentences(
            "Each is an option or the environment variable that is named with it; the option wins.")
        lines += list(
            Setting.all.map { setting in
                (
                    "--\(setting.name) \(setting.placeholder)",
                    sentence(setting.summary) + [".br", escaped(setting.variable)]
                )
            })
        lines += [
            ".Sh EXIT STATUS"
        ]
        lines += sentences(
            """
            0 when all is done, 1 when something outside prevents it, 64 when the command line is wrong. What went \
            wrong is one line on standard error.
            """)
        return lines.joined(separator: "\n")
    }

    private static func list(_ items: [(term: String, text: [String])]) -> [String] {
        var lines = [".Bl -tag -width Ds"]
        for (term, text) in items {
            lines.append(".It " + escaped(term))
            lines += text
        }
        return lines + [".El"]
    }

    private static func sentence(_ text: String) -> [String] {
        sentences(text.prefix(1).uppercased() + text.dropFirst() + ".")
    }

    /// Each on a line of its own, and none wider than 80 bytes, as mandoc(1) wants it.
    private static func sentences(_ text: String) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ") {
            if !line.isEmpty, escaped(line + " " + word).utf8.count > 80 {
                lines.append(escaped(line))
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
            if word.hasSuffix(".") {
                lines.append(escaped(line))
                line = ""
            }
        }
        return line.isEmpty ? lines : lines + [escaped(line)]
    }

    /// Text that roff takes for nothing else: a dash that can be copied, no macro at the start of a line, and words that
    /// mdoc would call as macros stay words.
    private static func escaped(_ text: String) -> String {
        var line = ""
        for character in text {
            switch character {
            case "\\": line += "\\e"
            case "-": line += "\\-"
            case "\"": line += "\\(dq"
            default: line.append(character)
            }
        }
        return line.hasPrefix(".") || line.hasPrefix("'") ? "\\&" + line : line
    }
}
