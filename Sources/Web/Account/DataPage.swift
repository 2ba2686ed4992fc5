import Templating

/// The download of everything, and for an empty account the way back in.
struct DataPage: FramedPage {
    var frame: Frame
    var form: String
    var isEmpty: Bool
    var problem: Message

    var problems: [FieldProblem] { problem.isEmpty ? [] : [FieldProblem(field: "file", message: problem)] }

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "form": .text { $0.form },
        "isEmpty": .flag { $0.isEmpty },
        "problem": .text { $0.problem },
        "problems": .list { $0.problems },
    ]
}
