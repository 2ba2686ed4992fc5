import Templating

/// The form of one expense on a page of its own: to add, and to edit.
struct EntryPage: FramedPage {
    var frame: Frame
    var heading: Message
    var problems: FormProblems = [:]
    var entry: EntryFields
    /// Where the expense that is edited can be deleted; nil for a new one.
    var deletion: ButtonForm?
    /// Where it can be made to repeat; empty where it does, and for a new one.
    var repetition = ""
    /// The one that repeats and has recorded it; empty where there is none.
    var rule = ""

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "heading": .field { $0.heading },
        "problems": .field { $0.problems.list },
        "entry": .field { $0.entry },
        "repetition": .field { $0.repetition },
        "rule": .field { $0.rule },
        "deletion": .field { $0.deletion },
    ]
}
