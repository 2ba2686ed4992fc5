import Foundation
import Templating
import Testing

/// What has to hold on each page of the program; beside the other tests in a browser, in a window of its own.
@Suite(.serialized, .browser)
struct EveryPageTests {
    /// One tour for all of it: the way to the pages takes longer than the looks.
    @Test func `every page is accessible and valid, fits its window, and misses no file`() async throws {
        let pages = try MarkupFolder()
        try await EveryPage.visit { place, person in
            let browser = person.browser
            let complaints = try await browser.complaints.filter { !$0.contains("favicon") }
            // The browser also reports the page's own status, which is meant where it refuses something.
            let unexpected = complaints.filter { $0.contains("/static/") || !$0.contains("status of 4") }
            #expect(unexpected == [], "\(place.name)")
            if HTMLValidator.isTested {
                try await pages.keep(place.name, of: browser, again: !place.isAnswer)
            }
            for scheme in Browser.ColorScheme.allCases where Axe.isTested {
                try await browser.prefer(scheme)
                #expect(try await Axe.violations(in: browser) == [], "\(place.name) in \(scheme)")
            }
            // All of it is unfolded for that.
            for (width, percentOfText) in [(1280, 100), (320, 100), (640, 200)] {
                let wider = try await browser.overflow(width: width, percentOfText: percentOfText)
                #expect(wider == "", "\(place.name), \(width) wide, letters of \(percentOfText) %")
            }
            try await browser.devTools("Emulation.clearDeviceMetricsOverride", [:])
        }
        if HTMLValidator.isTested { #expect(try pages.errors() == []) }
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

    @Test func `the header's links stand in one row on a phone, in every language`() async throws {
        try await EveryPage.open { person in
            try await person.logIn("demo1", password: "demo password")
            for language in try EveryPage.languages.get().all {
                _ = try await person.browser.run("document.cookie = 'language=\(language.code); path=/'")
                for page in ["/expenses", "/summary", "/categories", "/account"] {
                    try await person.visit(page)
                    for width in [320, 360, 390] {
                        try await person.browser.showPage(width: width)
                        let rows = try await person.browser.run(
                            "return new Set([...document.querySelectorAll('.top-nav a')].map("
                                + "link => link.getBoundingClientRect().top)).size")
                        #expect(rows == 1, "\(page) in \(language.code), \(width) wide")
                    }
                }
            }
        }
    }

    @Test func `in letters twice as large, words on a phone are not cut into letters`() async throws {
        try await EveryPage.open(letters: 32) { person in
            try await person.logIn("demo1", password: "demo password")
            for page in [
                "/expenses", "/expenses?select=1", "/expenses?month=10&year=2026", "/summary",
                "/categories",
                "/targets", "/account", "/expenses/deleted",
            ] {
                try await person.visit(page)
                try await person.browser.showPage(width: 390)
                #expect(try await person.browser.run(Self.cutWords) == "", "\(page)")
                #expect(try await person.browser.overflow(width: 390) == "", "\(page)")
            }
        }
    }

    @Test func `on paper there are no forms, and the system's colours mark the page that is shown`()
        async throws
    {
        try await EveryPage.open { person in
            try await person.logIn("demo1", password: "demo password")
            for page in ["/expenses", "/categories?edit=1", "/targets", "/rules", "/account/tokens"] {
                try await person.visit(page)
                try await person.browser.devTools("Emulation.setEmulatedMedia", ["media": "print"])
                let shown = try await person.browser.run(
                    "return [...document.querySelectorAll('.btn, main .form-control')]"
                        + ".filter(each => each.checkVisibility()).length")
                #expect(shown == 0, "\(page)")
            }
            let colors: JSON = ["name": "forced-colors", "value": "active"]
            try await person.browser.devTools(
                "Emulation.setEmulatedMedia", ["media": "", "features": [colors]])
            let line = try await person.browser.run(
                "return getComputedStyle(document.querySelector('.top [aria-current]')).textDecorationLine"
            )
            #expect(line == "underline")
        }
    }

    @Test func `a question above a form leaves its fields as wide as they are`() async throws {
        try await EveryPage.open { person in
            try await person.logIn("demo1", password: "demo password")
            try await person.visit("/repeating?amount=5&first=2026-01-01&description=Rent")
            try await person.press("Add")
            try await person.browser.showPage(width: 390)
            let widths = try await person.browser.run(
                "return new Set(['amount', 'category', 'description'].map("
                    + "id => document.getElementById(id).offsetWidth)).size")
            #expect(widths == 1)
        }
    }

    /// Words of fewer than ten letters that stand in several lines.
    private static let cutWords = """
        const cut = [];
        const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
        while (texts.nextNode()) {
          for (const word of texts.currentNode.data.matchAll(/(?<![\\p{L}\\d.,$])[\\p{L}\\d.,$]{2,9}(?![\\p{L}\\d.,$])/gu)) {
            const range = document.createRange();
            range.setStart(texts.currentNode, word.index);
            range.setEnd(texts.currentNode, word.index + word[0].length);
            if (new Set([...range.getClientRects()].map(box => box.top)).size > 1) cut.push(word[0]);
          }
        }
        return cut.join(" ");
        """

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

/// A tour of all pages, on demonstration data.
enum EveryPage {
    static let album = ProcessInfo.processInfo.environment["SCREENSHOTS"]

    /// In English, where no language is named.
    static func visit(
        width: Int = 1280, language: String? = nil, _ look: (Place, Person) async throws -> Void
    ) async throws {
        try await open(words: try language.map(translation) ?? .english) { person in
            try await person.browser.resize(width: width, height: 800)
            if let language {
                try await person.visit("/")
                _ = try await person.browser.run("document.cookie = 'language=\(language); path=/'")
            }
            for place in Place.open { try await stop(at: place, person, look) }
            try await person.logIn("demo1", password: "demo password")
            for place in Place.own { try await stop(at: place, person, look) }
        }
    }

    /// Somebody in front of the program on that data. `letters`: how large the browser shows them, in pixels.
    static func open(
        words: Translation = .english, letters: Int = 16, _ body: (Person) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try await AppUnderTest.command(["demo", "--users", "1", "--expenses", "300"], in: folder)
        try await AppUnderTest.run(in: folder) { app in
            try await Browser.open(letters: letters) { browser in
                try await body(Person(app: app, browser: browser, words: words))
            }
        }
    }

    static let languages = Result {
        let folder = AppUnderTest.root + "/Templates"
        return try Languages(folder: folder + "/Languages", TemplateLibrary(directory: folder))
    }

    private static func translation(_ code: String) throws -> Translation {
        let languages = try languages.get()
        return try languages.translation(#require(languages.language(code)))
    }

    private static func stop(
        at place: Place, _ person: Person, _ look: (Place, Person) async throws -> Void
    ) async throws {
        try await place.reach(person)
        try await look(place, person)
    }
}
