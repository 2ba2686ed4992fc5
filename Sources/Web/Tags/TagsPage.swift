import Expenses
import HTTP
import Storage
import Templating

/// The user's tags, and the forms to rename one or to take it off everywhere.
struct TagsPage: FramedPage {
    var frame: Frame
    var problems: FormProblems = [:]
    var rows: [TagRow]
    /// The page after this one; empty where this is the last.
    var more: String
    var isFirst: Bool
    /// Whether older descriptions are still being looked through.
    var isIncomplete: Bool
    var editing: TagEditing?
    var merge: TagMerge?

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame },
        "problems": .field { $0.problems.list },
        "rows": .field { $0.rows },
        "more": .field { $0.more },
        "isFirst": .field { $0.isFirst },
        "isIncomplete": .field { $0.isIncomplete },
        "editing": .field { $0.editing },
        "merge": .field { $0.merge },
    ]
}

struct TagRow: TemplateModel {
    /// With its `#`.
    var name: String
    var address: TagAddress
    /// Where its forms are.
    var editing: String
    var isEdited: Bool
    var count: ShownCount
    var total: ShownMoney
    var months: [TagMonth]
    /// "May 2026", or "3 months"
    var span: Message
    /// How many months are left out; empty where none is.
    var earlier: Message

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "address": .field { $0.address },
        "editing": .field { $0.editing },
        "isEdited": .field { $0.isEdited },
        "count": .field { $0.count },
        "total": .field { $0.total },
        "months": .field { $0.months },
        "span": .field { $0.span },
        "earlier": .field { $0.earlier },
    ]
}

struct TagMonth: TemplateModel {
    var name: Message
    var amount: ShownMoney
    var address: FilterAddress

    static let fields: TemplateFields<Self> = [
        "name": .field { $0.name },
        "amount": .field { $0.amount },
        "address": .field { $0.address },
    ]
}

/// The forms of one tag.
struct TagEditing: TemplateModel {
    /// As it is called now, with its `#`.
    var tag: String
    /// Where it is renamed; `/delete` behind it takes it off.
    var action: String
    var form: String
    var name: String
    var problems: FormProblems = [:]
    var count: ShownCount

    static let fields: TemplateFields<Self> = [
        "tag": .field { $0.tag },
        "action": .field { $0.action },
        "deletion": .field { $0.action + "/delete" },
        "form": .field { $0.form },
        "nameField": .field {
            FormField(name: "name", label: Message("New name"), value: $0.name, autocapitalize: "none")
                .telling($0.problems)
        },
        "confirmation": .field {
            FormField(name: "confirm", label: Message("Take it off every expense")).telling($0.problems)
        },
        "count": .field { $0.count },
    ]
}

/// The offer to make two tags one.
struct TagMerge: TemplateModel {
    var action: String
    var form: String
    /// The tag that goes away.
    var tag: String
    /// What it becomes, as it was typed.
    var name: String
    var target: String
    var count: ShownCount

    static let fields: TemplateFields<Self> = [
        "action": .field { $0.action },
        "form": .field { $0.form },
        "tag": .field { $0.tag },
        "name": .field { $0.name },
        "target": .field { $0.target },
        "count": .field { $0.count },
    ]
}

extension TagsPage {
    /// What the page is made from.
    struct Contents: Sendable {
        var tags: [TagUse]
        var hasMore: Bool
        var isFirst: Bool
        var isComplete: Bool
        var edited: TagUse?
    }

    init(_ contents: Contents, stamp: String, _ visit: UserVisit) {
        let wording = visit.wording
        let title =
            contents.edited.map { Message("Change {name}", ["name": "#" + $0.name]) } ?? Message("Tags")
        frame = visit.frame(title, section: .expenses)
        rows = contents.tags.map { TagRow($0, isEdited: $0.key == contents.edited?.key, wording) }
        more =
            contents.hasMore
            ? "/tags?after=" + PercentEncoding.encodeQueryComponent(contents.tags.last?.key ?? "") : ""
        isFirst = contents.isFirst
        isIncomplete = !contents.isComplete
        editing = contents.edited.map { tag in
            TagEditing(
                tag: "#" + tag.name, action: TagsPage.address(of: tag), form: stamp, name: tag.name,
                count: wording.expenses(tag.total.count))
        }
    }

    mutating func offerMerge(_ tag: TagUse, into other: TagUse, name: String, _ visit: UserVisit) {
        merge = TagMerge(
            action: TagsPage.address(of: tag), form: editing?.form ?? "", tag: "#" + tag.name, name: name,
            target: "#" + other.name, count: visit.wording.expenses(tag.total.count))
    }

    private static func address(of tag: TagUse) -> String {
        "/tags/" + PercentEncoding.encodePathSegment(tag.key)
    }
}

extension TagRow {
    /// Months that are listed; of older ones the number is told.
    private static let mostMonths = 24

    init(_ tag: TagUse, isEdited: Bool, _ wording: Wording) {
        name = "#" + tag.name
        address = TagAddress(key: tag.key)
        editing = "/tags?edit=\(PercentEncoding.encodeQueryComponent(tag.key))#form"
        self.isEdited = isEdited
        count = wording.expenses(tag.total.count)
        total = wording.money(tag.total.amount)
        let links = FilterLinks(FilterQuery(tags: [tag.key]))
        months = tag.months.prefix(TagRow.mostMonths).map {
            TagMonth(
                name: $0.month.words, amount: wording.money($0.total.amount),
                address: links.address(DayFilter($0.month)))
        }
        span =
            tag.months.count == 1
            ? months[0].name
            : Message(
                "{count} month", plural: "{count} months", count: tag.months.count,
                ["count": tag.months.count])
        let rest = tag.months.count - months.count
        earlier =
            rest == 0
            ? .empty
            : Message(
                "{count} earlier month", plural: "{count} earlier months", count: rest, ["count": rest])
    }
}
