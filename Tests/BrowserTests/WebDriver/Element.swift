/// A part of the page that was found, until the page changes.
struct Element: Sendable {
    let browser: Browser
    let reference: String
    let locator: Locator

    private func command(
        _ method: String, _ path: String, _ body: JSON? = nil, _ action: String
    ) async throws -> JSON {
        try await browser.command(method, "element/\(reference)/\(path)", body, "\(action) \(locator.spoken)")
    }

    /// Presses it, and waits for nothing.
    func click() async throws { _ = try await command("POST", "click", nil, "press") }

    func type(_ text: String) async throws {
        _ = try await command("POST", "value", ["text": .string(text)], "type into")
    }

    func clear() async throws { _ = try await command("POST", "clear", nil, "clear") }

    /// Puts the text in the place of what was there.
    func fill(_ text: String) async throws {
        try await clear()
        try await type(text)
    }

    var text: String {
        get async throws { try await command("GET", "text", nil, "read").string ?? "" }
    }

    /// What is in a field now.
    var value: String {
        get async throws { try await command("GET", "property/value", nil, "read").string ?? "" }
    }

    /// Nil where there is no such attribute.
    func attribute(_ name: String) async throws -> String? {
        try await command("GET", "attribute/\(name)", nil, "read").string
    }

    func css(_ property: String) async throws -> String {
        try await command("GET", "css/\(property)", nil, "read").string ?? ""
    }

    var isDisplayed: Bool {
        get async throws { try await command("GET", "displayed", nil, "look at").bool ?? false }
    }

    var isSelected: Bool {
        get async throws { try await command("GET", "selected", nil, "look at").bool ?? false }
    }

    /// Whether the page it was on has been left.
    var isGone: Bool {
        get async throws {
            do {
                _ = try await command("GET", "name", nil, "look at")
                return false
            } catch let error as BrowserError where error.isStale {
                return true
            }
        }
    }

    func find(_ locator: Locator) async throws -> Element {
        let answer = try await command("POST", "element", locator.query, "find \(locator.spoken) in")
        return Element(browser: browser, reference: try Browser.reference(answer), locator: locator)
    }

    /// Chooses the option of a select that has this text.
    func choose(_ option: String) async throws {
        try await find(.xpath(".//option[normalize-space()='\(option)']", "the option “\(option)”")).click()
    }
}

extension Browser {
    func find(_ locator: Locator) async throws -> Element {
        let answer = try await command("POST", "element", locator.query, "find \(locator.spoken)")
        return Element(browser: self, reference: try Browser.reference(answer), locator: locator)
    }

    /// All of them, in the page's order; none is no error.
    func all(_ locator: Locator) async throws -> [Element] {
        let answer = try await command("POST", "elements", locator.query, "find \(locator.spoken)")
        return try (answer.array ?? []).map {
            Element(browser: self, reference: try Browser.reference($0), locator: locator)
        }
    }

    /// Presses a link or a button that leads to another page, and waits for that page.
    func press(_ locator: Locator) async throws {
        let page = try await find(.css("html"))
        do {
            try await find(locator).click()
        } catch let error as BrowserError where error.isStale {
            // A script was quicker and has left the page already; the button of the new one is meant.
            return try await press(locator)
        }
        try await wait("leave the page by \(locator.spoken)") { try await page.isGone }
        try await wait("show the page behind \(locator.spoken)") { try await self.isShown }
    }

    /// Whether the page has arrived to its end.
    private var isShown: Bool {
        get async throws {
            do {
                return try await run("return document.readyState") == "complete"
            } catch let error as BrowserError where error.isUnanswered {
                return false
            }
        }
    }

    /// Looks again and again until it is so, for half a minute at most.
    func wait(_ action: String, until isSo: () async throws -> Bool) async throws {
        for _ in 0..<1500 {
            if try await isSo() { return }
            try await Task.sleep(for: .milliseconds(20))
        }
        throw BrowserError(
            action: action, reason: "it did not happen", address: try await address, page: try await text)
    }

    /// Types into the field with that label, in the place of what was there.
    func fill(_ label: String, _ text: String) async throws {
        try await find(.field(label)).fill(text)
    }

    func choose(_ option: String, in label: String) async throws {
        try await find(.field(label)).choose(option)
    }

    /// The name under which the driver keeps an element (w3.org/TR/webdriver2 §11).
    static func reference(_ answer: JSON) throws -> String {
        guard let reference = answer["element-6066-11e4-a52e-4f735466cecf"]?.string else {
            throw BrowserError(action: "find", reason: "no element in \(answer)")
        }
        return reference
    }
}
