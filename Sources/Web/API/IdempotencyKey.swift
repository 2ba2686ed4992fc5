import Crypto
import Expenses
import HTTP
import Storage

/// The `Idempotency-Key` of a POST: the same request sent again within a day gets the answer of the first one, and does
/// nothing.
struct IdempotencyKey: Sendable {
    static let field = "Idempotency-Key"
    /// In bytes.
    static let longest = 255

    private let key: String
    private let requestHash: [UInt8]

    /// Nil where the request has none. Throws a `Problem` where it is no key.
    init?(_ request: Request) throws(Problem) {
        let values = request.headers.values(IdempotencyKey.field)
        guard let key = values.first else { return nil }
        guard values.count == 1, (1...IdempotencyKey.longest).contains(key.utf8.count),
            key.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw .invalid(
                IdempotencyKey.field,
                "A key has 1 to \(IdempotencyKey.longest) ASCII characters, without spaces.")
        }
        self.key = key
        requestHash = SHA256.hash(Array("\(request.path)\n".utf8) + request.body)
    }

    /// The answer that the same request got. Throws a `Problem` where the key came with another one.
    func former(of owner: User.ID, at now: Int64, in stores: Stores) throws -> IdempotencyStore.Answer? {
        switch try stores.idempotency.find(key, requestHash: requestHash, owner: owner, at: now) {
        case .answer(let answer): return answer
        case .otherRequest:
            throw Problem.invalid(
                IdempotencyKey.field,
                "This key was used with another request within a day. Nothing was changed.")
        case nil: return nil
        }
    }

    func keep(_ answer: IdempotencyStore.Answer, of owner: User.ID, at now: Int64, in stores: Stores) throws {
        try stores.idempotency.insert(answer, to: key, requestHash: requestHash, owner: owner, at: now)
    }
}

extension IdempotencyKey? {
    /// Makes something, once for each key.
    func once(
        for owner: User.ID, at now: Int64, in stores: Stores, _ make: () throws -> IdempotencyStore.Answer
    ) throws -> IdempotencyStore.Answer {
        guard let key = self else { return try make() }
        if let former = try key.former(of: owner, at: now, in: stores) { return former }
        guard try !stores.idempotency.isFull(of: owner, at: now) else {
            throw Problem.retry(
                .tooManyRequests, after: 3600,
                "There were \(IdempotencyStore.most) keys within a day. Nothing was changed.")
        }
        let answer = try make()
        try key.keep(answer, of: owner, at: now, in: stores)
        return answer
    }
}
