import Expenses
import Testing
import Web

struct SealTests {
    private let seal = Seal(secret: Array(repeating: 7, count: 32))
    private let newer = Seal(
        secret: Array(repeating: 8, count: 32), previousSecret: Array(repeating: 7, count: 32))

    @Test func `what was sealed opens again`() {
        let bytes = Array("Lunch & café".utf8)
        #expect(seal.open(seal.seal(bytes, for: .pendingForm), for: .pendingForm) == bytes)
        #expect(seal.open(seal.seal([], for: .pendingForm), for: .pendingForm) == [])
    }

    @Test func `what was sealed with another key or for another purpose does not open`() {
        let sealed = seal.seal(Array("Lunch".utf8), for: .pendingForm)
        #expect(seal.open(sealed, for: .formStamp) == nil)
        #expect(Seal(secret: Array(repeating: 9, count: 32)).open(sealed, for: .pendingForm) == nil)
    }

    @Test func `a change of any character is noticed`() {
        let sealed = seal.seal(Array("Lunch 12.40".utf8), for: .pendingForm)
        for index in sealed.indices {
            let other: Character = sealed[index] == "A" ? "B" : "A"
            let changed = sealed[..<index] + String(other) + sealed[sealed.index(after: index)...]
            #expect(seal.open(String(changed), for: .pendingForm) == nil)
            #expect(seal.open(String(sealed[..<index]), for: .pendingForm) == nil)
        }
    }

    @Test(arguments: ["", "A", "====", "not base64!", String(repeating: "A", count: 100_000)])
    func `a text that was not sealed does not open`(text: String) {
        #expect(seal.open(text, for: .pendingForm) == nil)
        #expect(seal.owner(ofStamp: text) == nil)
    }

    @Test func `after a change of keys, what the former one sealed still opens`() {
        let sealed = seal.seal([1, 2, 3], for: .formStamp)
        #expect(newer.open(sealed, for: .formStamp) == [1, 2, 3])
        #expect(seal.open(newer.seal([1, 2, 3], for: .formStamp), for: .formStamp) == nil)
    }

    @Test(arguments: [1, 2, 255, 256, Int64.max])
    func `a form's stamp tells whose form it is, and no two are the same`(id: Int64) {
        let stamp = seal.stamp(for: User.ID(id), at: 1_795_521_600)
        #expect(seal.owner(ofStamp: stamp) == User.ID(id))
        #expect(seal.stamp(stamp)?.madeAt == 1_795_521_600)
        #expect(seal.stamp(for: User.ID(id), at: 1_795_521_600) != stamp)
    }

    @Test
    func `each user's devices have keys of their own, and the former ones after a change of the secret`() {
        let keys = seal.deviceKeys(of: User.ID(1))
        #expect(keys.count == 1 && keys[0].count == 32)
        #expect(seal.deviceKeys(of: User.ID(2)) != keys)
        #expect(newer.deviceKeys(of: User.ID(1)).count == 2)
        #expect(newer.deviceKeys(of: User.ID(1)).last == keys[0])
    }

    @Test func `a pending form is not taken for a stamp`() {
        let bytes = Array(repeating: UInt8(1), count: 24)
        #expect(seal.owner(ofStamp: seal.seal(bytes, for: .pendingForm)) == nil)
    }
}
