import HTTP
import Templating

/// A field of a form that only the browser sees.
struct HiddenField: TemplateModel {
    var name: String
    var value: String

    static let fields: TemplateFields<Self> = ["name": .field { $0.name }, "value": .field { $0.value }]
}

extension FormData {
    var hidden: [HiddenField] { fields.map { HiddenField(name: $0.name, value: $0.value) } }
}
