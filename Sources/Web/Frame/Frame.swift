import HTTP
import Templating

/// What stands around every page's content.
struct Frame: TemplateModel {
    /// The part of the site that the navigation marks as the one shown.
    enum Section: Sendable {
        case none, expenses, summary, categories, account
    }

    /// Without the site's name, which the layout adds.
    var title: Message
    /// Empty when nobody is logged in.
    var username = ""
    /// Tells a script whether what it keeps is this user's, in their language and of today; empty when nobody is logged in.
    var keeper = ""
    var section = Section.none
    /// Whether visitors without a login see the ways to log in. False when the visitor could not be identified.
    var offersLogIn = true
    /// Whether those who are not logged in are shown the way to an account of their own.
    var offersRegistration = true
    var notices: [Notice] = []
    var language = Language.english
    /// For visitors, who have no settings; empty for others.
    var languages: [Choice] = []
    /// The page itself, where a choice of the language leads back to; empty where it cannot be opened.
    var address = ""

    static let fields: TemplateFields<Self> = [
        "title": .field { $0.title },
        "username": .field { $0.username },
        "keeper": .field { $0.keeper },
        "offersLogIn": .field { $0.offersLogIn },
        "offersRegistration": .field { $0.offersRegistration },
        "notices": .field { $0.notices },
        "language": .field { $0.language.code },
        "isRightToLeft": .field { $0.language.isRightToLeft },
        "languages": .field { $0.languages },
        "address": .field { $0.address },
        "isExpenses": .field { $0.section == .expenses },
        "isSummary": .field { $0.section == .summary },
        "isCategories": .field { $0.section == .categories },
        "isAccount": .field { $0.section == .account },
    ]
}

extension Frame {
    mutating func offer(_ languages: Languages, on request: Request) {
        guard languages.all.count > 1 else { return }
        self.languages = languages.all.map {
            Choice(value: $0.code, label: Message(verbatim: $0.name), isSelected: $0 == language)
        }
        let isReading = request.method == .get || request.method == .head
        address = isReading ? LocalPath.check(request.target) ?? "" : ""
    }
}

/// A page with everything around its content.
protocol FramedPage: TemplateModel {
    var frame: Frame { get }
}
