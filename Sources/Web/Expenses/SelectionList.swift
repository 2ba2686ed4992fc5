import Expenses
import Storage
import Templating

/// A page of expenses with a box each, and what can be done with those that are ticked.
struct SelectionList: TemplateModel {
    var list: ExpenseList
    /// The list's query.
    var filter: String
    /// How many match, where those are more than the page shows; nil otherwise.
    var all: ShownCount?
    var isOfAll: Bool
    var tag: FormField
    /// Where they move to.
    var target: FormField
    var problems: FormProblems

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.list.form },
        "list": .field { $0.list },
        "filter": .field { $0.filter },
        "all": .field { $0.all },
        "isOfAll": .field { $0.isOfAll },
        "tag": .field { $0.tag },
        "target": .field { $0.target },
        "rowsProblem": .field { $0.problems["rows"] },
        "actionProblem": .field { $0.problems["action"] },
    ]
}

extension SelectionList {
    init(
        _ form: SelectionForm, _ problems: FormProblems, of list: ExpenseList, _ query: FilterQuery,
        count: Int, categories: [Category], wording: Wording
    ) {
        let ticked = Set(form.expenses)
        self.list = list
        var shown = 0
        for day in self.list.days.indices {
            for row in self.list.days[day].rows.indices {
                self.list.days[day].rows[row].isTicked = ticked.contains(self.list.days[day].rows[row].id)
            }
            shown += self.list.days[day].rows.count
        }
        var whole = query
        whole.after = nil
        filter = String(whole.address.description.drop { $0 != "?" }.dropFirst())
        all = count > shown ? wording.number(count) : nil
        isOfAll = form.isOfAll
        tag = FormField(name: "tag", label: Message("Tag"), value: form.tag, autocapitalize: "none")
            .telling(problems)
        target = FormField(
            name: "move_to", label: Message("Category"),
            choices: [Choice(value: "", label: Message("Choose a category"))]
                + [Choice](categories, selected: form.moveTo)
        ).telling(problems)
        self.problems = problems
    }
}
