package import Templating

/// What a browser calls itself, in words: "Firefox on Linux". A guess from names that browsers put on for each other's
/// sake, good enough to know one's own devices by.
package enum DeviceName {
    /// The first that occurs counts: later ones occur in the names of earlier ones as well.
    private static let programs: [(mark: String, name: String)] = [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("OPT/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"), ("Vivaldi/", "Vivaldi"), ("YaBrowser/", "Yandex"),
        ("DuckDuckGo/", "DuckDuckGo"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"),
        ("Chrome/", "Chrome"), ("Chromium/", "Chromium"), ("Epiphany/", "GNOME Web"),
        ("Konqueror/", "Konqueror"),
        ("Version/", "Safari"), ("curl/", "curl"), ("Wget/", "Wget"), ("Lynx/", "Lynx"), ("ELinks", "ELinks"),
        ("Links", "Links"), ("w3m/", "w3m"), ("python-requests/", "a Python script"),
    ]
    private static let systems: [(mark: String, name: String)] = [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
        ("CrOS", "ChromeOS"), ("Macintosh", "Mac"), ("Mac OS X", "Mac"), ("Linux", "Linux"),
        ("FreeBSD", "FreeBSD"), ("OpenBSD", "OpenBSD"), ("X11", "Unix"),
    ]

    /// `userAgent` may be anything, also empty.
    package static func describe(_ userAgent: String) -> Message {
        let program = programs.first { userAgent.contains($0.mark) }?.name
        let system = systems.first { userAgent.contains($0.mark) }?.name
        return switch (program, system) {
        case (let program?, let system?):
            Message("{program} on {system}", ["program": program, "system": system])
        case (let program?, nil): Message(verbatim: program)
        case (nil, let system?): Message("A browser on {system}", ["system": system])
        case (nil, nil): Message("An unknown device")
        }
    }
}
