import Expenses
import Templating

/// The user's rules, and the form to add one or to change one of them.
struct RulesPage: FramedPage {
    var frame: Frame
    var problems: FormProblems = [:]
    var rows: [RuleRow]
    var fields: RuleFields
    /// What the rule in the form would change; nil where nobody has asked.
    var trial: RuleTrial?
    /// Where the rule that is being changed is deleted; empty for a new one.
    var deletion: String

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems.list },
        "rows": .field { $0.rows },
        "fields": .field { $0.fields },
        "trial": .field { $0.trial },
        "deletion": .field { $0.deletion },
    ]
}

struct RuleRow: TemplateModel {
    var id: Rule.ID
    var text: String
    /// The text in quotes.
    var quoted: Message
    /// "Groceries, called “Tea House”, with #food"
    var effect: Message
    var isEdited: Bool

    static let fields: TemplateFields<Self> = [
        "id": .field { $0.id },
        "text": .field { $0.text },
        "quoted": .field { $0.quoted },
        "effect": .field { $0.effect },
        "isEdited": .field { $0.isEdited },
    ]
}

struct RuleFields: TemplateModel {
    var heading: Message
    var isNew: Bool
    var action: String
    var stamp: String
    var form: RuleForm
    var categories: [Category]
    var problems: FormProblems = [:]

    private var fields: [FormField] {
        [
            FormField(name: "text", label: Message("Where the description has"), value: form.text),
            FormField(
                name: "category", label: Message("Category"),
                choices: [Choice(value: "", label: Message("As without a rule"))]
                    + [Choice](categories, selected: form.category)),
            FormField(
                name: "new_description", label: Message("New description, in imports"),
                value: form.newDescription),
            FormField(
                name: "tag", label: Message("Tag, in imports"), value: form.tag, autocapitalize: "none"),
        ].telling(problems)
    }

    private var position: FormField {
        FormField(
            name: "position", label: Message("Place in the list"), value: form.position, inputMode: "numeric",
            placeholder: Message("last")
        ).telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "heading": .field { $0.heading },
        "isNew": .field { $0.isNew },
        "action": .field { $0.action },
        "form": .field { $0.stamp },
        "fields": .field { $0.fields },
        "leavesOut": .field { $0.form.leavesOut },
        "position": .field { $0.position },
    ]
}

/// What a rule would change of the expenses that are there.
struct RuleTrial: TemplateModel {
    struct Example: TemplateModel {
        var date: ShownDate
        var description: String
        var category: String

        static let fields: TemplateFields<Self> = [
            "date": .field { $0.date },
            "description": .field { $0.description },
            "category": .field { $0.category },
        ]
    }

    /// "It would have changed 14 expenses of yours:"
    var text: Message
    var examples: [Example]
    /// Whether there are more than the examples.
    var hasMore: Bool

    static let fields: TemplateFields<Self> = [
        "text": .field { $0.text },
        "examples": .field { $0.examples },
        "hasMore": .field { $0.hasMore },
    ]
}

extension RulesPage {
    /// What the page is made from.
    struct Contents {
        var rules: [Rule]
        var categories: [Category]
    }

    /// - Parameter edited: the rule to change; nil shows the form to add one.
    init(_ contents: Contents, _ visit: UserVisit, stamp: String, edited: Rule.ID?, _ form: RuleForm) {
        let names = contents.categories.names
        frame = visit.frame(edited == nil ? Message("Rules") : Message("Change a rule"), section: .categories)
        rows = contents.rules.map { rule in
            RuleRow(
                id: rule.id, text: rule.text, quoted: Message("“{text}”", ["text": rule.text]),
                effect: RulesPage.effect(rule, category: rule.category.flatMap { names[$0] }),
                isEdited: rule.id == edited)
        }
        fields = RuleFields(
            heading: edited == nil ? Message("Add a rule") : Message("Change the rule"), isNew: edited == nil,
            action: edited.map { "/rules/\($0)" } ?? "/rules", stamp: stamp, form: form,
            categories: contents.categories)
        deletion = edited.map { "/rules/\($0)/delete" } ?? ""
    }

    private static func effect(_ rule: Rule, category: String?) -> Message {
        guard !rule.leavesOut else { return Message("left out of imports") }
        var parts: [Message] = []
        if let category { parts.append(Message(verbatim: category)) }
        if !rule.newDescription.isEmpty {
            parts.append(Message("called “{name}”", ["name": Wording.shortened(rule.newDescription, to: 60)]))
        }
        if !rule.tag.isEmpty { parts.append(Message("with {tag}", ["tag": "#\(rule.tag)"])) }
        return parts.isEmpty ? Message("nothing, as its category is gone") : Message(list: parts)
    }
}
