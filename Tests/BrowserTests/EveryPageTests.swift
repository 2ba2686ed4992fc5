import Foundation
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

        @Test(arguments: [(1280, 100), (320, 100), (640, 200)])
        func `no page is wider than the window, with all of it unfolded`(width: Int, percentOfText: Int)
            async throws
        {
            try await EveryPage.visit(width: width) { place, person in
                let wider = try await person.browser.run(
                    """
                    for (const each of document.querySelectorAll('details')) each.open = true;
                    document.documentElement.style.fontSize = '\(percentOfText)%';
                    const root = document.documentElement;
                    if (root.scrollWidth <= root.clientWidth) return '';
                    const outside = [...document.querySelectorAll('body *')]
                        .filter(each => each.getBoundingClientRect().right > root.clientWidth)
                        .map(each => each.tagName + '.' + each.className);
                    return `${root.scrollWidth} pixels: ${outside.join(', ')}`;
                    """)
                #expect(wider == "", "\(place.name)")
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
            let folder = try TemporaryFolder()
            var names: [String] = []
            try await EveryPage.visit { place, person in
                let page = try await person.browser.markup(again: !place.isAnswer)
                let name = "\(names.count).html"
                names.append(place.name)
                try Data(page).write(to: folder.url.appending(path: name))
            }
            let found = try HTMLValidator.errors(in: folder)
            let errors = found.map { error in
                let number = error.file.prefix(while: \.isNumber)
                return "\(Int(number).map { names[$0] } ?? error.file): \(error.message)"
            }
            #expect(errors == [])
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

    static func visit(
        width: Int = 1280, _ look: (Place, Person) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try await AppUnderTest.command(["demo", "--users", "1", "--expenses", "300"], in: folder)
        try await AppUnderTest.run(in: folder) { app in
            try await Browser.open { browser in
                try await browser.resize(width: width, height: 800)
                let person = Person(app: app, browser: browser)
                for place in Place.open { try await stop(at: place, person, look) }
                try await person.logIn("demo1", password: "demo password")
                for place in Place.own { try await stop(at: place, person, look) }
            }
        }
    }

    private static func stop(
        at place: Place, _ person: Person, _ look: (Place, Person) async throws -> Void
    ) async throws {
        try await place.reach(person)
        try await look(place, person)
    }
}
