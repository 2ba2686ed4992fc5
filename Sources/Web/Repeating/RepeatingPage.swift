import Expenses
import Templating

/// All expenses that repeat, and the form to add one; or the form to change one of them.
struct RepeatingPage: FramedPage {
    var frame: Frame
    var problems: FormProblems = [:]
    /// Those that go on, those that are paused, and those that have ended.
    var groups: [RepeatingGroup]
    var isEmpty: Bool
    /// The one-time id that the buttons of all rows share.
    var form: String
    var fields: RepeatingFields
    /// What can be done with the one that is changed; nil on the page of all.
    var actions: RepeatingActions?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems.list },
        "groups": .field { $0.groups },
        "isEmpty": .field { $0.isEmpty },
        "form": .field { $0.form },
        "fields": .field { $0.fields },
        "actions": .field { $0.actions },
    ]
}

struct RepeatingGroup: TemplateModel {
    var title: Message
    /// "$123.40 a month"
    var total: Message
    var rows: [RepeatingRow]

    static let fields: TemplateFields<Self> = [
        "title": .field { $0.title },
        "total": .field { $0.total },
        "rows": .field { $0.rows },
    ]
}

struct RepeatingRow: TemplateModel {
    var rule: RepeatingExpense
    var category: Category?
    var amount: ShownMoney
    /// "Every month, next on 4 December 2026"
    var words: Message

    static let fields: TemplateFields<Self> = [
        "id": .field { $0.rule.id },
        "amount": .field { $0.amount },
        "category": .field { $0.category?.name ?? "" },
        "color": .field { $0.category?.color ?? .gray },
        "description": .field { Excerpt(text: $0.rule.description) },
        "words": .field { $0.words },
        "isPaused": .field { $0.rule.isPaused },
        "hasEnded": .field { $0.rule.hasEnded },
    ]
}

/// The form.
struct RepeatingFields: TemplateModel {
    /// What each of the expenses is.
    var entry: EntryFields
    var typed: RepeatingForm
    var problems: FormProblems = [:]
    /// "8 days have passed, from 1 April to 1 November 2026."; empty where nothing is asked.
    var question = Message.empty
    var record = Message.empty

    private var fields: [FormField] {
        var fields = ExpenseField.ofRepeating.map { $0.field(of: entry) }
        for index in fields.indices { fields[index].tick = nil }
        var first = ExpenseField.date.field(of: entry)
        (first.name, first.label) = ("first", Message("First day"))
        let units = Repetition.Unit.allCases.map {
            Choice(value: $0.rawValue, label: $0.words, isSelected: $0.rawValue == typed.unit)
        }
        fields += [
            FormField(name: "every", label: Message("Every"), value: typed.every, inputMode: "numeric"),
            FormField(name: "unit", label: Message("Days, weeks, months or years"), choices: units),
            first,
            FormField(
                name: "until", label: Message("Last day"), unit: Message("optional"), kind: .date,
                value: typed.until),
        ]
        return fields.telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "isNew": .field { $0.entry.isNew },
        "action": .field { $0.entry.action },
        "form": .field { $0.entry.form },
        "from": .field { $0.typed.from.forRedisplay },
        "fields": .field { $0.fields },
        "question": .field { $0.question },
        "record": .field { $0.record },
    ]
}

struct RepeatingActions: TemplateModel {
    var form: String
    var row: RepeatingRow
    /// "3 expenses", recorded so far
    var recorded: ShownCount
    var hasRecorded: Bool
    /// The next day, which can be left out; nil where there is none.
    var next: ShownDate?

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.form },
        "row": .field { $0.row },
        "recorded": .field { $0.recorded },
        "hasRecorded": .field { $0.hasRecorded },
        "next": .field { $0.next },
    ]
}

extension RepeatingPage {
    /// What the page is made from.
    struct Contents {
        var rules: [RepeatingExpense]
        var categories: [Category]
    }

    /// - Parameters:
    ///   - edited: the one to change; nil shows all, and the form to add one.
    ///   - isAlone: only the form is shown.
    init(
        _ contents: Contents, _ visit: UserVisit, stamp: String, edited: RepeatingExpense?,
        _ form: RepeatingForm, isAlone: Bool = false
    ) {
        let wording = visit.wording
        func row(_ rule: RepeatingExpense) -> RepeatingRow {
            RepeatingRow(
                rule: rule, category: contents.categories.first { $0.id == rule.category },
                amount: wording.money(rule.amount), words: RepeatingPage.words(rule, wording))
        }
        frame = visit.frame(
            edited != nil
                ? Message("Change a repeating expense")
                : isAlone ? Message("Add a repeating expense") : Message("Repeating expenses"),
            section: .expenses)
        self.form = stamp
        isEmpty = contents.rules.isEmpty
        let ended = contents.rules.filter(\.hasEnded)
        let paused = contents.rules.filter { $0.isPaused && !$0.hasEnded }
        let active = contents.rules.filter { $0.nextDay != nil }.sorted {
            ($0.nextDay ?? .last, $0.id.rawValue) < ($1.nextDay ?? .last, $1.id.rawValue)
        }
        let monthly = active.reduce(Money.zero) { $0 + $1.monthly }
        groups = [
            RepeatingGroup(
                title: Message("To come"),
                total: Message("{amount} a month", ["amount": wording.money(monthly)]),
                rows: active.map(row)),
            RepeatingGroup(title: Message("Paused"), total: .empty, rows: paused.map(row)),
            RepeatingGroup(title: Message("Ended"), total: .empty, rows: ended.map(row)),
        ].filter { !$0.rows.isEmpty }
        fields = RepeatingFields(
            entry: EntryFields(
                action: edited.map { "/repeating/\($0.id)" } ?? "/repeating", form: stamp,
                typed: form.expense,
                isNew: edited == nil,
                categories: [Choice](contents.categories, selected: form.expense.category), suggestions: [],
                currency: visit.preferences.currency.symbol), typed: form)
        actions = edited.map { rule in
            RepeatingActions(
                form: stamp, row: row(rule), recorded: wording.expenses(rule.recorded),
                hasRecorded: rule.recorded > 0,
                next: rule.repetition.day(rule.next).map { wording.date($0) })
        }
    }

    /// Asks what becomes of days that have passed.
    mutating func ask(_ days: RepeatingExpense.PastDays) {
        fields.question = Message(
            "{count} day has already come, {first}. Record an expense for it?",
            plural: "{count} days have already come, from {first} to {last}. Record an expense for each?",
            count: days.count,
            ["count": days.count, "first": ShownDate(day: days.first), "last": ShownDate(day: days.last)])
        fields.record = Message(
            "Record {count} expense", plural: "Record {count} expenses", count: days.count,
            ["count": days.count])
    }

    /// "Every month, next on 4 December 2026, until 1 June 2027; about $4.33 a month"
    private static func words(_ rule: RepeatingExpense, _ wording: Wording) -> Message {
        var parts = [rule.repetition.words]
        if let day = rule.nextDay { parts.append(Message("next on {date}", ["date": wording.date(day)])) }
        if let until = rule.repetition.until {
            parts.append(Message("until {date}", ["date": wording.date(until)]))
        }
        if (rule.repetition.every, rule.repetition.unit) != (1, .month), !rule.hasEnded {
            parts.append(
                Message("{amount} in an average month", ["amount": wording.money(rule.monthly)]))
        }
        return Message(list: parts)
    }
}
