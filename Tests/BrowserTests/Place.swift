import Testing

/// A page of the program and the way that leads to it.
struct Place: Sendable {
    var name: String
    /// Whether the page is the answer to a form, and so cannot be asked for again.
    var isAnswer = false
    var reach: @Sendable (Person) async throws -> Void

    static func at(_ path: String) -> Place {
        Place(name: path) { try await $0.visit(path) }
    }

    static func answer(_ name: String, _ reach: @escaping @Sendable (Person) async throws -> Void) -> Place {
        Place(name: name, isAnswer: true, reach: reach)
    }

    /// What anyone sees.
    static let open: [Place] = [
        .at("/"), .at("/register"), .at("/login"), .at("/login?notice=expired"), .at("/nowhere"),
        .at("/offline"),
        .answer("refused registration") { person in
            try await person.visit("/register")
            try await person.fill("Username", "a b")
            try await person.fill("Email", "a@b")
            try await person.fill("Password", "short")
            try await person.press("Register")
        },
        .answer("refused log-in") { person in
            try await person.visit("/login")
            try await person.fill("Email or username", "nobody")
            try await person.fill("Password", "not this one")
            try await person.press("Log in")
        },
    ]

    /// What somebody sees who is logged in and has expenses.
    static let own: [Place] = [
        .at("/"), .at("/expenses"), .at("/expenses?period=3months&q=a"),
        .at("/expenses?month=1&year=2026"), .at("/expenses?month=12&year=2025"), .at("/expenses?year=1950"),
        .at("/expenses?month=13&category=x"), .at("/expenses/new"), .at("/expenses/1/edit"),
        .at("/expenses/deleted"), .at("/expenses/999999/edit"), .at("/account"), .at("/account/password"),
        .at("/account/delete"), .at("/account/settings"), .at("/account/tokens"), .at("/account/data"),
        .at("/account/two-factor"), .at("/api/v1"), .at("/refresh"), .at("/summary"),
        .at("/summary?year=1950"), .at("/categories"), .at("/categories?edit=1"), .at("/rules"),
        .at("/expenses?select=1"),
        .answer("tags of many expenses") { person in
            try await person.visit("/expenses?select=1")
            try await person.fill("Tag", "trip")
            try await person.browser.find(.css("#all")).click()
            try await person.press("Add tag")
        },
        .answer("refused selection") { person in
            try await person.visit("/expenses?select=1")
            try await person.press("Move")
        },
        Place(name: "/tags") { person in
            try await person.visit("/expenses/new")
            try await person.fill("Amount", "12.40")
            try await person.fill("Description", "Hotel #trip #home")
            try await person.press("Add expense")
            try await person.visit("/tags")
        },
        .at("/tags?edit=trip"),
        .answer("name of another tag") { person in
            try await person.visit("/tags?edit=trip")
            try await person.fill("New name", "home")
            try await person.press("Rename")
        },
        .answer("name of another category") { person in
            try await person.visit("/categories?edit=1")
            try await person.fill("Name", "Leisure")
            try await person.press("Save")
        },
        .answer("refused category") { person in
            try await person.visit("/categories")
            try await person.press("Add category")
        },
        .answer("refused password") { person in
            try await person.visit("/account/password")
            try await person.fill("Current password", "not this one")
            try await person.fill("New password", "short")
            try await person.press("Change password")
        },
        .answer("new token") { person in
            try await person.visit("/account/tokens")
            try await person.fill("What it is for", "My phone")
            try await person.press("Make the token")
        },
        .answer("refused expense") { person in
            try await person.visit("/expenses/new")
            try await person.fill("Amount", "1.2.3")
            try await person.press("Add expense")
        },
        .answer("refused entry of a time without a connection") { person in
            try await person.visit("/expenses")
            try await person.waitForIDs()
            try await person.visit("/offline")
            try await person.fill("Amount", "12.40")
            try await person.fill("Category", "No such category")
            // It stays on the page.
            try await person.browser.find(.button(person.says("Add expense"))).click()
            try await person.browser.wait("show what is wrong") {
                try await person.browser.text.contains(person.says("Choose one of your categories."))
            }
        },
        .at("/repeating"),
        .answer("refused repeating expense") { person in
            try await person.visit("/repeating")
            try await person.fill("Amount", "1.2.3")
            try await person.fill("Every", "0")
            try await person.press("Add")
        },
        .answer("question about days that have passed") { person in
            try await person.visit("/repeating?amount=5&first=2026-01-01&description=Rent")
            try await person.press("Add")
        },
        .answer("repeating expense, recorded") { person in
            try await person.visit("/repeating?amount=5&first=2026-01-01&description=Rent")
            try await person.press("Add")
            try await person.press("Skip them")
        },
        .at("/repeating/1/edit"), .at("/expenses?repeating=1"),
        .at("/expenses/import"),
        Place(name: "check of an import") { person in
            try await person.choose(
                file: "Date,Payee,Amount\\n03/04/2026,Tea House,-3.00\\n04/04/2026,Salary,900.00\\nEnd,,\\n")
            try await person.press("Show what is in it")
        },
        .answer("refused file") { person in
            try await person.choose(file: "%PDF-1.7")
            try await person.press("Show what is in it")
        },
        .answer("deleted expense") { person in
            try await person.visit("/expenses")
            try await person.press("Delete")
        },
        .answer("refused first code") { person in
            try await person.visit("/account/two-factor")
            try await person.fill("Code from the app", "12")
            try await person.press("Switch it on")
        },
        .answer("recovery codes") { person in
            try await person.visit("/account/two-factor")
            let key = try await person.browser.find(.css(".token")).text
            try await person.fill("Code from the app", Authenticator.code(ofKey: key))
            try await person.press("Switch it on")
        },
        .at("/account/two-factor"),
        .answer("refused code") { person in
            try await person.visit("/account/two-factor")
            try await person.browser.find(.css("#off-code")).type("12")
            try await person.press("Switch it off")
        },
        // The last one: from here on nobody is logged in.
        .answer("code of a log-in") { person in
            try await person.press("Log out")
            try await person.logIn("demo1", password: "demo password")
            #expect(try await person.browser.find(.css("h1")).text == person.says("Type your code"))
        },
    ]
}
