import Templating

/// A form as it was sent, its fields hidden.
struct RetryForm: TemplateModel {
    /// Where it posts to.
    var action: String
    var fields: [HiddenField]

    static let fields: TemplateFields<Self> = [
        "action": .text { $0.action },
        "hidden": .list { $0.fields },
    ]
}
