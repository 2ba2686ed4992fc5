import Expenses
import Templating

/// A field of a form: its label, what was typed and what is wrong with it, as `frame/field.html` shows them.
struct FormField: TemplateModel {
    /// The `type` of the input.
    enum Kind: String { case text, email, password, date, month, file }

    var name: String
    /// The `id` of the input, unique on the page; empty where it is the name.
    var id = ""
    var label: Message
    /// Stands quietly behind the label.
    var unit = Message.empty
    var kind = Kind.text
    var value = ""
    /// Not empty for a select.
    var choices: [Choice] = []
    var hint = Message.empty
    /// Completes what is typed.
    var suggestions: [String] = []
    var autocomplete = "off"
    /// For what is no word of a language; nor is its spelling checked.
    var autocapitalize = ""
    var inputMode = ""
    var placeholder = Message.empty
    /// The types of files that can be chosen.
    var accept = ""
    var isRequired = false
    /// Whether the cursor starts here.
    var isFocused = false
    /// Whether it takes the whole width of its form.
    var isWide = false
    /// A box beside the label.
    var tick: Choice?
    var problem: Message?
    /// The id of a notice that is spoken with it where nothing is wrong.
    var notice = ""

    private var anchor: String { id.isEmpty ? name : id }

    private var describedBy: String {
        let last = problem == nil ? notice : "\(anchor)-problem"
        if hint.isEmpty { return last }
        return last.isEmpty ? "\(anchor)-help" : "\(anchor)-help \(last)"
    }

    /// The first or the last day there is, as a limit of what can be chosen.
    private func limit(_ day: Day) -> String {
        switch kind {
        case .date: day.description
        case .month: MonthCalendar.civil.month(of: day).description
        case .text, .email, .password, .file: ""
        }
    }

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "id": .field { $0.anchor },
        "label": .field { $0.label },
        "unit": .field { $0.unit },
        "type": .field { $0.kind.rawValue },
        "value": .field { $0.value.forRedisplay },
        "choices": .field { $0.choices },
        "hint": .field { $0.hint },
        "suggestions": .field { $0.suggestions },
        "autocomplete": .field { $0.autocomplete },
        "autocapitalize": .field { $0.autocapitalize },
        "inputMode": .field { $0.inputMode },
        "isFigure": .field { $0.inputMode == "decimal" },
        "placeholder": .field { $0.placeholder },
        "accept": .field { $0.accept },
        "least": .field { $0.limit(.first) },
        "most": .field { $0.limit(.last) },
        "isRequired": .field { $0.isRequired },
        "isFocused": .field { $0.isFocused },
        "isWide": .field { $0.isWide },
        "tick": .field { $0.tick },
        "problem": .field { $0.problem },
        "describedBy": .field { $0.describedBy },
    ]
}

extension FormField {
    /// A code of two-factor log-in. `typed`: what it was where it has a problem.
    static func code(
        id: String = "code", _ label: Message, _ typed: String, _ problems: FormProblems
    ) -> FormField {
        var field = FormField(
            name: "code", id: id, label: label, autocomplete: "one-time-code", autocapitalize: "characters",
            isRequired: true
        ).telling(problems)
        // Codes of the app are not shown again: by now it shows another one.
        if case .app = TypedCode(typed) { return field }
        if field.problem != nil { field.value = typed }
        return field
    }

    /// With what is wrong with it.
    func telling(_ problems: FormProblems) -> FormField {
        var field = self
        field.problem = problems[anchor]
        return field
    }
}

extension [FormField] {
    /// Each with what is wrong with it.
    func telling(_ problems: FormProblems) -> [FormField] {
        problems.isEmpty ? self : map { $0.telling(problems) }
    }
}
