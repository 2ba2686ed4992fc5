import Foundation

/// The accessibility checker axe-core, which the environment's `AXE_CORE` names.
enum Axe {
    private static let path = ProcessInfo.processInfo.environment["AXE_CORE"]

    static let isTested: Bool = {
        if path != nil { return true }
        print("SKIPPED: accessibility; AXE_CORE does not name a copy of axe.min.js")
        return false
    }()

    /// What the page in the browser does wrong: "color-contrast at .quiet: …". Contrasts take most of the time.
    static func violations(in browser: Browser, contrasts: Bool = true) async throws -> [String] {
        if try await browser.run("return typeof axe") == "undefined" {
            let script = try String(contentsOfFile: path ?? "axe.min.js", encoding: .utf8)
            // Half a megabyte is sent once for all pages that the window will have.
            try await browser.devTools(
                "Page.addScriptToEvaluateOnNewDocument", ["source": .string(script)])
            _ = try await browser.run(script)
        }
        let found = try await browser.runWaiting(
            """
            const done = arguments[arguments.length - 1];
            axe.run({rules: {'color-contrast': {enabled: \(contrasts)}}}).then(
                result => done(result.violations.flatMap(rule => rule.nodes.map(
                    node => `${rule.id} at ${node.target.join(' ')}: ${node.failureSummary}`))),
                error => done([String(error)]));
            """)
        return (found.array ?? ["axe gave no answer"]).map { $0.string ?? "\($0)" }
    }
}
