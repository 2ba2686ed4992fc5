import Templating

/// A form of a single button.
struct ButtonForm: TemplateModel {
    /// Where it posts to.
    var action: String
    /// The one-time id of the form.
    var form: String
    /// The page to go back to; nil for the plain dashboard.
    var returnTo: FilterAddress?
    var label = Message("Undo")

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "form": .field { $0.form },
        "returnTo": .field { $0.returnTo },
        "label": .field { $0.label },
    ]
}
