import Expenses
import Storage
import Templating

/// Names what is about to be done with many expenses, and their total.
struct SelectedConfirmationPage: FramedPage {
    var frame: Frame
    /// "Delete 1,234 expenses?"
    var heading: Message
    var total: ShownMoney
    var form: String
    var hidden: [HiddenField]
    /// "Delete"
    var button: Message
    var isDeletion: Bool
    var back: FilterAddress

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "heading": .field { $0.heading },
        "total": .field { $0.total },
        "form": .field { $0.form },
        "hidden": .field { $0.hidden },
        "button": .field { $0.button },
        "isDeletion": .field { $0.isDeletion },
        "back": .field { $0.back },
    ]
}

extension SelectedConfirmationPage {
    init(
        _ action: BulkChange.Action, _ total: Total, _ selection: SelectionForm, back: FilterAddress,
        stamp: String,
        categories: [Category], _ visit: UserVisit
    ) {
        let wording = visit.wording
        let count = wording.number(total.count)
        switch action {
        case .move(to: let id):
            heading = Message(
                "Move {count} expense to {category}?", plural: "Move {count} expenses to {category}?",
                count: total.count,
                ["count": count, "category": categories.first { $0.id == id }?.name ?? ""])
            button = Message("Move")
        case .tag(let tag), .rename(_, to: let tag):
            heading = Message(
                "Add {tag} to {count} expense?", plural: "Add {tag} to {count} expenses?", count: total.count,
                ["count": count, "tag": "#" + tag])
            button = Message("Add tag")
        case .untag(let tag):
            heading = Message(
                "Take {tag} off {count} expense?", plural: "Take {tag} off {count} expenses?",
                count: total.count, ["count": count, "tag": "#" + tag])
            button = Message("Take tag off")
        case .delete:
            heading = Message(
                "Delete {count} expense?", plural: "Delete {count} expenses?", count: total.count,
                ["count": count])
            button = Message("Delete")
        }
        frame = visit.frame(heading, section: .expenses)
        self.total = wording.money(total.amount)
        form = stamp
        hidden = selection.hiddenFields
        isDeletion = action == .delete
        self.back = back
    }
}
