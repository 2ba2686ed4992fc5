import Templating

/// Where expenses are added while there is no connection. Browsers keep it, so it holds nothing of any account.
struct OfflinePage: FramedPage {
    var frame: Frame

    static let fields: TemplateFields<Self> = ["frame": .field { $0.frame }]
}
