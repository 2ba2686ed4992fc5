import Foundation
import Templating
import Testing

extension BrowserTests {
    /// What has to hold on each page of the program.
    struct EveryPageTests {
        @Test func `no page misses a file, breaks a rule of its own security, or has a script that fails`()
            async throws
        {
            try await EveryPage.visit { place, person in
                let complaints = try await person.browser.complaints.filter { !$0.contains("favicon") }
                // The browser also reports the page's own status, which is meant where it refuses something.
                let unexpected = complaints.filter { $0.contains("/static/") || !$0.contains("status of 4") }
                #expect(unexpected == [], "\(place.name)")
            }
        }

        @Test func `no page is wider than the window, with all of it unfolded, also in large letters`()
            async throws
        {
            try await EveryPage.visit { place, person in
                for (width, percentOfText) in [(1280, 100), (320, 100), (640, 200)] {
                    let wider = try await person.browser.overflow(width: width, percentOfText: percentOfText)
                    #expect(wider == "", "\(place.name), \(width) wide, letters of \(percentOfText) %")
                }
            }
        }

        @Test(.enabled(if: Axe.isTested, "SKIPPED: AXE_CORE does not name a copy of axe.min.js"))
        func `no page has a finding of axe-core, in light and in dark`() async throws {
            try await EveryPage.visit { place, person in
                for scheme in Browser.ColorScheme.allCases {
                    try await person.browser.prefer(scheme)
                    let violations = try await Axe.violations(in: person.browser)
                    #expect(violations == [], "\(place.name) in \(scheme)")
                }
            }
        }

        @Test(.enabled(if: HTMLValidator.isTested, "SKIPPED: HTML_VALIDATOR does not name a copy of vnu.jar"))
        func `every page is valid HTML`() async throws {
            let pages = try MarkupFolder()
            try await EveryPage.visit { place, person in
                try await pages.keep(place.name, of: person.browser, again: !place.isAnswer)
            }
            #expect(try pages.errors() == [])
        }

        /// German has the longest words, Arabic is written from right to left, Japanese has no blanks.
        @Test(
            .enabled(
                if: Axe.isTested && HTMLValidator.isTested,
                "SKIPPED: AXE_CORE and HTML_VALIDATOR do not name axe.min.js and vnu.jar"))
        func `in German, Arabic and Japanese, pages fit a telephone, and the checkers find nothing`()
            async throws
        {
            let pages = try MarkupFolder()
            for language in ["de", "ar", "ja"] {
                try await EveryPage.visit(language: language) { place, person in
                    let name = "\(place.name) in \(language)"
                    let wider = try await person.browser.overflow(width: 320)
                    #expect(wider == "", "\(name)")
                    let violations = try await Axe.violations(in: person.browser, contrasts: false)
                    #expect(violations == [], "\(name)")
                    try await pages.keep(name, of: person.browser, again: !place.isAnswer)
                }
            }
            #expect(try pages.errors() == [])
        }

        @Test(.enabled(if: EveryPage.album != nil, "pictures are taken where SCREENSHOTS names a folder"))
        func `pictures are taken of every page, light and dark, wide and narrow`() async throws {
            let album = try #require(EveryPage.album)
            for width in [1280, 380] {
                try await EveryPage.visit(width: width) { place, person in
                    for scheme in Browser.ColorScheme.allCases {
                        try await person.browser.prefer(scheme)
                        let name = place.name.map { $0.isLetter || $0.isNumber ? String($0) : "_" }.joined()
                        let file = URL(fileURLWithPath: album).appending(
                            path: "\(name)-\(width)-\(scheme).png")
                        try await person.browser.wholePage.write(to: file)
                    }
                }
            }
        }
    }
}

/// A tour of all pages, on demonstration data.
enum EveryPage {
    static let album = ProcessInfo.processInfo.environment["SCREENSHOTS"]

    /// In English, where no language is named.
    static func visit(
        width: Int = 1280, language: String? = nil, _ look: (Place, Person) async throws -> Void
    ) async throws {
        let words = try language.map(translation) ?? .english
        let folder = try TemporaryFolder()
        try await AppUnderTest.command(["demo", "--users", "1", "--expenses", "300"], in: folder)
        try await AppUnderTest.run(in: folder) { app in
            try await Browser.open { browser in
                try await browser.resize(width: width, height: 800)
                let person = Person(app: app, browser: browser, words: words)
                if let language {
                    try await person.visit("/")
                    _ = try await browser.run("document.cookie = 'language=\(language); path=/'")
                }
                for place in Place.open { try await stop(at: place, person, look) }
                try await person.logIn("demo1", password: "demo password")
                for place in Place.own { try await stop(at: place, person, look) }
            }
        }
    }

    private static func translation(_ code: String) throws -> Translation {
        let folder = AppUnderTest.root + "/Templates"
        let languages = try Languages(
            folder: folder + "/Languages", TemplateLibrary(directory: folder))
        return try languages.translation(#require(languages.language(code)))
    }

    private static func stop(
        at place: Place, _ person: Person, _ look: (Place, Person) async throws -> Void
    ) async throws {
        try await place.reach(person)
        try await look(place, person)
    }
}
