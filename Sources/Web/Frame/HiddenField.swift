import Templating

/// A field of a form that only the browser sees.
struct HiddenField: TemplateModel {
    var name: String
    var value: String

    static let fields: TemplateFields<Self> = ["name": .field { $0.name }, "value": .field { $0.value }]
}
