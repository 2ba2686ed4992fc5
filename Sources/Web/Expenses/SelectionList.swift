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
    var tag: String
    var categories: [CategoryChoice]
    var problems: SelectionForm.Problems

    static let fields: TemplateFields<Self> = [
        "form": .field { $0.list.form },
        "list": .field { $0.list },
        "filter": .field { $0.filter },
        "all": .field { $0.all },
        "isOfAll": .field { $0.isOfAll },
        "tag": .field { $0.tag.forRedisplay },
        "categories": .field { $0.categories },
        "rowsProblem": .field { $0.problems.expenses },
        "moveProblem": .field { $0.problems.moveTo },
        "tagProblem": .field { $0.problems.tag },
        "actionProblem": .field { $0.problems.action },
    ]
}

extension SelectionList {
    init(
        _ form: SelectionForm, _ problems: SelectionForm.Problems, of list: ExpenseList, _ query: FilterQuery,
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
        tag = form.tag
        self.categories = categories.map {
            CategoryChoice(category: $0, isSelected: $0.id.description == form.moveTo)
        }
        self.problems = problems
    }
}
