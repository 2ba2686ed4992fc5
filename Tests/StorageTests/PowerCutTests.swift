import Expenses
import Glibc
import SQLite
import Storage
import StorageSimulation
import Testing

/// What is on the disk when the power comes back: every write that was answered, once; of the others all or nothing.
@Suite struct PowerCutTests {
    /// 100, unless STORAGE_POWER_CUTS says how many.
    private static let cuts =
        unsafe getenv("STORAGE_POWER_CUTS").flatMap { unsafe Int(String(cString: $0)) } ?? 100

    @Test func `after each power cut, answered writes are there once and the check is clean`() async throws {
        let cutsOfOne = 4
        for seed in 1...UInt64(max(1, PowerCutTests.cuts / cutsOfOne)) {
            var household = Household(seed: seed)
            for _ in 1...cutsOfOne { try await household.liveUntilPowerCut() }
            try household.inspect()
        }
    }
}

/// A database that goes through power cuts, each of which leaves another folder.
private struct Household {
    private let seed: UInt64
    private var random: RandomSource
    private var folder = TemporaryDirectory()
    /// Nil until its user is known to be on the disk.
    private var writing: Writing?

    init(seed: UInt64) {
        self.seed = seed
        random = RandomSource(seed: seed)
    }

    private var path: String { folder.file("expenses.sqlite") }

    /// Opens what the last power cut has left, looks whether it is right, and writes until the next one, which may come
    /// at any time: while the database is made, while a log is recovered, or while it is written back at closing.
    mutating func liveUntilPowerCut() async throws {
        let next = TemporaryDirectory()
        let disk = FaultyDisk(folder: folder.path, seed: random.next())
        disk.cut(after: Int.random(in: 0...(writing == nil ? 600 : 300), using: &random))
        while !disk.isCut {
            do {
                let storage = try Storage(path: path)
                defer { storage.close() }
                try await write(to: storage, until: disk)
            } catch {
                #expect(disk.isCut, "seed \(seed): \(error)")
                if !disk.isCut { break }
            }
        }
        disk.save(to: next.path)
        folder = next
    }

    /// Writes until the power goes off, or the database is to be closed and opened again.
    private mutating func write(to storage: Storage, until disk: FaultyDisk) async throws {
        if writing == nil { writing = try Household.settle(in: storage) }
        guard var writing else { return }
        defer { self.writing = writing }
        try writing.books.expect(in: path, of: writing.owner, "seed \(seed)")
        let findings = try storage.check().findings
        #expect(findings == [] || disk.isCut, "seed \(seed)")
        while !disk.isCut {
            await writing.write(to: storage, choosing: &random, forgets: false)
            if Int.random(in: 1...8, using: &random) == 1 { return }
        }
    }

    private static func settle(in storage: Storage) throws -> Writing {
        try storage.writeAndWait { stores in
            let owner: User.ID
            if let user = try stores.users.find(login: "ada")?.user {
                owner = user.id
            } else {
                owner = try stores.users.insert(
                    username: "ada", email: "ada@example.com", passwordHash: "hash", at: noon
                ).id
            }
            guard let category = try stores.categories.find(named: "Groceries", owner: owner) else {
                throw Fixture.Missing()
            }
            return Writing(owner: owner, category: category.id)
        }
    }

    /// After the last power cut, on a sound disk.
    mutating func inspect() throws {
        let storage = try Storage(path: path)
        defer { storage.close() }
        #expect(try storage.check().findings == [], "seed \(seed)")
        guard var writing else { return }
        try writing.books.expect(in: path, of: writing.owner, "seed \(seed)")
    }
}
