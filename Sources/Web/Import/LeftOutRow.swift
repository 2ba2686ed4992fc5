import Expenses
import Templating

/// A line that cannot be added, with the reason.
struct LeftOutRow: TemplateModel {
    var line: String
    var message: Message
    var text: String

    init(_ line: LeftOutLine, _ preferences: Preferences) {
        self.line = String(line.line)
        message = ImportWords.reason(line.reason, preferences)
        text = line.text
    }

    static let fields: TemplateFields<Self> = [
        "line": .text { $0.line },
        "message": .text { $0.message },
        "text": .text { $0.text },
    ]
}
