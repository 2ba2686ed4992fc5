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
        .answer("refused registration") { person in
            try await person.visit("/register")
            try await person.browser.fill("Username", "a b")
            try await person.browser.fill("Email", "a@b")
            try await person.browser.fill("Password", "short")
            try await person.browser.press(.button("Register"))
        },
        .answer("refused log-in") { person in
            try await person.visit("/login")
            try await person.browser.fill("Email or username", "nobody")
            try await person.browser.fill("Password", "not this one")
            try await person.browser.press(.button("Log in"))
        },
    ]

    /// What somebody sees who is logged in and has expenses.
    static let own: [Place] = [
        .at("/"), .at("/expenses"), .at("/expenses?period=3months&q=a"), .at("/expenses?year=1950"),
        .at("/expenses?month=13&category=x"), .at("/expenses/new"), .at("/expenses/1/edit"),
        .at("/expenses/deleted"), .at("/expenses/999999/edit"), .at("/account"), .at("/account/password"),
        .at("/account/delete"), .at("/account/settings"), .at("/account/tokens"), .at("/account/data"),
        .at("/api/v1"), .at("/refresh"), .at("/summary"),
        .at("/summary?year=1950"), .at("/categories"), .at("/categories?edit=1"), .at("/rules"),
        .answer("name of another category") { person in
            try await person.visit("/categories?edit=1")
            try await person.browser.fill("Name", "Leisure")
            try await person.browser.press(.button("Save"))
        },
        .answer("refused category") { person in
            try await person.visit("/categories")
            try await person.browser.press(.button("Add category"))
        },
        .answer("refused password") { person in
            try await person.visit("/account/password")
            try await person.browser.fill("Current password", "not this one")
            try await person.browser.fill("New password", "short")
            try await person.browser.press(.button("Change password"))
        },
        .answer("new token") { person in
            try await person.visit("/account/tokens")
            try await person.browser.fill("What it is for", "My phone")
            try await person.browser.press(.button("Make the token"))
        },
        .answer("refused expense") { person in
            try await person.visit("/expenses/new")
            try await person.browser.fill("Amount", "1.2.3")
            try await person.browser.press(.button("Add expense"))
        },
        .at("/repeating"),
        .answer("refused repeating expense") { person in
            try await person.visit("/repeating")
            try await person.browser.fill("Amount", "1.2.3")
            try await person.browser.fill("Every", "0")
            try await person.browser.press(.button("Add"))
        },
        .answer("question about days that have passed") { person in
            try await person.visit("/repeating?amount=5&first=2026-01-01&description=Rent")
            try await person.browser.press(.button("Add"))
        },
        .answer("repeating expense, recorded") { person in
            try await person.visit("/repeating?amount=5&first=2026-01-01&description=Rent")
            try await person.browser.press(.button("Add"))
            try await person.browser.press(.button("Skip them"))
        },
        .at("/repeating/1/edit"), .at("/expenses?repeating=1"),
        .at("/expenses/import"),
        Place(name: "check of an import") { person in
            try await person.choose(
                file: "Date,Payee,Amount\\n03/04/2026,Tea House,-3.00\\n04/04/2026,Salary,900.00\\nEnd,,\\n")
            try await person.browser.press(.button("Show what is in it"))
        },
        .answer("refused file") { person in
            try await person.choose(file: "%PDF-1.7")
            try await person.browser.press(.button("Show what is in it"))
        },
        .answer("deleted expense") { person in
            try await person.visit("/expenses")
            try await person.browser.press(.button("Delete"))
        },
    ]
}
