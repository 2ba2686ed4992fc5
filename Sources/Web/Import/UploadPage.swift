import HTTP
import Storage
import Templating

/// Where a file is chosen.
struct UploadPage: FramedPage {
    var frame: Frame
    var form: String
    var problems: FormProblems
    var lines: [LeftOutRow] = []

    private var file: FormField {
        FormField(
            name: "file", label: Message("The file, at most 16 MB"), kind: .file,
            accept: ".csv,.tsv,.txt,text/csv", isRequired: true
        ).telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "form": .field { $0.form },
        "file": .field { $0.file },
        "lines": .field { $0.lines },
        "problems": .field { $0.problems.list },
    ]
}

extension UploadPage {
    /// What is wrong with a form whose file has no content.
    static func problem(withEmpty form: UploadedForm) -> Message {
        form.isFileChosen ? Message("This file is empty. Choose another one.") : Message("Choose a file.")
    }
}
