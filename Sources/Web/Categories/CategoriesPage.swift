import Expenses
import Templating

/// The user's categories, and the form to add one or to change one of them.
struct CategoriesPage: FramedPage {
    var frame: Frame
    var problems: FormProblems = [:]
    var rows: [CategoryRow]
    var fields: CategoryFields
    /// The category that is being changed has the name of another: they can become one.
    var merge: CategoryMerge?
    var deletion: CategoryDeletion?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems.list },
        "rows": .field { $0.rows },
        "fields": .field { $0.fields },
        "merge": .field { $0.merge },
        "deletion": .field { $0.deletion },
    ]
}

struct CategoryRow: TemplateModel {
    var category: Category
    var count: ShownCount
    var isEdited: Bool

    static let fields: TemplateFields<Self> = [
        "id": .field { $0.category.id },
        "name": .field { $0.category.name },
        "color": .field { $0.category.color },
        "count": .field { $0.count },
        "isEdited": .field { $0.isEdited },
    ]
}

/// The form of a category's name and colour.
struct CategoryFields: TemplateModel {
    /// "Add a category", "Change Groceries"
    var heading: Message
    var isNew: Bool
    var action: String
    var form: String
    var typed: CategoryForm
    var problems: FormProblems = [:]

    private var name: FormField {
        FormField(name: "name", label: Message("Name"), value: typed.name).telling(problems)
    }

    private var color: FormField {
        let choices = CategoryColor.allCases.map {
            Choice(
                value: $0.rawValue, label: $0.label, isSelected: $0.rawValue == typed.color,
                color: $0.rawValue)
        }
        return FormField(name: "color", label: Message("Colour"), choices: choices).telling(problems)
    }

    static let fields: TemplateFields<Self> = [
        "heading": .field { $0.heading },
        "isNew": .field { $0.isNew },
        "action": .field { $0.action },
        "form": .field { $0.form },
        "nameField": .field { $0.name },
        "color": .field { $0.color },
    ]
}

/// The offer to make two categories one.
struct CategoryMerge: TemplateModel {
    var action: String
    var form: String
    /// The category that goes away.
    var name: String
    var target: Category
    var count: ShownCount

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "form": .field { $0.form },
        "name": .field { $0.name },
        "target": .field { $0.target.id },
        "targetName": .field { $0.target.name },
        "count": .field { $0.count },
    ]
}

/// The form to delete a category; it asks where its expenses go.
struct CategoryDeletion: TemplateModel {
    var action: String
    var form: String
    var name: String
    /// Where its expenses go; nil where it has none, in the bin either.
    var target: FormField?

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "form": .field { $0.form },
        "name": .field { $0.name },
        "target": .field { $0.target },
    ]
}

extension CategoriesPage {
    /// What the page is made from.
    struct Contents {
        var categories: [Category]
        /// Of live expenses; categories without one are left out.
        var counts: [Category.ID: Int]
        /// Of the category that is edited, in the bin.
        var binCount = 0

        func category(_ id: Category.ID) -> Category? { categories.first { $0.id == id } }

        /// The colour that the fewest categories have, gray last.
        var nextColor: CategoryColor {
            let used = Dictionary(grouping: categories, by: \.color).mapValues(\.count)
            return CategoryColor.allCases.min { (used[$0] ?? 0) < (used[$1] ?? 0) } ?? .gray
        }
    }

    /// - Parameter editing: the category to change; nil shows the form to add one.
    init(_ contents: Contents, _ visit: UserVisit, stamp: String, editing: Category?) {
        let wording = visit.wording
        let title = editing.map { Message("Change {name}", ["name": $0.name]) } ?? Message("Categories")
        frame = visit.frame(title, section: .categories)
        rows = contents.categories.map { category in
            CategoryRow(
                category: category, count: wording.expenses(contents.counts[category.id] ?? 0),
                isEdited: category.id == editing?.id)
        }
        fields = CategoryFields(
            heading: editing.map { Message("Change {name}", ["name": $0.name]) } ?? Message("Add a category"),
            isNew: editing == nil,
            action: editing.map { "/categories/\($0.id)" } ?? "/categories", form: stamp,
            typed: CategoryForm(
                name: editing?.name ?? "", color: (editing?.color ?? contents.nextColor).rawValue))
        guard let editing, contents.categories.count > 1 else { return }
        deletion = CategoryDeletion(
            action: "/categories/\(editing.id)/delete", form: stamp, name: editing.name,
            target: CategoriesPage.target(contents, of: editing, wording))
    }

    private static func target(_ contents: Contents, of category: Category, _ wording: Wording) -> FormField?
    {
        let count = contents.counts[category.id].map(wording.expenses)
        let binCount = wording.expenses(contents.binCount)
        let label: Message
        switch (count, contents.binCount > 0) {
        case (nil, false): return nil
        case (nil, true):
            label = Message("Its deleted expenses ({binCount}) move to", ["binCount": binCount])
        case (let count?, false): label = Message("Its {count} move to", ["count": count])
        case (let count?, true):
            label = Message(
                "Its {count} and the deleted ones ({binCount}) move to",
                ["count": count, "binCount": binCount])
        }
        return FormField(
            name: "move_to", label: label,
            choices: [Choice(value: "", label: Message("Choose a category"))]
                + [Choice](contents.categories.filter { $0.id != category.id }))
    }

    /// Shows the form as it was typed, with what is wrong with it.
    mutating func refill(_ form: CategoryForm, _ problems: FormProblems) {
        (fields.typed, fields.problems, self.problems) = (form, problems, problems)
    }

    mutating func refuseDeletion(isLast: Bool) {
        let message =
            isLast
            ? Message("This is your only category; every expense needs one.")
            : Message("Choose the category that its expenses move to.")
        problems = [isLast ? "name" : "move_to": message]
        let target = deletion?.target?.telling(problems)
        deletion?.target = target
    }
}

extension CategoryMerge {
    init?(
        _ contents: CategoriesPage.Contents, _ category: Category, into target: Category.ID, stamp: String,
        wording: Wording
    ) {
        guard let other = contents.category(target) else { return nil }
        action = "/categories/\(category.id)/delete"
        form = stamp
        name = category.name
        self.target = other
        count = wording.expenses(contents.counts[category.id] ?? 0)
    }
}

extension CategoryColor {
    fileprivate var label: Message {
        switch self {
        case .green: Message("Green")
        case .teal: Message("Teal")
        case .cyan: Message("Cyan")
        case .blue: Message("Blue")
        case .indigo: Message("Indigo")
        case .violet: Message("Violet")
        case .pink: Message("Pink")
        case .red: Message("Red")
        case .orange: Message("Orange")
        case .amber: Message("Amber")
        case .olive: Message("Olive")
        case .gray: Message("Gray")
        }
    }
}
