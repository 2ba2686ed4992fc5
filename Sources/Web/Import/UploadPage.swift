import Storage
import Templating

/// Where a file is chosen.
struct UploadPage: TemplateModel {
    var frame: Frame
    var form: String
    /// What is wrong with the file; empty where nothing is.
    var problem = ""
    var errors: [ImportErrorRow] = []

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "form": .text { $0.form },
        "problem": .text { $0.problem },
        "errors": .list { $0.errors },
        "problems": .list {
            $0.problem.isEmpty ? [] : [FieldProblem(field: "file", message: $0.problem)]
        },
    ]
}
