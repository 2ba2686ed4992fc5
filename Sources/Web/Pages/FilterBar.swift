import Templating

/// The filters: the form to choose them, what is chosen, and the ways to the next month and year.
struct FilterBar: TemplateModel {
    var categories: [Choice]
    var months: [Choice]
    var years: [Choice]
    var periods: [Choice]
    /// `YYYY-MM-DD` or empty.
    var from: String
    var through: String
    var text: String
    /// Each takes one condition away.
    var chips: [Link]
    /// The span that is shown, where one can step to the one before and after.
    var steps: Steps?
    var shortcuts: [Link]
    /// Whether one of the less common conditions holds.
    var showsMore: Bool

    static let fields: TemplateFields<Self> = [
        "categories": .list { $0.categories },
        "months": .list { $0.months },
        "years": .list { $0.years },
        "periods": .list { $0.periods },
        "from": .text { $0.from },
        "through": .text { $0.through },
        "text": .text { $0.text },
        "chips": .list { $0.chips },
        "steps": .optional { $0.steps },
        "shortcuts": .list { $0.shortcuts },
        "showsMore": .flag { $0.showsMore },
    ]
}

/// ‹ September 2026 · October 2026 · November 2026 ›
struct Steps: TemplateModel {
    var title: String
    var previous: Link
    var next: Link

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "previous": .record { $0.previous },
        "next": .record { $0.next },
    ]
}
