import Expenses
import Templating

/// A line that cannot be added, with the reason.
struct ImportErrorRow: TemplateModel {
    var line: String
    var message: String
    var text: String

    init(_ problem: ImportProblem) {
        line = String(problem.line)
        message = problem.message
        text = problem.text
    }

    static let fields: TemplateFields<Self> = [
        "line": .text { $0.line },
        "message": .text { $0.message },
        "text": .text { $0.text },
    ]
}
