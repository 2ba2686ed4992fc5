import Templating

/// A link of plain text.
struct Link: TemplateModel {
    var label: Message
    var address: String

    static let fields: TemplateFields<Self> = [
        "label": .field { $0.label },
        "address": .field { $0.address },
    ]
}
