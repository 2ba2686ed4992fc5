import Expenses
import Storage
import Testing

@Suite struct APITokenStoreTests {
    @Test func `a token is found by its hash, with its user`() throws {
        let fixture = try Fixture()
        let ada = fixture.ada
        let isMade = try fixture.storage.writeAndWait {
            try $0.apiTokens.insert(name: "phone", mayWrite: true, hash: [1, 2], owner: ada, at: noon)
        }
        #expect(isMade)
        let found = try fixture.storage.read { try $0.apiTokens.find(hash: [1, 2]) }
        #expect(found?.user.username == "ada")
        #expect(
            found?.token
                == APIToken(
                    id: APIToken.ID(1), owner: ada, name: "phone", mayWrite: true, createdAt: noon,
                    lastUsedAt: nil))
        #expect(try fixture.storage.read { try $0.apiTokens.find(hash: [1]) } == nil)
    }

    @Test func `the last use of a token is noted once an hour at most`() throws {
        let fixture = try Fixture()
        let ada = fixture.ada
        let token = try fixture.storage.writeAndWait { stores in
            _ = try stores.apiTokens.insert(name: "a", mayWrite: false, hash: [1], owner: ada, at: noon)
            try stores.apiTokens.noteUse(of: APIToken.ID(1), owner: ada, at: noon)
            return try stores.apiTokens.all(of: ada)[0]
        }
        #expect(token.lastUsedAt == noon)
        #expect(!APITokenStore.isNoteDue(token, at: noon + 3599))
        #expect(APITokenStore.isNoteDue(token, at: noon + 3600))
    }

    @Test func `only its owner removes a token`() throws {
        let fixture = try Fixture()
        let (ada, bob) = (fixture.ada, fixture.bob)
        try fixture.storage.writeAndWait { stores in
            _ = try stores.apiTokens.insert(name: "a", mayWrite: false, hash: [1], owner: ada, at: noon)
            #expect(try !stores.apiTokens.remove(APIToken.ID(1), owner: bob))
            #expect(try stores.apiTokens.remove(APIToken.ID(1), owner: ada))
            #expect(try stores.apiTokens.all(of: ada).isEmpty)
        }
    }
}
