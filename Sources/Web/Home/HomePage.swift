import Templating

/// The page at `/`: what the app is, and the ways in.
struct HomePage: FramedPage {
    var frame: Frame

    static let fields: TemplateFields<Self> = [
        "frame": .field { $0.frame }
    ]
}
