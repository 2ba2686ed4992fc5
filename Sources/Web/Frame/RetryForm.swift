import Templating

/// A form as it was sent, its fields hidden.
struct RetryForm: TemplateModel {
    /// Where it posts to.
    var action: String
    var fields: [HiddenField]

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "hidden": .field { $0.fields },
    ]
}
