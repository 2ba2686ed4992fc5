import Foundation

/// One window of headless Chromium, driven by the WebDriver protocol (w3.org/TR/webdriver2).
final class Browser: Sendable {
    enum ColorScheme: String, CaseIterable { case light, dark }

    /// The path of this window's commands.
    private let session: String
    private let driver: DriverConnection
    /// Whether pages' own scripts run. A test's do in any case, unless they have to wait for something.
    let runsScripts: Bool

    /// Runs the test's body with a fresh browser, closed afterwards however the body ends.
    ///
    /// `letters`: the browser's own setting, in pixels.
    static func open<Value>(
        scripts: Bool = true, width: Int = 1280, height: Int = 900, letters: Int = 16,
        _ body: (Browser) async throws -> Value
    ) async throws -> Value {
        let chromium = try Chromium.start()
        let result: Result<Value, any Error>
        do {
            let browser = try await Browser(
                chromium, scripts: scripts, width: width, height: height, letters: letters)
            do { result = .success(try await body(browser)) } catch { result = .failure(error) }
            await browser.close()
        } catch {
            result = .failure(error)
        }
        await chromium.stop()
        return try result.get()
    }

    private init(
        _ chromium: Chromium, scripts: Bool, width: Int, height: Int, letters: Int
    ) async throws {
        let arguments: JSON = [
            "--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars",
            // Bootstrap scrolls smoothly, and the driver presses before that has ended.
            "--force-prefers-reduced-motion", "--no-first-run", "--disable-background-networking",
            "--disable-component-update",
            .string("--window-size=\(width),\(height)"),
        ]
        var settings: [String: JSON] = ["webkit.webprefs.default_font_size": .number(Double(letters))]
        // 2 means blocked. The driver's own scripts run beside the page's and are not concerned.
        if !scripts { settings["profile.managed_default_content_settings.javascript"] = 2 }
        let options: [String: JSON] = ["args": arguments, "prefs": .object(settings)]
        let capabilities: JSON = [
            "capabilities": [
                "alwaysMatch": [
                    "browserName": "chrome", "goog:chromeOptions": .object(options),
                    "goog:loggingPrefs": ["browser": "ALL"], "timeouts": ["implicit": 0, "pageLoad": 60_000],
                ]
            ]
        ]
        driver = chromium.connection
        runsScripts = scripts
        let answer = try await Browser.send("POST", "/session", capabilities, "open a window", driver)
        guard let id = answer["sessionId"]?.string else {
            throw BrowserError(action: "open a window", reason: "no session: \(answer)")
        }
        session = "/session/\(id)"
    }

    private func close() async {
        _ = try? await Browser.send("DELETE", session, nil, "close the window", driver)
    }

    /// Sends one command of the protocol. An error says where the browser was and what stood there.
    func command(
        _ method: String, _ path: String, _ body: JSON? = nil, _ action: String
    ) async throws -> JSON {
        do {
            return try await Browser.send(method, "\(session)/\(path)", body, action, driver)
        } catch var error as BrowserError {
            error.address = (try? await address) ?? ""
            error.page = (try? await text) ?? ""
            throw error
        }
    }

    private static func send(
        _ method: String, _ path: String, _ body: JSON?, _ action: String, _ driver: DriverConnection
    ) async throws -> JSON {
        let body = method == "POST" ? try JSONEncoder().encode(body ?? [:]) : Data()
        let answer = try await driver.exchange(method, path, Array(body), action)
        let value = try JSONDecoder().decode(JSON.self, from: Data(answer))["value"] ?? .null
        if let error = value["error"]?.string {
            let message = value["message"]?.string?.split(separator: "\n").first.map(String.init) ?? ""
            throw BrowserError(action: action, reason: "\(error): \(message)")
        }
        return value
    }
}
