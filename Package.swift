// swift-tools-version: 6.3

import PackageDescription

/// Every Swift target is built with these; a warning is an error.
let settings: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .strictMemorySafety(),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// What the trait adds.
let postgreSQL = TargetDependencyCondition.when(traits: ["PostgreSQL"])

func library(
    _ name: String, uses dependencies: [Target.Dependency] = [], exclude: [String] = [],
    resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, exclude: exclude, resources: resources,
        swiftSettings: settings)
}

func tests(of name: String, with dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: name + "Tests", dependencies: [.target(name: name)] + dependencies, swiftSettings: settings)
}

let package = Package(
    name: "ExpenseTracker",
    products: [.executable(name: "expense-tracker", targets: ["ExpenseTracker"])],
    traits: [
        .trait(name: "PostgreSQL", description: "Can keep the data on a PostgreSQL server; needs libpq-dev.")
    ],
    targets: [
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "COpenSSL", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgreSQL", providers: [.apt(["libpq-dev"])]),

        library("Platform", uses: ["CLinux"]),
        library("HTTP", uses: ["Platform", "CLinux", "COpenSSL", "CZlib"]),
        library("JSON"),
        library("Crypto", uses: ["JSON", "COpenSSL"]),
        library("QRCodes"),
        library("SQL"),
        library("SQLite", uses: ["SQL", "CSQLite"]),
        // Empty without the trait.
        library(
            "PostgreSQL", uses: ["SQL", "Platform", .target(name: "CPostgreSQL", condition: postgreSQL)]),
        library("Templating"),
        library("Expenses"),
        library(
            "Storage",
            uses: [
                "Expenses", "SQL", "SQLite", "Platform", .target(name: "PostgreSQL", condition: postgreSQL),
            ],
            // What readers open; a test compares it with what the scripts make.
            exclude: ["Schema/schema.sql"],
            resources: [
                "v0001", "v0002", "v0003", "v0004", "v0005", "v0006", "v0007", "v0008", "v0009", "v0010",
                "v0011", "v0012",
                "server0001", "server0002", "server0003", "server0004", "server0005",
            ].map { .embedInCode("Schema/\($0).sql") }),
        library("Demo", uses: ["Storage", "Expenses"]),
        library(
            "Web",
            uses: [
                "Storage", "Expenses", "HTTP", "Crypto", "JSON", "QRCodes", "Templating", "Platform",
            ]),
        .executableTarget(
            name: "ExpenseTracker",
            dependencies: ["Web", "Storage", "Demo", "Expenses", "HTTP", "Crypto", "Platform", "CLinux"],
            swiftSettings: settings,
            // Runs where there is no Swift.
            linkerSettings: [.unsafeFlags(["-static-stdlib"], .when(configuration: .release))]),

        tests(of: "Platform"),
        tests(of: "HTTP", with: ["Platform", "COpenSSL", "HTTPSimulation"]),
        // The server with the order of events chosen from a seed; `simulate` runs it for long.
        .target(
            name: "HTTPSimulation", dependencies: ["HTTP", "Platform"], path: "Tests/HTTPSimulation",
            swiftSettings: settings),
        .executableTarget(
            name: "simulate", dependencies: ["HTTPSimulation"], path: "Tests/Simulate",
            exclude: ["Defects", "check-defects"], swiftSettings: settings),
        tests(of: "JSON"),
        tests(of: "Crypto"),
        tests(of: "QRCodes"),
        tests(of: "SQLite", with: ["SQL"]),
        tests(of: "PostgreSQL", with: ["SQL", "Platform", "TestDatabase"]),
        tests(of: "Templating"),
        tests(of: "Expenses", with: ["JSON"]),
        // A file, or a schema of a server.
        .target(
            name: "TestDatabase",
            dependencies: ["SQLite", .target(name: "PostgreSQL", condition: postgreSQL)],
            path: "Tests/TestDatabase", swiftSettings: settings),
        // A disk that fails on purpose, the query plans of triggers, and how many statements are run.
        .target(name: "CSQLiteTesting", dependencies: ["CSQLite"], path: "Tests/CSQLiteTesting"),
        // Long writes, with what happens between their steps chosen from a seed; `simulate-storage` runs it for long.
        .target(
            name: "StorageSimulation",
            dependencies: ["Storage", "Expenses", "SQL", "SQLite", "CSQLiteTesting"],
            path: "Tests/StorageSimulation", swiftSettings: settings),
        .executableTarget(
            name: "simulate-storage", dependencies: ["StorageSimulation"], path: "Tests/SimulateStorage",
            exclude: ["Defects"], swiftSettings: settings),
        tests(
            of: "Storage",
            with: [
                "Demo", "Expenses", "Platform", "SQL", "SQLite", "CSQLiteTesting", "TestDatabase",
                "StorageSimulation",
            ]),
        tests(
            of: "Web",
            with: [
                "Storage", "Demo", "Expenses", "HTTP", "Crypto", "JSON", "Platform", "CSQLiteTesting",
                "TestDatabase",
            ]),
        tests(of: "ExpenseTracker", with: ["SQLite"]),
        .testTarget(
            name: "BrowserTests", dependencies: ["Web", "HTTP", "Crypto", "Templating"],
            swiftSettings: settings),
    ],
    swiftLanguageModes: [.v6]
)
