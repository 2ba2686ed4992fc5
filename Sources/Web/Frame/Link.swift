import Expenses
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

extension Link {
    /// Says which currency an account has, and leads to where that is changed.
    static func currency(_ currency: Currency) -> Link {
        Link(
            label: Message("Your currency is {currency}. Change it", ["currency": currency.code]),
            address: "/account/settings")
    }
}
