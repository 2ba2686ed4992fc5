import Templating

/// A page with every kind of field.
struct SamplePage: TemplateModel {
    var title = "My expenses"
    var empty = ""
    var isRefund = true
    var isOld = false
    var rows: [Row] = [Row(amount: "12.50"), Row(amount: "3.00", note: Note(text: "late"))]
    var nothing: [Row] = []
    var names = ["Ann", "Bo"]
    var frame = Frame()
    var note: Note? = Note(text: "a note")
    var absent: Note?

    static let fields: TemplateFields<Self> = [
        "title": .field { $0.title },
        "empty": .field { $0.empty },
        "isRefund": .field { $0.isRefund },
        "isOld": .field { $0.isOld },
        "rows": .field { $0.rows },
        "nothing": .field { $0.nothing },
        "names": .field { $0.names },
        "frame": .field { $0.frame },
        "note": .field { $0.note },
        "absent": .field { $0.absent },
    ]

    struct Row: TemplateModel {
        var amount: String
        var tags = ["x", "y"]
        var note: Note?

        static let fields: TemplateFields<Self> = [
            "amount": .field { $0.amount },
            "tags": .field { $0.tags },
            "note": .field { $0.note },
        ]
    }

    struct Frame: TemplateModel {
        var user = "ann"
        var isSignedIn = true
        var links = ["one", "two"]
        var none: [String] = []
        var inner = Note(text: "deep")
        var message: Note?

        static let fields: TemplateFields<Self> = [
            "user": .field { $0.user },
            "isSignedIn": .field { $0.isSignedIn },
            "links": .field { $0.links },
            "none": .field { $0.none },
            "inner": .field { $0.inner },
            "message": .field { $0.message },
        ]
    }

    struct Note: TemplateModel {
        var text: String
        static let fields: TemplateFields<Self> = ["text": .field { $0.text }]
    }
}

/// Fields that are no texts.
struct SampleValues: TemplateModel {
    var count: Int
    var smallest: Int
    var sign: Sign
    var absent: Sign?
    var present: Sign?
    var figures = Figures()

    static let fields: TemplateFields<Self> = [
        "count": .field { $0.count },
        "smallest": .field { $0.smallest },
        "sign": .field { $0.sign },
        "absent": .field { $0.absent },
        "present": .field { $0.present },
        "figures": .field { $0.figures },
    ]
}

/// A value that says it needs no escaping but that of its apostrophe.
struct Figures: TemplateValue {
    static var writing: TemplateWriting { .plain }

    func write(to output: inout Output) { output.append("1'204" as String) }
}

/// A value whose bytes may need escaping.
struct Sign: TemplateValue {
    var text: String

    init(_ text: String) { self.text = text }

    func write(to output: inout Output) { output.append(text) }
}

/// The page `page` of these templates, shown.
func render<Model: TemplateModel>(
    _ model: Model, _ templates: [String: String]
) throws(TemplateError) -> String {
    let template = try TemplateLibrary(templates).template("page", for: Model.self)
    return String(decoding: template.render(model), as: UTF8.self)
}

func render(_ page: String) throws(TemplateError) -> String {
    try render(SamplePage(), ["page": page])
}

/// What a browser reads where these bytes stand as text or as an attribute's value.
func decodeReferences(_ bytes: some Collection<UInt8>) -> [UInt8] {
    let references = ["&#34;": "\"", "&#39;": "'", "&#13;": "\r", "&lt;": "<", "&gt;": ">", "&amp;": "&"]
    var rest = Array(bytes)[...]
    var result: [UInt8] = []
    while let byte = rest.first {
        let reference = references.first { rest.starts(with: $0.key.utf8) }
        result += reference.map { Array($0.value.utf8) } ?? [byte]
        rest = rest.dropFirst(reference?.key.utf8.count ?? 1)
    }
    return result
}
