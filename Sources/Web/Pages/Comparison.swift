import Templating

/// A span of time against the one before, in words.
struct Comparison: TemplateModel {
    /// "November 2026 so far"
    var title: String
    var amount: Link
    /// "$45.00 (12 %) less than in"; empty where there was nothing before.
    var difference: String
    /// "October ($365.10)"
    var before: Link

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "amount": .record { $0.amount },
        "difference": .text { $0.difference },
        "before": .record { $0.before },
    ]
}
