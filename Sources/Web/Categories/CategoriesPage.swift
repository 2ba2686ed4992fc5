import Expenses
import Templating

/// The user's categories, and the form to add one or to change one of them.
struct CategoriesPage: FramedPage {
    var frame: Frame
    var problems: [FieldProblem] = []
    var rows: [CategoryRow]
    var fields: CategoryFields
    /// The category that is being changed has the name of another: they can become one.
    var merge: CategoryMerge?
    var deletion: CategoryDeletion?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems },
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
    var name: String
    var colors: [Choice]
    var problems = CategoryForm.Problems()

    static let fields: TemplateFields<Self> = [
        "heading": .field { $0.heading },
        "isNew": .field { $0.isNew },
        "action": .field { $0.action },
        "form": .field { $0.form },
        "name": .field { $0.name },
        "colors": .field { $0.colors },
        "nameProblem": .field { $0.problems.name },
        "colorProblem": .field { $0.problems.color },
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
    /// Nil where it has no expenses.
    var count: ShownCount?
    /// How many lie in the bin; nil where none does.
    var binCount: ShownCount?
    var targets: [CategoryChoice]
    var problem = Message.empty

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "form": .field { $0.form },
        "name": .field { $0.name },
        "count": .field { $0.count },
        "binCount": .field { $0.binCount },
        "isEmpty": .field { $0.count == nil && $0.binCount == nil },
        "targets": .field { $0.targets },
        "problem": .field { $0.problem },
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
        let wording = Wording(preferences: visit.preferences, today: visit.today)
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
            name: editing?.name ?? "",
            colors: CategoryFields.colors((editing?.color ?? contents.nextColor).rawValue))
        guard let editing, contents.categories.count > 1 else { return }
        deletion = CategoryDeletion(
            action: "/categories/\(editing.id)/delete", form: stamp, name: editing.name,
            count: contents.counts[editing.id].map(wording.expenses),
            binCount: contents.binCount > 0 ? wording.expenses(contents.binCount) : nil,
            targets: contents.categories.filter { $0.id != editing.id }.map { CategoryChoice(category: $0) })
    }

    /// Shows the form as it was typed, with what is wrong with it.
    mutating func refill(_ form: CategoryForm, _ problems: CategoryForm.Problems) {
        fields.name = form.name.forRedisplay
        fields.colors = CategoryFields.colors(form.color)
        fields.problems = problems
        self.problems = problems.list
    }

    mutating func refuseDeletion(isLast: Bool) {
        let message =
            isLast
            ? Message("This is your only category; every expense needs one.")
            : Message("Choose the category that its expenses move to.")
        deletion?.problem = message
        problems = [FieldProblem(field: isLast ? "name" : "move_to", message: message)]
    }
}

extension CategoryFields {
    static func colors(_ selected: String) -> [Choice] {
        CategoryColor.allCases.map {
            Choice(
                value: $0.rawValue, label: $0.label, isSelected: $0.rawValue == selected, color: $0.rawValue)
        }
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
