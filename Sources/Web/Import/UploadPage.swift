import HTTP
import Storage
import Templating

/// Where a file is chosen.
struct UploadPage: FramedPage {
    var frame: Frame
    var form: String
    /// What is wrong with the file; empty where nothing is.
    var problem = Message.empty
    var lines: [LeftOutRow] = []

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "problem": .field { $0.problem },
        "lines": .field { $0.lines },
        "problems": .field {
            $0.problem.isEmpty ? [] : [FieldProblem(field: "file", message: $0.problem)]
        },
    ]
}

extension UploadPage {
    /// What is wrong with a form whose file has no content.
    static func problem(withEmpty form: UploadedForm) -> Message {
        form.isFileChosen ? Message("This file is empty. Choose another one.") : Message("Choose a file.")
    }
}
