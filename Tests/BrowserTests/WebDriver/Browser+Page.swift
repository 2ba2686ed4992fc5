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

    func removeCookie(_ name: String) async throws {
        _ = try await command("DELETE", "cookie/\(name)", nil, "remove the cookie \(name)")
    }

    /// The page as it looks, as PNG.
    var screenshot: Data {
        get async throws {
            let text = try await command("GET", "screenshot", nil, "take a screenshot").string ?? ""
            return Data(base64Encoded: text) ?? Data()
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

    /// Makes pages see the system's setting (`prefers-color-scheme`) as given.
    func prefer(_ scheme: ColorScheme) async throws {
        let feature: JSON = ["name": "prefers-color-scheme", "value": .string(scheme.rawValue)]
        try await devTools("Emulation.setEmulatedMedia", ["features": [feature]])
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
