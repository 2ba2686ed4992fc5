import Templating

/// The download of everything, and for an empty account the way back in.
struct DataPage: FramedPage {
    var frame: Frame
    var form: String
    var isEmpty: Bool
    var problems: FormProblems

    private var file: FormField {
        FormField(
            name: "file", label: Message("The file"), kind: .file, accept: ".json,application/json",
            isRequired: true
        ).telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "isEmpty": .field { $0.isEmpty },
        "file": .field { $0.file },
        "problems": .field { $0.problems.list },
    ]
}
