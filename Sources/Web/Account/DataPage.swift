import Templating

/// The download of everything, and for an empty account the way back in.
struct DataPage: FramedPage {
    var frame: Frame
    var form: String
    var isEmpty: Bool
    var problem: Message

    var problems: [FieldProblem] { problem.isEmpty ? [] : [FieldProblem(field: "file", message: problem)] }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "isEmpty": .field { $0.isEmpty },
        "problem": .field { $0.problem },
        "problems": .field { $0.problems },
    ]
}
