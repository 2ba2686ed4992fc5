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
        "line": .field { $0.line },
        "message": .field { $0.message },
        "text": .field { $0.text },
    ]
}
