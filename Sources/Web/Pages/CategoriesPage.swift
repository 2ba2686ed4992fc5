import Expenses
import Templating

/// The user's categories, and the form to add one or to change one of them.
struct CategoriesPage: TemplateModel {
    var frame: Frame
    var problems: [FieldProblem] = []
    var rows: [CategoryRow]
    var fields: CategoryFields
    /// The category that is being changed has the name of another: they can become one.
    var merge: CategoryMerge?
    var deletion: CategoryDeletion?

    static let fields: TemplateFields<Self> = [
        "frame": .record { $0.frame },
        "problems": .list { $0.problems },
        "rows": .list { $0.rows },
        "fields": .record { $0.fields },
        "merge": .optional { $0.merge },
        "deletion": .optional { $0.deletion },
    ]
}

struct CategoryRow: TemplateModel {
    var id: String
    var name: String
    var color: String
    /// "42 expenses"
    var count: String
    /// The dashboard filtered by it.
    var address: String
    var isEdited: Bool

    static let fields: TemplateFields<Self> = [
        "id": .text { $0.id },
        "name": .text { $0.name },
        "color": .text { $0.color },
        "count": .text { $0.count },
        "address": .text { $0.address },
        "isEdited": .flag { $0.isEdited },
    ]
}

/// The form of a category's name and colour.
struct CategoryFields: TemplateModel {
    /// "Add a category", "Change Groceries"
    var heading: String
    var isNew: Bool
    var action: String
    var form: String
    var name: String
    var colors: [Choice]
    var problems = CategoryForm.Problems()

    static let fields: TemplateFields<Self> = [
        "heading": .text { $0.heading },
        "isNew": .flag { $0.isNew },
        "action": .text { $0.action },
        "form": .text { $0.form },
        "name": .text { $0.name },
        "colors": .list { $0.colors },
        "nameProblem": .text { $0.problems.name ?? "" },
        "colorProblem": .text { $0.problems.color ?? "" },
    ]
}

/// The offer to make two categories one.
struct CategoryMerge: TemplateModel {
    var action: String
    var form: String
    /// The category that goes away.
    var name: String
    var target: String
    var targetName: String
    var count: String

    static let fields: TemplateFields<Self> = [
        "action": .text { $0.action },
        "form": .text { $0.form },
        "name": .text { $0.name },
        "target": .text { $0.target },
        "targetName": .text { $0.targetName },
        "count": .text { $0.count },
    ]
}

/// The form to delete a category; it asks where its expenses go.
struct CategoryDeletion: TemplateModel {
    var action: String
    var form: String
    var name: String
    /// Empty where it has no expenses.
    var count: String
    var targets: [Choice]
    var problem = ""

    static let fields: TemplateFields<Self> = [
        "action": .text { $0.action },
        "form": .text { $0.form },
        "name": .text { $0.name },
        "count": .text { $0.count },
        "targets": .list { $0.targets },
        "problem": .text { $0.problem },
    ]
}
