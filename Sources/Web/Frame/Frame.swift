import Templating

/// What stands around every page's content.
struct Frame: TemplateModel {
    /// The part of the site that the navigation marks as the one shown.
    enum Section: Sendable {
        case none, expenses, summary, categories, account
    }

    /// Without the site's name, which the layout adds.
    var title: String
    /// Empty when nobody is logged in.
    var username = ""
    var section = Section.none
    /// Whether visitors without a login see the ways to log in. False when the visitor could not be identified.
    var offersLogIn = true
    /// Whether those who are not logged in are shown the way to an account of their own.
    var offersRegistration = true
    var notices: [Notice] = []

    static let fields: TemplateFields<Self> = [
        "title": .text { $0.title },
        "username": .text { $0.username },
        "offersLogIn": .flag { $0.offersLogIn },
        "offersRegistration": .flag { $0.offersRegistration },
        "notices": .list { $0.notices },
        "isExpenses": .flag { $0.section == .expenses },
        "isSummary": .flag { $0.section == .summary },
        "isCategories": .flag { $0.section == .categories },
        "isAccount": .flag { $0.section == .account },
    ]
}
