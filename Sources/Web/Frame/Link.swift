import Templating

/// A link of plain text.
struct Link: TemplateModel {
    var label: Message
    var address: String

    static let fields: TemplateFields<Self> = [
        "label": .text { $0.label },
        "address": .text { $0.address },
    ]
}
