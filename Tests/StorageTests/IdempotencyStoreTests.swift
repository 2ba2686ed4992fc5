import Expenses
import Storage
import TestDatabase
import Testing

@Suite struct IdempotencyStoreTests {
    private let answer = IdempotencyStore.Answer(location: "/x/1", body: [1, 2, 3])

    @Test func `an answer is kept for a day, for its owner and its request`() throws {
        let fixture = try Fixture()
        let (ada, bob, answer) = (fixture.ada, fixture.bob, answer)
        try fixture.storage.writeAndWait { stores in
            let keys = stores.idempotency
            try keys.insert(answer, to: "k", requestHash: [7], owner: ada, at: noon)
            #expect(try keys.find("k", requestHash: [7], owner: ada, at: noon + 86_399) == .answer(answer))
            #expect(try keys.find("k", requestHash: [8], owner: ada, at: noon) == .otherRequest)
            #expect(try keys.find("k", requestHash: [7], owner: bob, at: noon) == nil)
            #expect(try keys.find("K", requestHash: [7], owner: ada, at: noon) == nil)
            #expect(try keys.find("k", requestHash: [8], owner: ada, at: noon + 86_400) == nil)
            // A key that is a day old is free, also where it has not been cleared away yet.
            try keys.insert(answer, to: "k", requestHash: [8], owner: ada, at: noon + 86_400)
        }
    }

    @Test func `the sweep removes answers that are older than a day`() throws {
        let fixture = try Fixture()
        let (ada, answer) = (fixture.ada, answer)
        try fixture.storage.writeAndWait { stores in
            for number in 0..<20 {
                try stores.idempotency.insert(
                    answer, to: "old\(number)", requestHash: [1], owner: ada, at: noon)
            }
            for number in 0..<5 {
                try stores.idempotency.insert(
                    answer, to: "new\(number)", requestHash: [1], owner: ada, at: noon + 86_400)
            }
        }
        try fixture.storage.sweep(at: noon + 86_400)
        let database = try RawDatabase(fixture.path)
        #expect(try database.integer("SELECT count(*) FROM idempotency_keys") == 5)
    }

    @Test func `a user may use so many keys within a day`() throws {
        let fixture = try Fixture()
        let (ada, bob, answer) = (fixture.ada, fixture.bob, answer)
        try fixture.storage.writeAndWait { stores in
            let keys = stores.idempotency
            for number in 1..<IdempotencyStore.most {
                try keys.insert(answer, to: "\(number)", requestHash: [1], owner: ada, at: noon)
            }
            #expect(try !keys.isFull(of: ada, at: noon))
            try keys.insert(answer, to: "last", requestHash: [1], owner: ada, at: noon)
            #expect(try keys.isFull(of: ada, at: noon + 86_399))
            #expect(try !keys.isFull(of: ada, at: noon + 86_400))
            #expect(try !keys.isFull(of: bob, at: noon))
        }
    }
}
