import Foundation

extension Browser {
    func open(_ address: URL) async throws {
        _ = try await command("POST", "url", ["url": .string(address.absoluteString)], "open \(address)")
    }

    func reload() async throws { _ = try await command("POST", "refresh", nil, "reload") }

    func back() async throws { _ = try await command("POST", "back", nil, "go back") }

    var address: String {
        get async throws { try await string("url", "read the address") }
    }

    /// The address's path and query.
    var path: String {
        get async throws {
            let address = try await address
            guard let start = address.firstRange(of: "://"),
                let slash = address[start.upperBound...].firstIndex(of: "/")
            else { return address }
            return String(address[slash...])
        }
    }

    var title: String {
        get async throws { try await string("title", "read the title") }
    }

    /// The page as markup, as the browser understands it now.
    var source: String {
        get async throws { try await string("source", "read the source") }
    }

    /// What a person can read on the page.
    var text: String {
        get async throws {
            let body = try await Browser.reference(
                command("POST", "element", Locator.css("body").query, "find the page"))
            return try await string("element/\(body)/text", "read the page")
        }
    }

    private func string(_ path: String, _ action: String) async throws -> String {
        try await command("GET", path, nil, action).string ?? ""
    }

    /// Runs the body of a function in the page and gives what it returns.
    func run(_ script: String, _ arguments: JSON...) async throws -> JSON {
        try await command(
            "POST", "execute/sync", ["script": .string(script), "args": .array(arguments)], "run a script")
    }

    /// The same for a script that answers later, by calling its last argument.
    func runWaiting(_ script: String) async throws -> JSON {
        try await command("POST", "execute/async", ["script": .string(script), "args": []], "run a script")
    }

    /// The page's bytes as the server sends them when it is asked again, or else what the browser made of them.
    func markup(again: Bool) async throws -> [UInt8] {
        // The driver leaves the first line out.
        guard again else { return try await Array("<!DOCTYPE html>\(source)".utf8) }
        let address = try await address
        guard let url = URL(string: address), let port = url.port.flatMap(UInt16.init) else {
            throw BrowserError(action: "fetch \(address)", reason: "it has no port")
        }
        let cookies = try await cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
        return try await DriverConnection(port: port, cookies: cookies)
            .exchange("GET", path, [], "fetch the page")
    }

    struct Cookie: Sendable {
        var name: String
        var value: String
        var path: String
        var isHTTPOnly: Bool
        var sameSite: String
    }

    /// Those that go with a request for this page.
    var cookies: [Cookie] {
        get async throws {
            try await (command("GET", "cookie", nil, "read the cookies").array ?? []).map { cookie in
                Cookie(
                    name: cookie["name"]?.string ?? "", value: cookie["value"]?.string ?? "",
                    path: cookie["path"]?.string ?? "", isHTTPOnly: cookie["httpOnly"]?.bool ?? false,
                    sameSite: cookie["sameSite"]?.string ?? "")
            }
        }
    }

    /// All of them, also those of other paths: what happens when they have run out.
    func forgetCookies() async throws { try await devTools("Network.clearBrowserCookies", [:]) }

    /// The page as it looks, as PNG.
    var screenshot: Data {
        get async throws {
            let text = try await command("GET", "screenshot", nil, "take a screenshot").string ?? ""
            return Data(base64Encoded: text) ?? Data()
        }
    }

    /// All of the page, also what one would have to scroll to, as PNG.
    var wholePage: Data {
        get async throws {
            let answer = try await devTools(
                "Page.captureScreenshot", ["format": "png", "captureBeyondViewport": true])
            return Data(base64Encoded: answer["data"]?.string ?? "") ?? Data()
        }
    }

    func resize(width: Int, height: Int) async throws {
        let size = try await innerSize(width: width, height: height)
        _ = try await command("POST", "window/rect", size, "resize the window")
    }

    /// The window is larger than the page in it by its frame.
    private func innerSize(width: Int, height: Int) async throws -> JSON {
        let frame = try await run("return [outerWidth - innerWidth, outerHeight - innerHeight]").array ?? []
        guard case .number(let right)? = frame.first, case .number(let bottom)? = frame.last else {
            throw BrowserError(action: "resize the window", reason: "its frame is unknown")
        }
        return ["width": .number(Double(width) + right), "height": .number(Double(height) + bottom)]
    }

    /// With the page as wide as that, all of it unfolded: what stands out to the side; empty where nothing does.
    func overflow(width: Int, percentOfText: Int = 100) async throws -> String {
        try await showPage(width: width)
        return try await run(
            """
            for (const each of document.querySelectorAll('details')) each.open = true;
            const root = document.documentElement;
            root.style.fontSize = '\(percentOfText)%';
            if (root.scrollWidth <= root.clientWidth) return '';
            const isOut = box => box.width > 0 && (box.right > root.clientWidth || box.left < 0);
            const out = [...document.querySelectorAll('body *')]
                .filter(each => isOut(each.getBoundingClientRect())).map(each => each.tagName + '.' + each.className);
            return `${root.scrollWidth} pixels: ${out.join(', ')}`;
            """
        ).string ?? "no answer"
    }

    /// Makes the page as wide as that, also narrower than a window can be.
    func showPage(width: Int) async throws {
        try await devTools(
            "Emulation.setDeviceMetricsOverride",
            ["width": .number(Double(width)), "height": 800, "deviceScaleFactor": 1, "mobile": false])
    }

    /// Makes pages see the system's setting (`prefers-color-scheme`) as given, and change to it at once.
    func prefer(_ scheme: ColorScheme) async throws {
        let color: JSON = ["name": "prefers-color-scheme", "value": .string(scheme.rawValue)]
        let motion: JSON = ["name": "prefers-reduced-motion", "value": "reduce"]
        try await devTools("Emulation.setEmulatedMedia", ["features": [color, motion]])
    }

    /// Chromium's own protocol, for what WebDriver does not know.
    @discardableResult
    func devTools(_ method: String, _ parameters: JSON) async throws -> JSON {
        try await command(
            "POST", "goog/cdp/execute", ["cmd": .string(method), "params": parameters], method)
    }

    /// What pages have complained about since this was last asked: scripts' errors, refused or missing files.
    var complaints: [String] {
        get async throws {
            let entries = try await command(
                "POST", "se/log", ["type": "browser"], "read the browser's log")
            return (entries.array ?? []).filter { $0["level"]?.string == "SEVERE" }
                .map { $0["message"]?.string ?? "" }
        }
    }
}
