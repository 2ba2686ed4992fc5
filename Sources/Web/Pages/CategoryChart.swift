import Templating

/// Categories by amount: a table whose rows hold a bar.
struct CategoryChart: TemplateModel {
    var rows: [CategoryBar]
    /// Those after the largest; shown when asked for.
    var others: [CategoryBar]

    static let fields: TemplateFields<Self> = [
        "rows": .list { $0.rows },
        "others": .list { $0.others },
    ]
}

struct CategoryBar: TemplateModel {
    var name: String
    var color: String
    var amount: String
    /// "42 %"; empty for what is no part of the total.
    var share: String
    /// 0 to 1000.
    var length: String
    var address: String
    /// "Groceries: $320.10, 42 %, 12 expenses"
    var spoken: String

    static let fields: TemplateFields<Self> = [
        "name": .text { $0.name },
        "color": .text { $0.color },
        "amount": .text { $0.amount },
        "share": .text { $0.share },
        "length": .text { $0.length },
        "address": .text { $0.address },
        "spoken": .text { $0.spoken },
    ]
}
