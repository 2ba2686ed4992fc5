import Foundation
import Testing

extension BrowserTests {
    /// Two-factor log-in with a phone that reads what the screen shows.
    struct TwoFactorTests {
        @Test(
            .enabled(if: QRReader.isTested, "SKIPPED: needs zbarimg of the package zbar-tools"),
            arguments: Browser.ColorScheme.allCases)
        func `the QR code on the page is read, and its codes log in`(scheme: Browser.ColorScheme) async throws
        {
            try await AppUnderTest.run { app in
                try await Browser.open { browser in
                    let anna = Person(app: app, browser: browser)
                    try await anna.register("anna")
                    try await anna.logIn("anna")
                    try await anna.visit("/account")
                    try await browser.press(.link("Two-factor log-in"))
                    try await browser.prefer(scheme)
                    let address = try QRReader.text(in: try await browser.wholePage)
                    #expect(address.hasPrefix("otpauth://totp/Expense%20Tracker:anna?secret="))
                    let key = String(
                        try #require(address.split(separator: "=").dropFirst().first).prefix { $0 != "&" })
                    try await browser.fill("Code from the app", Authenticator.code(ofKey: key))
                    try await browser.press(.button("Switch it on"))
                    let codes = try await browser.all(.css(".codes code"))
                    #expect(codes.count == 10)

                    try await browser.press(.button("Log out"))
                    try await anna.logIn("anna")
                    #expect(try await browser.find(.css("h1")).text == "Type your code")
                    // The one shown next, because the first has been used.
                    try await browser.fill("Code from the app", Authenticator.code(ofKey: key, in: 30))
                    try await browser.press(.button("Log in"))
                    #expect(try await browser.path == "/expenses")
                }
            }
        }
    }
}

/// Reads QR codes in pictures.
private enum QRReader {
    private static let path = "/usr/bin/zbarimg"

    static let isTested =
        FileManager.default.isExecutableFile(atPath: path)
        || ProcessInfo.processInfo.environment["CI"] == "true"

    /// What the code in a PNG says; empty where there is none.
    static func text(in picture: Data) throws -> String {
        let folder = try TemporaryFolder()
        try picture.write(to: folder.url.appending(path: "page.png"))
        let process = try ChildProcess(
            path, ["--nodbus", "--quiet", "--raw", folder.path("page.png")],
            log: folder.url.appending(path: "log"))
        return process.line(containing: "otpauth:") ?? ""
    }
}
